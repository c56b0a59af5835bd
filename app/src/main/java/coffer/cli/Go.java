package coffer.cli;

import coffer.engine.Durations;
import java.math.BigDecimal;
import java.time.Duration;

/// Values as the Go language reads and writes them: scripts depend on its spellings and messages.
final class Go {
  /// From which exponent on `%g` with the shortest digits writes one.
  private static final int LARGE_EXPONENT = 6;

  private Go() {}

  /// A text in double quotes, as `%q` writes it.
  static String quote(String text) {
    StringBuilder out = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < ' ' || c == 0x7f) {
            out.append("\\x").append(Character.forDigit(c >> 4, 16));
            out.append(Character.forDigit(c & 15, 16));
          } else {
            out.append(c);
          }
        }
      }
    }
    return out.append('"').toString();
  }

  static boolean truth(String text) {
    return switch (text) {
      case "1", "t", "T", "true", "TRUE", "True" -> true;
      case "0", "f", "F", "false", "FALSE", "False" -> false;
      default ->
          throw new IllegalArgumentException(
              "strconv.ParseBool: parsing " + quote(text) + ": invalid syntax");
    };
  }

  static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "strconv.ParseInt: parsing " + quote(text) + ": invalid syntax", e);
    }
  }

  /// A number with a fraction or an exponent, as `%g` writes it: `1.5`, `1.5e+10`.
  static String shortest(double number) {
    if (number == 0 || Double.isInfinite(number)) {
      return number == 0 ? "0" : number > 0 ? ".inf" : "-.inf";
    }
    BigDecimal exact = new BigDecimal(Double.toString(number)).stripTrailingZeros();
    int exponent = exact.precision() - exact.scale() - 1;
    if (exponent >= -4 && exponent < LARGE_EXPONENT) {
      return exact.toPlainString();
    }
    String digits = exact.unscaledValue().abs().toString();
    StringBuilder out = new StringBuilder(number < 0 ? "-" : "").append(digits.charAt(0));
    if (digits.length() > 1) {
      out.append('.').append(digits, 1, digits.length());
    }
    out.append(exponent < 0 ? "e-" : "e+").append(Math.abs(exponent) < 10 ? "0" : "");
    return out.append(Math.abs(exponent)).toString();
  }

  /// A duration in Go's syntax or in whole seconds.
  static Duration duration(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("time: invalid duration \"\"");
    }
    return Durations.parse(text);
  }

  /// A duration as Go prints it: `1h30m0s`.
  static String print(Duration duration) {
    return duration.isZero() ? "0s" : Durations.format(duration);
  }

  /// A time of RFC 3339 as Go prints one: `2026-11-24 10:26:45.571 +0000 UTC`.
  static String time(String text) {
    if (text.length() < 20 || text.charAt(10) != 'T') {
      return text;
    }
    String day = text.substring(0, 10);
    if (text.endsWith("Z")) {
      return day + " " + text.substring(11, text.length() - 1) + " +0000 UTC";
    }
    String clock = text.substring(11, text.length() - 6);
    String zone =
        text.substring(text.length() - 6, text.length() - 3) + text.substring(text.length() - 2);
    return day + " " + clock + " " + zone + " " + zone;
  }

  /// A number of seconds as people write it: `1h30m`, without the zeros at the end.
  static String human(long seconds) {
    if (seconds == 0) {
      return "0s";
    }
    StringBuilder out = new StringBuilder(seconds < 0 ? "-" : "");
    long rest = Math.abs(seconds);
    long hours = rest / 3600;
    long minutes = rest / 60 % 60;
    long left = rest % 60;
    if (hours > 0) {
      out.append(hours).append('h');
    }
    if (minutes > 0) {
      out.append(minutes).append('m');
    }
    if (left > 0) {
      out.append(left).append('s');
    }
    return out.toString();
  }
}
