package coffer.storage;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// What a [ChildProcess] does with a storage: opens it, and then holds it, writes until it is
/// killed, or writes until the disk fails.
final class RocksChild {
  /// The number of RLIMIT_FSIZE on Linux and macOS.
  private static final int FILE_SIZE = 1;

  private static final PrintStream OUT = System.out;

  private RocksChild() {}

  public static void main(String[] arguments) throws Throwable {
    try (RocksStorage storage = RocksStorage.open(Path.of(arguments[0]))) {
      OUT.println("open");
      switch (arguments[1]) {
        case "hold" -> waitForTheEnd();
        case "write" -> write(storage);
        case "write to the limit" -> {
          limitFiles(Long.parseLong(arguments[2]));
          write(storage);
        }
        default -> throw new IllegalArgumentException(arguments[1]);
      }
    } catch (StorageException e) {
      OUT.println(e.getMessage());
    }
  }

  private static void waitForTheEnd() throws IOException {
    while (System.in.read() >= 0) {
      // Nothing is said to it.
    }
  }

  /// Says of each entry that it is durable, and then of the first failure and the next.
  private static void write(RocksStorage storage) {
    for (int i = 0; i < 1_000_000; i++) {
      try {
        storage.commit(new Batch().put(key(i), value(i)));
        OUT.println(i);
      } catch (StorageException e) {
        OUT.println(e.getMessage());
        refuse(storage);
        return;
      }
    }
  }

  private static void refuse(RocksStorage storage) {
    try {
      storage.commit(new Batch().delete("small"));
      OUT.println("written");
    } catch (StorageException e) {
      OUT.println(e.getMessage());
    }
  }

  static String key(int number) {
    return "k/" + number;
  }

  static byte[] value(int number) {
    return Integer.toString(number).repeat(1000).getBytes(StandardCharsets.UTF_8);
  }

  /// Has the system refuse every write beyond so many bytes of a file: a disk that fails.
  @SuppressWarnings("restricted") // asks the C library
  private static void limitFiles(long bytes) throws Throwable {
    Linker linker = Linker.nativeLinker();
    var setrlimit =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("setrlimit"),
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment limit = arena.allocateFrom(ValueLayout.JAVA_LONG, bytes, bytes);
      int failed = (int) setrlimit.invokeExact(FILE_SIZE, limit);
      if (failed != 0) {
        throw new IllegalStateException("setrlimit");
      }
    }
  }
}
