package coffer.token;

import coffer.json.Fields;
import java.time.Instant;
import java.util.HexFormat;

/// The index of what ends when: entries below `due/` in the order of time, without values. It is
/// the only thing that is read to find what has expired.
public final class Due {
  public static final String PREFIX = "due/";

  /// How long the time in a key is.
  private static final int TIME = 16;

  /// What ends.
  public enum Kind {
    TOKEN('t'),
    LEASE('l');

    private final char letter;

    Kind(char letter) {
      this.letter = letter;
    }
  }

  /// One entry of the index.
  ///
  /// @param id the key of a token, or the id of a lease
  public record Entry(Instant at, Kind kind, String id) {}

  private Due() {}

  public static String key(Instant at, Kind kind, String id) {
    return before(at) + kind.letter + id;
  }

  /// What every key of this time or later comes after.
  public static String before(Instant at) {
    return PREFIX + HexFormat.of().toHexDigits(Fields.nanos(at)) + "/";
  }

  public static Entry parse(String key) {
    int from = PREFIX.length();
    long nanos = HexFormat.fromHexDigitsToLong(key, from, from + TIME);
    char letter = key.charAt(from + TIME + 1);
    Kind kind = letter == Kind.TOKEN.letter ? Kind.TOKEN : Kind.LEASE;
    return new Entry(Fields.ofNanos(nanos), kind, key.substring(from + TIME + 2));
  }
}
