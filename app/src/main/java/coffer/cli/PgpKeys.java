package coffer.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// Public PGP keys in files: binary, or in base64.
final class PgpKeys {
  private PgpKeys() {}

  /// The keys of the files that a flag names, separated by commas, each in base64.
  static List<String> read(String files) {
    List<String> keys = new ArrayList<>();
    if (files.isEmpty()) {
      return keys;
    }
    for (String name : files.split(",", -1)) {
      String file = name.startsWith("@") ? name.substring(1) : name;
      try {
        keys.add(encoded(Files.readAllBytes(Path.of(file.strip()))));
      } catch (IOException e) {
        throw Failure.usage("error reading PGP key: open " + file + ": no such file or directory");
      }
    }
    return keys;
  }

  private static String encoded(byte[] content) {
    String text = new String(content, StandardCharsets.ISO_8859_1).strip();
    try {
      Base64.getDecoder().decode(text);
      return text;
    } catch (IllegalArgumentException e) {
      return Base64.getEncoder().encodeToString(content);
    }
  }
}
