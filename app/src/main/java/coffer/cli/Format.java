package coffer.cli;

import java.util.Locale;

/// The forms in which answers are printed.
enum Format {
  TABLE,
  JSON,
  YAML,
  PRETTY,
  RAW;

  static Format of(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "", "table" -> TABLE;
      case "json" -> JSON;
      case "yaml", "yml" -> YAML;
      case "pretty" -> PRETTY;
      case "raw" -> RAW;
      default -> throw Failure.usage("Invalid output format: " + name.toLowerCase(Locale.ROOT));
    };
  }
}
