package coffer.identity;

import coffer.engine.Refusal;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/// Names of entities, groups and aliases as keys: two names that differ only in case are one. A key
/// is a hash, so it is of one length, can't be taken for another key whatever the name, and tells
/// nobody who looks at the storage who there is.
final class Names {
  private static final int LAST_ASCII = 0x7f;

  private Names() {}

  static String key(String name) {
    byte[] folded = new byte[name.length() * 2];
    int length = 0;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (Character.isSurrogate(c) && !isPaired(name, i)) {
        throw Refusal.bad("a name has half a surrogate pair");
      }
      char lower = lower(c);
      folded[length++] = (byte) (lower >> 8);
      folded[length++] = (byte) lower;
    }
    return Base64.getUrlEncoder().withoutPadding().encodeToString(sha256(folded));
  }

  static boolean same(String one, String other) {
    return one.equals(other) || key(one).equals(key(other));
  }

  /// No letter beyond ASCII becomes one of ASCII: nobody is `kim` by the Kelvin sign.
  private static char lower(char c) {
    char lower = Character.toLowerCase(c);
    return c > LAST_ASCII && lower <= LAST_ASCII ? c : lower;
  }

  private static boolean isPaired(String name, int at) {
    return Character.isHighSurrogate(name.charAt(at))
        ? at + 1 < name.length() && Character.isLowSurrogate(name.charAt(at + 1))
        : at > 0 && Character.isHighSurrogate(name.charAt(at - 1));
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
