package coffer.app;

import coffer.cli.Program;
import java.util.List;

/// The program: a server, or the command line of one.
public final class Main {
  private Main() {}

  /// Runs the words of the command line and exits with the code of what they did.
  public static void main(String[] words) {
    int code = Program.ofProcess(new ThisHost()).run(List.of(words));
    Runtime.getRuntime().halt(code);
  }
}
