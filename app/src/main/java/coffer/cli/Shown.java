package coffer.cli;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Values as they look in a cell of a table: `map[a:1 b:2]`, `[a b]`, `<nil>`, and numbers of
/// seconds as durations.
final class Shown {
  private Shown() {}

  static String value(@Nullable Object value) {
    if (value instanceof String text) {
      return text;
    }
    StringBuilder out = new StringBuilder();
    append(out, value);
    return out.toString();
  }

  /// The value of the field `key`, which is a duration if its name says so.
  static String field(String key, @Nullable Object value) {
    if (value instanceof Numeral number && number.isWhole() && isDuration(key)) {
      return Go.human(number.toLong());
    }
    return value(value);
  }

  /// Texts in quotes: `["default" "root"]`.
  static String quoted(List<String> texts) {
    StringBuilder out = new StringBuilder("[");
    for (String text : texts) {
      if (out.length() > 1) {
        out.append(' ');
      }
      out.append(Go.quote(text));
    }
    return out.append(']').toString();
  }

  private static boolean isDuration(String key) {
    return switch (key) {
      case "period", "ttl", "duration", "lease_max", "ttl_max" -> true;
      default -> key.endsWith("_period") || key.endsWith("_ttl") || key.endsWith("_duration");
    };
  }

  private static void append(StringBuilder out, @Nullable Object value) {
    if (value == null) {
      out.append("<nil>");
    } else if (value instanceof Map<?, ?> map) {
      out.append("map[");
      boolean first = true;
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        out.append(first ? "" : " ").append(entry.getKey()).append(':');
        append(out, entry.getValue());
        first = false;
      }
      out.append(']');
    } else if (value instanceof List<?> list) {
      out.append('[');
      boolean first = true;
      for (Object item : list) {
        out.append(first ? "" : " ");
        append(out, item);
        first = false;
      }
      out.append(']');
    } else {
      out.append(value);
    }
  }
}
