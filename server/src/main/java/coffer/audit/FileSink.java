package coffer.audit;

import coffer.engine.Refusal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Appends to a file. A file that was deleted or moved away is noticed within a second and begun
/// anew. A named pipe may have no reader for a while.
final class FileSink implements Sink {
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
  private static final int MAX_LINES = 1_024;

  /// The most that is written by one call, so that the copy outside the heap stays small.
  private static final int SLICE = 64 * 1024;

  private static final Set<OpenOption> APPEND =
      Set.of(StandardOpenOption.WRITE, StandardOpenOption.APPEND, StandardOpenOption.CREATE);

  private final Path path;

  /// Null for leaving it as it is.
  private final @Nullable Set<PosixFilePermission> mode;

  private final Duration lookAgain;
  private volatile @Nullable FileChannel channel;
  private volatile boolean abandoned;
  private @Nullable Object identity;
  private long looked;
  private boolean torn;

  private FileSink(Path path, @Nullable Set<PosixFilePermission> mode, Duration lookAgain) {
    this.path = path;
    this.mode = mode;
    this.lookAgain = lookAgain;
  }

  /// Reads the options `file_path` (or `path`) and `mode`, an octal number; `0000` leaves the mode
  /// of a file as it is. A log is never made executable.
  static Sink of(Map<String, String> options) {
    return of(options, LOOK_AGAIN);
  }

  /// @param lookAgain after how long a lost file is noticed
  static Sink of(Map<String, String> options, Duration lookAgain) {
    String name = options.containsKey("file_path") ? options.get("file_path") : options.get("path");
    if (name == null) {
      throw Refusal.bad("file_path is required");
    }
    if (name.equalsIgnoreCase("discard")) {
      return Sink.DISCARD;
    }
    Set<PosixFilePermission> mode = mode(options.getOrDefault("mode", "0600"));
    if (name.equalsIgnoreCase("stdout")) {
      return new StandardOutputSink();
    }
    Path path = path(name);
    if (mode.isEmpty() && !Files.exists(path)) {
      throw Refusal.bad("stat " + name + ": no such file or directory");
    }
    return new FileSink(path, mode.isEmpty() ? null : mode, lookAgain);
  }

  private static Path path(String name) {
    try {
      return Path.of(name);
    } catch (java.nio.file.InvalidPathException e) {
      throw Refusal.bad("file_path is not a path");
    }
  }

  private static Set<PosixFilePermission> mode(String octal) {
    if (!octal.matches("[0-7]{1,10}")) {
      throw Refusal.bad("strconv.ParseUint: parsing \"" + octal + "\": invalid syntax");
    }
    long bits = Long.parseLong(octal, 8);
    var mode = EnumSet.noneOf(PosixFilePermission.class);
    PosixFilePermission[] all = PosixFilePermission.values();
    for (int i = 0; i < all.length; i++) {
      if ((bits >> (8 - i) & 1) != 0 && !all[i].name().endsWith("EXECUTE")) {
        mode.add(all[i]);
      }
    }
    return mode;
  }

  @Override
  public int lines() {
    return MAX_LINES;
  }

  @Override
  public String opensFirst() {
    return "sanity check failed; ";
  }

  @Override
  public void write(ByteBuffer text) throws IOException {
    FileChannel open = current();
    if (!text.hasRemaining()) {
      return;
    }
    if (torn) {
      open.write(ByteBuffer.wrap(new byte[] {'\n'}));
    }
    int end = text.limit();
    torn = true;
    while (text.position() < end) {
      text.limit(Math.min(end, text.position() + SLICE));
      open.write(text);
    }
    torn = false;
  }

  private FileChannel current() throws IOException {
    FileChannel open = channel;
    if (open != null && open.isOpen() && !isGone()) {
      return open;
    }
    close();
    return open();
  }

  /// Whether there is another file at the path, or none.
  private boolean isGone() {
    long now = System.nanoTime();
    if (now - looked < lookAgain.toNanos()) {
      return false;
    }
    looked = now;
    return !Objects.equals(identity, identity());
  }

  private @Nullable Object identity() {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    } catch (IOException e) {
      return null;
    }
  }

  private FileChannel open() throws IOException {
    try {
      Path folder = path.toAbsolutePath().getParent();
      if (folder != null && !Files.exists(folder)) {
        Files.createDirectories(
            folder,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
      FileChannel opened = mode == null ? FileChannel.open(path, APPEND) : created(mode);
      channel = opened;
      if (abandoned) {
        close();
        throw new IOException("it is disabled");
      }
      identity = identity();
      looked = System.nanoTime();
      return opened;
    } catch (FileSystemException e) {
      throw new IOException("unable to open \"%s\" for writing: %s".formatted(path, reason(e)), e);
    }
  }

  /// A file that is there already gets the mode too, but not a pipe or a terminal.
  private FileChannel created(Set<PosixFilePermission> wanted) throws IOException {
    FileChannel opened =
        FileChannel.open(path, APPEND, PosixFilePermissions.asFileAttribute(wanted));
    if (Files.isRegularFile(path) && !Files.getPosixFilePermissions(path).equals(wanted)) {
      Files.setPosixFilePermissions(path, wanted);
    }
    return opened;
  }

  private static String reason(FileSystemException e) {
    String file = e.getFile();
    return switch (e) {
      case NoSuchFileException none -> "open " + file + ": no such file or directory";
      case AccessDeniedException denied -> "open " + file + ": permission denied";
      case NotDirectoryException no -> "open " + file + ": not a directory";
      default -> {
        String why = e.getReason();
        yield "open " + file + ": " + (why == null ? "failed" : why.toLowerCase(Locale.ROOT));
      }
    };
  }

  @Override
  public void reopen() throws IOException {
    close();
    open();
  }

  /// Ends a write into a full pipe by closing it, and the opening of a pipe that nobody reads by
  /// being its reader for a moment.
  @Override
  public void abandon() {
    abandoned = true;
    close();
    if (isPipe()) {
      try {
        FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE).close();
      } catch (IOException e) {
        // The pipe is gone, and with it what waited for a reader.
      }
    }
  }

  private boolean isPipe() {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class).isOther();
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    FileChannel open = channel;
    channel = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        // Nothing is lost: every line was written by a call of its own.
      }
    }
  }
}
