package coffer.boot;

import coffer.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/// The file that holds the process's number while the server runs, where one is configured.
public final class PidFile implements AutoCloseable {
  private final Optional<Path> path;
  private final String number;

  private PidFile(Optional<Path> path, String number) {
    this.path = path;
    this.number = number;
  }

  /// @throws ConfigException if it can't be written
  public static PidFile write(Optional<Path> path) {
    String number = Long.toString(ProcessHandle.current().pid());
    path.ifPresent(file -> write(file, number));
    return new PidFile(path, number);
  }

  private static void write(Path file, String number) {
    try {
      Files.writeString(file, number);
    } catch (IOException e) {
      String problem =
          e instanceof NoSuchFileException
              ? "no such file or directory"
              : e.getClass().getSimpleName();
      throw new ConfigException(
          "Error storing PID: could not open pid file: open " + file + ": " + problem);
    }
  }

  /// Removes the file unless another process has taken it over.
  @Override
  public void close() {
    path.ifPresent(this::remove);
  }

  private void remove(Path file) {
    try {
      if (Files.readString(file).equals(number)) {
        Files.delete(file);
      }
    } catch (IOException e) {
      // Gone already, or not ours to remove.
    }
  }
}
