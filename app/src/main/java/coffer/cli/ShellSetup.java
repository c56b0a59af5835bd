package coffer.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Puts the lines of [Completion] into the start-up files of the user's shells, and takes them out.
final class ShellSetup {
  private final Env env;

  ShellSetup(Env env) {
    this.env = env;
  }

  /// Adds what is missing to `~/.bashrc` and `~/.zshrc`, where there are such files.
  int install() {
    int found = 0;
    for (String shell : List.of("bash", "zsh")) {
      Path file = file(shell);
      if (Files.isRegularFile(file)) {
        found++;
        List<String> lines = without(file, shell);
        lines.addAll(List.of(Completion.script(shell).split("\n", -1)));
        write(file, lines);
      }
    }
    if (found == 0) {
      throw Failure.usage(
          "Error executing CLI: there is no ~/.bashrc and no ~/.zshrc to install completion in");
    }
    return 0;
  }

  /// Takes the lines out again.
  int uninstall() {
    for (String shell : List.of("bash", "zsh")) {
      Path file = file(shell);
      if (Files.isRegularFile(file)) {
        write(file, without(file, shell));
      }
    }
    return 0;
  }

  private Path file(String shell) {
    return TokenHelper.home(env).resolve("." + shell + "rc");
  }

  private static List<String> without(Path file, String shell) {
    List<String> ours = List.of(Completion.script(shell).split("\n", -1));
    List<String> kept = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
        if (!ours.contains(line)) {
          kept.add(line);
        }
      }
    } catch (IOException e) {
      throw Failure.usage("Error executing CLI: " + file + " can't be read");
    }
    return kept;
  }

  private static void write(Path file, List<String> lines) {
    try {
      Files.write(file, lines, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw Failure.usage("Error executing CLI: " + file + " can't be written");
    }
  }
}
