package coffer.auth.approle;

import java.security.SecureRandom;
import java.util.HexFormat;

/// Makes ids that nobody can guess: 128 random bits in the form of a UUID.
final class Ids {
  private static final int BYTES = 16;

  /// Where a group ends, in hexadecimal digits.
  private static final int[] ENDS = {8, 12, 16, 20};

  private final SecureRandom random;

  Ids(SecureRandom random) {
    this.random = random;
  }

  String next() {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    var text = new StringBuilder(HexFormat.of().formatHex(bytes));
    for (int group = ENDS.length - 1; group >= 0; group--) {
      text.insert(ENDS[group], '-');
    }
    return text.toString();
  }
}
