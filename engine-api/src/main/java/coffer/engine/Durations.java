package coffer.engine;

import java.math.BigInteger;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Durations as the API spells them: Go's syntax (`1h30m`, `250ms`), whole seconds (`90`, `"90"`)
/// and whole days (`2d`); an empty text or null is zero. The range is that of 64 bits of
/// nanoseconds, about 292 years either way, as for the clients.
///
/// What can't be read is an [IllegalArgumentException] whose message is fit to be shown.
public final class Durations {
  private static final int MAX_SHOWN = 64;
  private static final BigInteger MAX_NANOS = BigInteger.valueOf(Long.MAX_VALUE);
  private static final BigInteger NANOS_PER_SECOND = BigInteger.valueOf(1_000_000_000L);

  private Durations() {}

  /// Reads a value out of a JSON body or a configuration: a text or a number of seconds.
  public static Duration parse(@Nullable Object value) {
    return switch (value) {
      case null -> Duration.ZERO;
      case String text -> parse(text);
      case Duration duration -> duration;
      case Double number -> fraction(number);
      case Float number -> fraction(number);
      case Number number -> parse(number.toString());
      default -> throw new IllegalArgumentException("could not parse duration from input");
    };
  }

  /// Reads seconds (`90`), days (`2d`) or Go's syntax.
  public static Duration parse(String text) {
    if (text.isEmpty()) {
      return Duration.ZERO;
    }
    if (isInteger(text)) {
      return times(text, text, NANOS_PER_SECOND);
    }
    if (text.endsWith("d")) {
      String days = text.substring(0, text.length() - 1);
      if (!isInteger(days)) {
        throw new IllegalArgumentException("time: invalid duration " + quote(text));
      }
      return times(text, days, NANOS_PER_SECOND.multiply(BigInteger.valueOf(86_400)));
    }
    return new Reader(text).read();
  }

  /// Writes a duration as Go prints it: `1h30m0s`, `1.5s`, `250ms`, `0s`.
  public static String format(Duration duration) {
    if (duration.isZero()) {
      return "0s";
    }
    String sign = duration.isNegative() ? "-" : "";
    Duration rest = duration.abs();
    if (rest.toSeconds() == 0) {
      return sign + subSecond(rest.toNanosPart());
    }
    StringBuilder out = new StringBuilder(sign);
    long seconds = rest.toSeconds();
    if (seconds >= 3600) {
      out.append(seconds / 3600).append('h');
    }
    if (seconds >= 60) {
      out.append(seconds / 60 % 60).append('m');
    }
    return out.append(seconds % 60).append(decimals(rest.toNanosPart(), 9)).append('s').toString();
  }

  private static String subSecond(int nanos) {
    if (nanos >= 1_000_000) {
      return nanos / 1_000_000 + decimals(nanos % 1_000_000, 6) + "ms";
    }
    return nanos >= 1_000 ? nanos / 1_000 + decimals(nanos % 1_000, 3) + "µs" : nanos + "ns";
  }

  private static String decimals(int fraction, int digits) {
    if (fraction == 0) {
      return "";
    }
    String padded = String.format(Locale.ROOT, "%0" + digits + "d", fraction);
    int end = digits;
    while (padded.charAt(end - 1) == '0') {
      end--;
    }
    return "." + padded.substring(0, end);
  }

  private static boolean isInteger(String text) {
    int start = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
    return text.length() > start
        && text.length() <= MAX_SHOWN
        && text.chars().skip(start).allMatch(c -> c >= '0' && c <= '9');
  }

  private static Duration fraction(double seconds) {
    if (!(Math.abs(seconds) < Long.MAX_VALUE / 1e9)) {
      throw new IllegalArgumentException("duration out of range: " + seconds);
    }
    return Duration.ofSeconds((long) seconds);
  }

  private static Duration times(String whole, String count, BigInteger unit) {
    return ofNanos(whole, new BigInteger(count).multiply(unit));
  }

  private static Duration ofNanos(String whole, BigInteger nanos) {
    if (nanos.abs().compareTo(MAX_NANOS) > 0) {
      throw new IllegalArgumentException("time: invalid duration " + quote(whole));
    }
    return Duration.ofNanos(nanos.longValue());
  }

  private static String quote(String text) {
    StringBuilder out = new StringBuilder("\"");
    int shown = Math.min(text.length(), MAX_SHOWN);
    for (int i = 0; i < shown; i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        default -> out.append(c < ' ' || c == 0x7f ? '\ufffd' : c);
      }
    }
    return out.append(shown < text.length() ? "…\"" : "\"").toString();
  }

  /// One pass over a duration in Go's syntax: `[-+]?([0-9]*(\.[0-9]*)?unit)+`.
  private static final class Reader {
    private static final int MAX_LENGTH = 1_024;

    private final String text;
    private int at;

    Reader(String text) {
      this.text = text;
    }

    Duration read() {
      boolean negative = text.startsWith("-");
      at = negative || text.startsWith("+") ? 1 : 0;
      if (at == text.length() || text.length() > MAX_LENGTH) {
        throw invalid();
      }
      BigInteger nanos = BigInteger.ZERO;
      while (at < text.length()) {
        nanos = nanos.add(term());
      }
      return ofNanos(text, negative ? nanos.negate() : nanos);
    }

    private BigInteger term() {
      String whole = digits();
      String fraction = "";
      if (at < text.length() && text.charAt(at) == '.') {
        at++;
        fraction = digits();
      }
      if (whole.isEmpty() && fraction.isEmpty()) {
        throw invalid();
      }
      BigInteger unit = BigInteger.valueOf(unit());
      return new BigInteger(whole + fraction)
          .multiply(unit)
          .divide(BigInteger.TEN.pow(fraction.length()));
    }

    private String digits() {
      int start = at;
      while (at < text.length() && isDigit(text.charAt(at))) {
        at++;
      }
      return text.substring(start, at);
    }

    private long unit() {
      int start = at;
      while (at < text.length() && text.charAt(at) != '.' && !isDigit(text.charAt(at))) {
        at++;
      }
      String unit = text.substring(start, at);
      return switch (unit) {
        case "ns" -> 1L;
        case "us", "µs", "μs" -> 1_000L;
        case "ms" -> 1_000_000L;
        case "s" -> 1_000_000_000L;
        case "m" -> 60_000_000_000L;
        case "h" -> 3_600_000_000_000L;
        case "" ->
            throw new IllegalArgumentException("time: missing unit in duration " + quote(text));
        default ->
            throw new IllegalArgumentException(
                "time: unknown unit " + quote(unit) + " in duration " + quote(text));
      };
    }

    private static boolean isDigit(char c) {
      return c >= '0' && c <= '9';
    }

    private IllegalArgumentException invalid() {
      return new IllegalArgumentException("time: invalid duration " + quote(text));
    }
  }
}
