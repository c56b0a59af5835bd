package coffer.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The user's configuration of the command line: a file with one setting, `token_helper = "…"`, in
/// HCL or JSON.
final class HelperConfig {
  private static final String KEY = "token_helper";

  private HelperConfig() {}

  /// The command of the token helper, or null where none is configured.
  static @Nullable String command(Env env) {
    String named = env.get("CONFIG_PATH");
    if (!named.isEmpty()) {
      return read(Path.of(named));
    }
    Path home = TokenHelper.home(env);
    String command = read(home.resolve(".bao"));
    return command == null ? read(home.resolve(".vault")) : command;
  }

  private static @Nullable String read(Path file) {
    if (!Files.isRegularFile(file)) {
      return null;
    }
    try {
      return parse(Files.readString(file, StandardCharsets.UTF_8), file);
    } catch (IOException e) {
      throw Failure.remote("error reading config file at " + Go.quote(file.toString()));
    }
  }

  private static @Nullable String parse(String text, Path file) {
    for (String line : text.split("\n", -1)) {
      String trimmed = line.strip();
      if (trimmed.startsWith("#") || trimmed.startsWith("//")) {
        continue;
      }
      int key = trimmed.indexOf(KEY);
      if (key >= 0) {
        int start = trimmed.indexOf('"', trimmed.indexOf('=', key) + 1);
        int colon = trimmed.indexOf(':', key);
        if (trimmed.indexOf('=', key) < 0 && colon > 0) {
          start = trimmed.indexOf('"', colon);
        }
        int end = trimmed.lastIndexOf('"');
        if (start < 0 || end <= start) {
          throw Failure.remote("error parsing config file at " + Go.quote(file.toString()));
        }
        String value = trimmed.substring(start + 1, end);
        return value.isEmpty() ? null : value;
      }
    }
    return null;
  }
}
