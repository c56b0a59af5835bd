package coffer.audit;

import coffer.engine.Refusal;
import java.util.Map;

/// How a device wants its lines.
///
/// @param raw whether all values are in the clear
/// @param hashAccessors whether accessors are hashed too
/// @param elideLists whether lists of names are recorded by their number only
/// @param prefix what every line begins with
record LineOptions(boolean raw, boolean hashAccessors, boolean elideLists, String prefix) {
  private static final String JSONX =
      "jsonx formatting has been removed, consider switching to json by omitting \"format\" or"
          + " setting it to \"json\"";

  /// Reads the options that all types of devices have in common.
  ///
  /// @param prefixes whether a prefix is allowed
  static LineOptions read(Map<String, String> options, boolean prefixes) {
    String format = options.getOrDefault("format", "json");
    switch (format) {
      case "json" -> {}
      case "jsonx" -> throw Refusal.bad(JSONX);
      default -> throw Refusal.bad("unknown format type \"" + format + "\"");
    }
    String prefix = options.getOrDefault("prefix", "");
    if (!prefix.isEmpty() && !prefixes) {
      throw Refusal.bad("audit log prefixing is not allowed");
    }
    return new LineOptions(
        flag(options, "log_raw", false),
        flag(options, "hmac_accessor", true),
        flag(options, "elide_list_responses", false),
        prefix);
  }

  private static boolean flag(Map<String, String> options, String name, boolean fallback) {
    String text = options.get(name);
    return switch (text) {
      case null -> fallback;
      case "1", "t", "T", "true", "TRUE", "True" -> true;
      case "0", "f", "F", "false", "FALSE", "False" -> false;
      default -> throw Refusal.bad("strconv.ParseBool: parsing \"" + text + "\": invalid syntax");
    };
  }
}
