package coffer.app;

import coffer.cli.Program;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Runs each line of standard input as one command line, all in this process, so that the JVM can
/// record what commands load and a later start can have it ready. The build starts this; nobody
/// else needs it.
public final class Training {
  private Training() {}

  /// Runs the lines; exit codes and failures don't matter here.
  public static void main(String[] none) throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      Program.ofProcess(new ThisHost()).run(List.of(line.split(" ")));
    }
  }
}
