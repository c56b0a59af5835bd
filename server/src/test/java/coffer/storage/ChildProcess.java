package coffer.storage;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Another process with these classes, for what a process can only do to itself once. Its main
/// class writes lines, and ends when its input does.
final class ChildProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;

  private ChildProcess(Process process) {
    this.process = process;
    this.output = process.inputReader();
  }

  /// @param temporary where it unpacks its native library, which a crash leaves behind
  static ChildProcess start(Class<?> main, Path temporary, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"));
    command.add("-Djava.io.tmpdir=" + temporary);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    return new ChildProcess(new ProcessBuilder(command).redirectError(Redirect.INHERIT).start());
  }

  /// The next line that it writes.
  String line() throws IOException {
    String line = output.readLine();
    if (line == null) {
      throw new IOException("the child has ended");
    }
    return line;
  }

  /// Ends it as a crash does.
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    kill();
  }
}
