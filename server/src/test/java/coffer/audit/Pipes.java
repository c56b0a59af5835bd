package coffer.audit;

import java.io.IOException;
import java.nio.file.Path;

/// Named pipes, which the JDK can't make.
final class Pipes {
  private Pipes() {}

  static Path make(Path path) throws IOException, InterruptedException {
    int status = new ProcessBuilder("mkfifo", path.toString()).inheritIO().start().waitFor();
    if (status != 0) {
      throw new IOException("mkfifo " + path + " failed");
    }
    return path;
  }
}
