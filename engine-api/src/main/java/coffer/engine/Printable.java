package coffer.engine;

import java.util.Locale;

/// Which characters are fit to be shown: letters, marks, numbers, punctuation, symbols and the
/// plain space, as Go's `unicode.IsPrint` has it.
public final class Printable {
  private Printable() {}

  /// Whether all of a text can be shown.
  public static boolean is(String text) {
    return text.codePoints().allMatch(Printable::is);
  }

  private static boolean is(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> point == ' ';
      default -> true;
    };
  }

  /// A text in quotes, in which what can't be shown is spelled out, as Go's `%q` does.
  public static String quoted(String text) {
    var out = new StringBuilder("\"");
    text.codePoints().forEach(point -> quote(point, out));
    return out.append('"').toString();
  }

  private static void quote(int point, StringBuilder out) {
    switch (point) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case 0x07 -> out.append("\\a");
      case '\b' -> out.append("\\b");
      case '\f' -> out.append("\\f");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      case 0x0b -> out.append("\\v");
      default -> {
        if (is(point)) {
          out.appendCodePoint(point);
        } else {
          String form = point < 0x80 ? "\\x%02x" : point < 0x10000 ? "\\u%04x" : "\\U%08x";
          out.append(String.format(Locale.ROOT, form, point));
        }
      }
    }
  }
}
