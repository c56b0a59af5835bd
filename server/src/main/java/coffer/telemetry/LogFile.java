package coffer.telemetry;

import coffer.config.ConfigException;
import coffer.config.LogConfig;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A log file that starts anew when it is too large or too old: the old one is renamed to
/// `name-<nanoseconds>.log`. Used under the lock of its owner.
final class LogFile {
  private static final Duration USUAL_AGE = Duration.ofHours(24);
  private static final long NANOS = 1_000_000_000;
  private static final String USUAL_NAME = "coffer.log";
  private static final FileAttribute<?> PERMISSIONS =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----"));

  private final Path path;
  private final LogConfig config;
  private final InstantSource time;
  private @Nullable FileChannel channel;
  private Instant begun = Instant.EPOCH;
  private long size;
  private long lastStamp;

  private LogFile(Path path, LogConfig config, InstantSource time) {
    this.path = path;
    this.config = config;
    this.time = time;
  }

  /// A path that is a folder, or ends as one, gets a file of the usual name.
  static LogFile open(Path path, LogConfig config, InstantSource time) {
    boolean folder = Files.isDirectory(path);
    var file = new LogFile(folder ? path.resolve(USUAL_NAME) : path, config, time);
    try {
      file.openChannel();
      return file;
    } catch (IOException e) {
      String problem = e instanceof NoSuchFileException ? "no such file or directory" : reason(e);
      throw new ConfigException("failed to setup logging: open " + file.path + ": " + problem);
    }
  }

  private static String reason(IOException e) {
    return e.getClass().getSimpleName() + " " + e.getMessage();
  }

  private FileChannel openChannel() throws IOException {
    FileChannel opened =
        FileChannel.open(
            path, Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND), PERMISSIONS);
    channel = opened;
    size = opened.size();
    begun = time.instant();
    return opened;
  }

  void write(byte[] line) {
    try {
      FileChannel to = channel;
      if (to == null) {
        to = openChannel();
      }
      if (isFull(line.length)) {
        to = rotate(to);
      }
      ByteBuffer buffer = ByteBuffer.wrap(line);
      while (buffer.hasRemaining()) {
        size += to.write(buffer);
      }
    } catch (IOException e) {
      close();
    }
  }

  private boolean isFull(int more) {
    boolean large = config.rotateBytes() > 0 && size > 0 && size + more > config.rotateBytes();
    Duration age = Duration.between(begun, time.instant());
    return large || age.compareTo(config.rotateAfter().orElse(USUAL_AGE)) >= 0;
  }

  private FileChannel rotate(FileChannel full) throws IOException {
    full.close();
    channel = null;
    Instant now = time.instant();
    lastStamp = Math.max(lastStamp + 1, now.getEpochSecond() * NANOS + now.getNano());
    Files.move(path, rotated(lastStamp));
    prune();
    return openChannel();
  }

  private Path rotated(long stamp) {
    return path.resolveSibling(stem() + "-" + stamp + extension());
  }

  private String stem() {
    String name = String.valueOf(path.getFileName());
    int dot = name.lastIndexOf('.');
    return dot <= 0 ? name : name.substring(0, dot);
  }

  private String extension() {
    String name = String.valueOf(path.getFileName());
    int dot = name.lastIndexOf('.');
    return dot <= 0 ? ".log" : name.substring(dot);
  }

  /// Removes the oldest: stamps have the same number of digits for two hundred years to come.
  private void prune() throws IOException {
    if (config.rotateFiles() == 0) {
      return;
    }
    List<Path> old = new ArrayList<>();
    Path folder = path.toAbsolutePath().getParent();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, this::isRotated)) {
      entries.forEach(old::add);
    }
    Collections.sort(old);
    long spare = old.size() - Math.max(0, config.rotateFiles());
    for (int i = 0; i < spare; i++) {
      Files.deleteIfExists(old.get(i));
    }
  }

  private boolean isRotated(Path entry) {
    String name = String.valueOf(entry.getFileName());
    String start = stem() + "-";
    if (!name.startsWith(start)
        || !name.endsWith(extension())
        || name.length() <= start.length() + extension().length()) {
      return false;
    }
    return name.substring(start.length(), name.length() - extension().length())
        .chars()
        .allMatch(c -> c >= '0' && c <= '9');
  }

  void reopen() {
    close();
    try {
      openChannel();
    } catch (IOException e) {
      channel = null; // the next line tries again
    }
  }

  void close() {
    FileChannel open = channel;
    channel = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        // Nothing of it is left to save.
      }
    }
  }
}
