package coffer.auth.userpass;

import coffer.engine.Refusal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.BCrypt;

/// A bcrypt hash as it is spelled everywhere: `$2a$10$`, 22 characters of salt, 31 of the hash. The
/// variants (`$2$`, `$2a$`, `$2b$`, `$2x$`, `$2y$`) are all computed in the one way that the peers
/// compute them.
///
/// @param cost the binary logarithm of the rounds
record BcryptHash(int cost, byte[] salt, byte[] hash) {
  /// How many bytes of a password count.
  static final int MOST_BYTES = 72;

  /// Of the 24 bytes that bcrypt computes, its text has always carried 23.
  private static final int HASH_BYTES = 23;

  private static final int LEAST_COST = 4;
  private static final int MOST_COST = 31;

  /// What the peers accept from outside, so that no login takes too little or too much.
  private static final int LEAST_GIVEN = 5;

  private static final int MOST_GIVEN = 12;

  private static final Pattern FORM =
      Pattern.compile("\\$2[abxy]?\\$([0-9]{2})\\$([./A-Za-z0-9]{22})([./A-Za-z0-9]{31})");

  /// Empty for what is no such hash.
  static Optional<BcryptHash> parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    int cost = Integer.parseInt(form.group(1));
    return cost < LEAST_COST || cost > MOST_COST
        ? Optional.empty()
        : Optional.of(
            new BcryptHash(cost, Radix64.decode(form.group(2)), Radix64.decode(form.group(3))));
  }

  /// A hash that a caller brings along.
  static BcryptHash given(String text) {
    BcryptHash hash =
        parse(text).orElseThrow(() -> Refusal.bad("password_hash is not a valid bcrypt hash"));
    if (hash.cost < LEAST_GIVEN) {
      throw Refusal.bad(
          "bcrypt cost of %d is too low, want %d at minimum".formatted(hash.cost, LEAST_GIVEN));
    }
    if (hash.cost > MOST_GIVEN) {
      throw Refusal.bad(
          "bcrypt cost of %d exceeds maximum cost of %d".formatted(hash.cost, MOST_GIVEN));
    }
    return hash;
  }

  /// Takes as long as the cost says.
  static BcryptHash of(String password, int cost, byte[] salt) {
    return new BcryptHash(cost, salt, compute(password, cost, salt));
  }

  /// Takes as long as the cost says, whatever the password.
  boolean matches(String password) {
    return MessageDigest.isEqual(hash, compute(password, cost, salt));
  }

  private static byte[] compute(String password, int cost, byte[] salt) {
    byte[] bytes = password.getBytes(StandardCharsets.UTF_8);
    byte[] counted = bytes.length > MOST_BYTES ? Arrays.copyOf(bytes, MOST_BYTES) : bytes;
    return Arrays.copyOf(BCrypt.generate(counted, salt, cost, true), HASH_BYTES);
  }

  /// The spelling for the store.
  String text() {
    return "$2a$%02d$%s%s".formatted(cost, Radix64.encode(salt), Radix64.encode(hash));
  }

  @Override
  public String toString() {
    return "BcryptHash[cost=" + cost + "]";
  }
}
