package coffer.cli;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes trees as JSON in the form that peers' command lines print: two spaces of indentation, and
/// `<`, `>`, `&`, U+2028 and U+2029 escaped.
final class JsonWriter {
  private static final String HEX = "0123456789abcdef";

  private final StringBuilder out = new StringBuilder(256);
  private final boolean indented;
  private int depth;

  private JsonWriter(boolean indented) {
    this.indented = indented;
  }

  static String compact(@Nullable Object value) {
    return new JsonWriter(false).write(value);
  }

  static String indented(@Nullable Object value) {
    return new JsonWriter(true).write(value);
  }

  private String write(@Nullable Object value) {
    value(value);
    return out.toString();
  }

  private void value(@Nullable Object value) {
    if (value instanceof String text) {
      string(text);
    } else if (value instanceof Map<?, ?> map) {
      object(map);
    } else if (value instanceof List<?> list) {
      array(list);
    } else {
      out.append(value);
    }
  }

  private void object(Map<?, ?> map) {
    if (map.isEmpty()) {
      out.append("{}");
      return;
    }
    char before = '{';
    depth++;
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      out.append(before);
      newLine();
      string(String.valueOf(entry.getKey()));
      out.append(indented ? ": " : ":");
      value(entry.getValue());
      before = ',';
    }
    depth--;
    newLine();
    out.append('}');
  }

  private void array(List<?> list) {
    if (list.isEmpty()) {
      out.append("[]");
      return;
    }
    char before = '[';
    depth++;
    for (Object item : list) {
      out.append(before);
      newLine();
      value(item);
      before = ',';
    }
    depth--;
    newLine();
    out.append(']');
  }

  private void newLine() {
    if (indented) {
      out.append('\n');
      for (int i = 0; i < depth; i++) {
        out.append("  ");
      }
    }
  }

  private void string(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      character(text.charAt(i));
    }
    out.append('"');
  }

  private void character(char c) {
    switch (c) {
      case '"', '\\' -> out.append('\\').append(c);
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      case '\b' -> out.append("\\b");
      case '\f' -> out.append("\\f");
      case '<', '>', '&', '\u2028', '\u2029' -> unicode(c);
      default -> {
        if (c < ' ') {
          unicode(c);
        } else {
          out.append(c);
        }
      }
    }
  }

  private void unicode(char c) {
    out.append("\\u")
        .append(HEX.charAt(c >> 12))
        .append(HEX.charAt(c >> 8 & 15))
        .append(HEX.charAt(c >> 4 & 15))
        .append(HEX.charAt(c & 15));
  }
}
