package coffer.identity;

import java.security.SecureRandom;
import java.util.HexFormat;

/// Makes ids, and names for what nobody named. May be used by many threads.
final class Ids {
  private static final int[] DASHES = {8, 13, 18, 23};

  private final SecureRandom random;

  Ids(SecureRandom random) {
    this.random = random;
  }

  /// 128 random bits, written as a uuid.
  String newId() {
    var id = new StringBuilder(hex(16));
    for (int at : DASHES) {
      id.insert(at, '-');
    }
    return id.toString();
  }

  /// `entity_1a2b3c4d.root`.
  String newName(String kind) {
    return kind + "_" + hex(4) + "." + IdentityStore.NAMESPACE;
  }

  private String hex(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
