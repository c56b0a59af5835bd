package coffer.audit;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;

/// The other side of a Unix datagram socket, which the JDK can't be. It waits at most 30 seconds.
@SuppressWarnings("restricted") // asks the C library
final class UnixReceiver implements AutoCloseable {
  private static final int AF_UNIX = 1;
  private static final int SOCK_DGRAM = 2;
  private static final int SOL_SOCKET = 1;
  private static final int SO_RCVTIMEO = 20;
  private static final int MOST = 65_536;

  private final Arena arena = Arena.ofConfined();
  private final MemorySegment buffer = arena.allocate(MOST);
  private final int socket;

  UnixReceiver(Path path) throws IOException {
    socket = (int) call("socket", List.of(JAVA_INT, JAVA_INT, JAVA_INT), AF_UNIX, SOCK_DGRAM, 0);
    MemorySegment wait = arena.allocateFrom(JAVA_LONG, 30, 0);
    call(
        "setsockopt",
        List.of(JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT),
        socket,
        SOL_SOCKET,
        SO_RCVTIMEO,
        wait,
        16);
    byte[] name = path.toString().getBytes(UTF_8);
    MemorySegment address = arena.allocate(110, 2);
    address.set(JAVA_SHORT, 0, (short) AF_UNIX);
    MemorySegment.copy(name, 0, address, JAVA_BYTE, 2, name.length);
    call("bind", List.of(JAVA_INT, ADDRESS, JAVA_INT), socket, address, name.length + 3);
  }

  /// The next datagram.
  String next() throws IOException {
    long length =
        call("recv", List.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT), socket, buffer, MOST, 0);
    return new String(buffer.asSlice(0, length).toArray(JAVA_BYTE), UTF_8);
  }

  private static long call(String name, List<MemoryLayout> takes, Object... arguments)
      throws IOException {
    Linker linker = Linker.nativeLinker();
    var descriptor = FunctionDescriptor.of(JAVA_LONG, takes.toArray(MemoryLayout[]::new));
    try {
      long result =
          (long)
              linker
                  .downcallHandle(linker.defaultLookup().findOrThrow(name), descriptor)
                  .invokeWithArguments(arguments);
      if ((int) result < 0) {
        throw new IOException(name + " failed");
      }
      return (int) result;
    } catch (IOException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws IOException {
    call("close", List.of(JAVA_INT), socket);
    arena.close();
  }
}
