package coffer.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Writes trees as YAML in the form that peers' command lines print: keys sorted, two spaces of
/// indentation, lists not indented below their key.
final class Yaml {
  private static final String INDICATORS = "-?:,[]{}#&*!|>'\"%@`";

  private final StringBuilder out = new StringBuilder(256);

  private Yaml() {}

  static String write(@Nullable Object tree) {
    Yaml yaml = new Yaml();
    yaml.block(tree, 0, true);
    return yaml.out.toString();
  }

  private void block(@Nullable Object value, int indent, boolean fresh) {
    if (value instanceof Map<?, ?> map && !map.isEmpty()) {
      object(map, indent, fresh);
    } else if (value instanceof List<?> list && !list.isEmpty()) {
      array(list, indent, fresh);
    } else {
      scalar(value, indent);
      out.append('\n');
    }
  }

  private void object(Map<?, ?> map, int indent, boolean fresh) {
    TreeMap<String, @Nullable Object> sorted = new TreeMap<>(Yaml::compare);
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      sorted.put(String.valueOf(entry.getKey()), entry.getValue());
    }
    boolean first = fresh;
    for (Map.Entry<String, @Nullable Object> entry : sorted.entrySet()) {
      margin(first ? 0 : indent);
      first = false;
      scalar(entry.getKey(), indent);
      out.append(':');
      Object value = entry.getValue();
      if (value instanceof Map<?, ?> inner && !inner.isEmpty()) {
        out.append('\n');
        margin(indent + 2);
        block(value, indent + 2, true);
      } else if (value instanceof List<?> list && !list.isEmpty()) {
        out.append('\n');
        margin(indent);
        block(value, indent, true);
      } else {
        out.append(' ');
        block(value, indent + 2, true);
      }
    }
  }

  private void array(List<?> list, int indent, boolean fresh) {
    boolean first = fresh;
    for (Object item : list) {
      margin(first ? 0 : indent);
      first = false;
      out.append("- ");
      block(item, indent + 2, true);
    }
  }

  private void margin(int indent) {
    for (int i = 0; i < indent; i++) {
      out.append(' ');
    }
  }

  private void scalar(@Nullable Object value, int indent) {
    if (value instanceof String text) {
      string(text, indent);
    } else if (value instanceof Map<?, ?>) {
      out.append("{}");
    } else if (value instanceof List<?>) {
      out.append("[]");
    } else if (value instanceof Numeral number && !allIn(number.text(), "-0123456789")) {
      out.append(Go.shortest(Double.parseDouble(number.text())));
    } else {
      out.append(value);
    }
  }

  private void string(String text, int indent) {
    if (text.isEmpty() || isOtherwiseRead(text) || hasControls(text)) {
      out.append(JsonWriter.compact(text));
    } else if (text.indexOf('\n') >= 0) {
      literal(text, indent);
    } else if (needsQuotes(text)) {
      out.append('\'').append(text.replace("'", "''")).append('\'');
    } else {
      out.append(text);
    }
  }

  private void literal(String text, int indent) {
    out.append('|');
    if (text.charAt(0) == ' ' || text.charAt(0) == '\n') {
      out.append('2');
    }
    int end = text.length();
    if (!text.endsWith("\n")) {
      out.append('-');
    } else if (text.endsWith("\n\n") || text.equals("\n")) {
      out.append('+');
      end--;
    } else {
      end--;
    }
    for (String line : text.substring(0, end).split("\n", -1)) {
      out.append('\n');
      if (!line.isEmpty()) {
        margin(Math.max(indent, 2));
        out.append(line);
      }
    }
  }

  /// Whether a reader would take the plain text for a number, a truth, a time or nothing.
  private static boolean isOtherwiseRead(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "null", "~", "true", "false", "yes", "no", "on", "off", "y", "n" -> true;
      case ".inf", "-.inf", "+.inf", ".nan", "<<" -> true;
      default -> looksLikeNumber(text) || looksLikeTime(text);
    };
  }

  private static boolean looksLikeNumber(String text) {
    int start = text.charAt(0) == '-' || text.charAt(0) == '+' ? 1 : 0;
    if (start == text.length()) {
      return false;
    }
    String rest = text.substring(start);
    if (rest.startsWith("0x") || rest.startsWith("0b") || rest.startsWith("0o")) {
      return rest.length() > 2 && allIn(rest.substring(2), "0123456789abcdefABCDEF_");
    }
    char first = rest.charAt(0);
    if ((first < '0' || first > '9') && first != '.') {
      return false;
    }
    return hasDigit(rest) && (isDecimal(rest) || isScientific(rest) || isBase60(rest));
  }

  private static boolean isDecimal(String text) {
    return allIn(text, "0123456789_.") && text.indexOf('.') == text.lastIndexOf('.');
  }

  private static boolean isScientific(String text) {
    int e = Math.max(text.indexOf('e'), text.indexOf('E'));
    if (e <= 0 || e == text.length() - 1 || !allIn(text.substring(0, e), "0123456789.")) {
      return false;
    }
    String exponent = text.substring(e + 1);
    int sign = exponent.charAt(0) == '+' || exponent.charAt(0) == '-' ? 1 : 0;
    return exponent.length() > sign && allIn(exponent.substring(sign), "0123456789");
  }

  private static boolean isBase60(String text) {
    return text.indexOf(':') > 0 && !text.endsWith(":") && allIn(text, "0123456789:.");
  }

  private static boolean looksLikeTime(String text) {
    return text.length() >= 8
        && text.charAt(4) == '-'
        && allIn(text.substring(0, 4), "0123456789")
        && allIn(text, "0123456789-:.TtZz+ ");
  }

  private static boolean allIn(String text, String letters) {
    for (int i = 0; i < text.length(); i++) {
      if (letters.indexOf(text.charAt(i)) < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean hasDigit(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= '0' && text.charAt(i) <= '9') {
        return true;
      }
    }
    return false;
  }

  private static boolean hasControls(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < ' ' && c != '\n') || c == 0x7f) {
        return true;
      }
    }
    return false;
  }

  private static boolean needsQuotes(String text) {
    char first = text.charAt(0);
    boolean safeDash =
        (first == '-' || first == '?' || first == ':')
            && text.length() > 1
            && text.charAt(1) != ' ';
    return (INDICATORS.indexOf(first) >= 0 && !safeDash)
        || first == ' '
        || text.endsWith(" ")
        || text.endsWith(":")
        || text.contains(": ")
        || text.contains(" #");
  }

  /// Compares keys the way people sort: numbers inside them by value, signs before letters.
  private static int compare(String a, String b) {
    int i = 0;
    while (i < a.length() && i < b.length() && a.charAt(i) == b.charAt(i)) {
      i++;
    }
    if (i == a.length() || i == b.length()) {
      return a.length() - b.length();
    }
    char x = a.charAt(i);
    char y = b.charAt(i);
    if (Character.isDigit(x) && Character.isDigit(y)) {
      int start = i;
      while (start > 0 && Character.isDigit(a.charAt(start - 1))) {
        start--;
      }
      return compareNumbers(a, b, start, x - y);
    }
    boolean letterX = Character.isLetter(x);
    boolean letterY = Character.isLetter(y);
    return letterX == letterY ? x - y : letterX ? 1 : -1;
  }

  private static int compareNumbers(String a, String b, int start, int otherwise) {
    int endA = endOfDigits(a, start);
    int endB = endOfDigits(b, start);
    return endA != endB ? endA - endB : otherwise;
  }

  private static int endOfDigits(String text, int start) {
    int end = start;
    while (end < text.length() && Character.isDigit(text.charAt(end))) {
      end++;
    }
    return end;
  }
}
