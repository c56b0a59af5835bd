package coffer.secrets.kv;

import java.time.Instant;

/// Moments as the API prints them, which is also how they are stored: RFC 3339 with as many
/// decimals as it takes, up to nine.
final class Timestamp {
  private Timestamp() {}

  static String of(Instant instant) {
    String text = instant.toString();
    int end = text.length() - 1;
    if (text.indexOf('.') < 0) {
      return text;
    }
    while (text.charAt(end - 1) == '0') {
      end--;
    }
    return text.substring(0, end) + "Z";
  }
}
