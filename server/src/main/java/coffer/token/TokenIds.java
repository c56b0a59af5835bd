package coffer.token;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Makes ids of tokens and accessors, and the keyed hashes that stand for them in storage. May be
/// used by many threads.
final class TokenIds {
  /// What the ids of tokens begin with.
  static final String PREFIX = "hvs.";

  /// How many random characters an id has: 142 bits.
  private static final int LENGTH = 24;

  /// How many bytes of a hash are kept.
  private static final int HASH_BYTES = 24;

  private static final String ALPHABET =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  /// Bytes from here on are thrown away, or the first characters would come more often.
  private static final int FAIR = 256 / ALPHABET.length() * ALPHABET.length();

  private final Mac keyed;
  private final SecureRandom random;

  /// @param salt the key of the hashes, which only this server has
  TokenIds(byte[] salt, SecureRandom random) {
    this.random = random;
    try {
      keyed = Mac.getInstance("HmacSHA256");
      keyed.init(new SecretKeySpec(salt, "HmacSHA256"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  String newToken() {
    return PREFIX + random();
  }

  String newAccessor() {
    return random();
  }

  private String random() {
    return random(random, LENGTH);
  }

  /// So many random letters and digits.
  static String random(SecureRandom random, int length) {
    char[] text = new char[length];
    int filled = 0;
    byte[] bytes = new byte[length + length / 2];
    while (filled < length) {
      random.nextBytes(bytes);
      for (int i = 0; i < bytes.length && filled < length; i++) {
        int value = bytes[i] & 0xff;
        if (value < FAIR) {
          text[filled++] = ALPHABET.charAt(value % ALPHABET.length());
        }
      }
    }
    return new String(text);
  }

  /// What the id of a token or an accessor is stored under.
  String hash(String id) {
    try {
      byte[] whole = ((Mac) keyed.clone()).doFinal(id.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(Arrays.copyOf(whole, HASH_BYTES));
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException(e);
    }
  }
}
