package coffer.telemetry;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/// Points in time as the log and the metrics write them, by hand: the JDK's formatters take long to
/// load.
final class Timestamps {
  private static final int NANOS_PER_MILLI = 1_000_000;
  private static final int NANOS_PER_MICRO = 1_000;

  private Timestamps() {}

  /// `15:04:05`.
  static String timeOfDay(ZonedDateTime time) {
    StringBuilder out = new StringBuilder(8);
    appendTime(out, time);
    return out.toString();
  }

  /// Appends `2026-01-02T15:04:05.123Z`.
  static void appendMillis(StringBuilder out, Instant instant) {
    append(out, instant, NANOS_PER_MILLI, 3);
  }

  /// Appends `2026-01-02T15:04:05.123456Z`.
  static void appendMicros(StringBuilder out, Instant instant) {
    append(out, instant, NANOS_PER_MICRO, 6);
  }

  private static void append(StringBuilder out, Instant instant, int unit, int digits) {
    ZonedDateTime utc = instant.atZone(ZoneOffset.UTC);
    padded(out, utc.getYear(), 4);
    out.append('-');
    padded(out, utc.getMonthValue(), 2);
    out.append('-');
    padded(out, utc.getDayOfMonth(), 2);
    out.append('T');
    appendTime(out, utc);
    out.append('.');
    padded(out, utc.getNano() / unit, digits);
    out.append('Z');
  }

  private static void appendTime(StringBuilder out, ZonedDateTime time) {
    padded(out, time.getHour(), 2);
    out.append(':');
    padded(out, time.getMinute(), 2);
    out.append(':');
    padded(out, time.getSecond(), 2);
  }

  private static void padded(StringBuilder out, int number, int digits) {
    String text = Integer.toString(number);
    for (int i = text.length(); i < digits; i++) {
      out.append('0');
    }
    out.append(text);
  }
}
