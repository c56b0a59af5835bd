package coffer.seal;

import coffer.engine.Refusal;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// Making a root token for those who have enough shares. It is told XORed with a one-time password
/// that whoever began knows, so that those who only give shares don't learn it. One attempt at a
/// time; sealing the server ends it. May be used by many threads at once.
public final class RootGeneration {
  private static final String ALPHABET =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  /// How far it is.
  ///
  /// @param nonce empty while nothing was started
  /// @param required how many shares are needed
  public record Progress(String nonce, int progress, int required) {
    public boolean started() {
      return !nonce.isEmpty();
    }
  }

  /// An attempt that was begun.
  ///
  /// @param password the one that was made for it, a secret; empty where the caller gave one
  public record Begun(Progress progress, String password) {
    @Override
    public String toString() {
      return "Begun[" + progress + "]";
    }
  }

  /// What one more share led to.
  ///
  /// @param encodedToken base64 without padding; empty until there are enough shares
  public record Step(Progress progress, String encodedToken) {
    public boolean complete() {
      return !encodedToken.isEmpty();
    }
  }

  private record Attempt(String nonce, byte[] password, Quorum quorum) {}

  private final Seal seal;
  private final SealKeys keys;
  private final Life life;
  private final SecureRandom random;
  private @Nullable Attempt attempt;

  RootGeneration(Seal seal, SealKeys keys, Life life, SecureRandom random) {
    this.seal = seal;
    this.keys = keys;
    this.life = life;
    this.random = random;
  }

  /// How long a one-time password must be, in bytes of UTF-8.
  public int passwordLength() {
    return life.rootTokenLength();
  }

  public Progress progress() {
    return seal.unsealed(this::look);
  }

  /// @param password the one-time password; empty for a random one
  public Begun start(String password) {
    return seal.unsealed(
        () -> {
          byte[] given = password.getBytes(StandardCharsets.UTF_8);
          if (given.length != 0 && given.length != passwordLength()) {
            throw Refusal.bad("OTP string has incorrect length");
          }
          if (attempt != null) {
            throw Refusal.bad("root generation already in progress for this namespace");
          }
          byte[] used = given.length == 0 ? newPassword() : given;
          attempt = new Attempt(keys.newNonce(), used, new Quorum());
          String made = given.length == 0 ? new String(used, StandardCharsets.US_ASCII) : "";
          return new Begun(look(), made);
        });
  }

  private byte[] newPassword() {
    byte[] password = new byte[passwordLength()];
    for (int i = 0; i < password.length; i++) {
      password[i] = (byte) ALPHABET.charAt(random.nextInt(ALPHABET.length()));
    }
    return password;
  }

  public void cancel() {
    seal.unsealed(
        () -> {
          forget();
          return "";
        });
  }

  /// Takes one share.
  public Step update(byte[] share, String nonce) {
    return seal.unsealed(
        () -> {
          Attempt now = attempt;
          if (now == null) {
            throw Refusal.bad("no root generation in progress");
          }
          Rekey.checkNonce("this root generation operation", now.nonce(), nonce);
          return take(now, share);
        });
  }

  private Step take(Attempt now, byte[] share) {
    String fault = Quorum.fault(share);
    if (!fault.isEmpty()) {
      throw Refusal.bad("invalid key: " + fault);
    }
    if (!now.quorum().add(share)) {
      throw Refusal.bad("given key has already been provided during this generation operation");
    }
    int required = look().required();
    if (now.quorum().size() < required) {
      return new Step(look(), "");
    }
    checkQuorum(now);
    String encoded = encode(life.newRootToken(), now.password());
    forget();
    return new Step(new Progress(now.nonce(), required, required), encoded);
  }

  private void checkQuorum(Attempt now) {
    byte[] combined;
    try {
      combined = now.quorum().combine();
    } catch (Shamir.MismatchException e) {
      throw Refusal.bad("failed to compute root key: " + e.getMessage());
    }
    boolean right = keys.isRight(combined);
    Arrays.fill(combined, (byte) 0);
    if (!right) {
      throw Refusal.bad(
          "root generation aborted: unable to authenticate: unable to retrieve stored keys:"
              + " invalid key: "
              + Seal.WRONG_KEY);
    }
  }

  private static String encode(String token, byte[] password) {
    byte[] bytes = token.getBytes(StandardCharsets.UTF_8);
    if (bytes.length != password.length) {
      throw new IllegalStateException(
          "root tokens are longer or shorter than they were said to be");
    }
    return Base64.getEncoder().withoutPadding().encodeToString(xor(bytes, password));
  }

  /// The token behind what was told of it.
  public static String decode(String encoded, String password) {
    int wrong = firstWrong(encoded);
    if (wrong >= 0) {
      throw Refusal.bad(
          "error decoding base64'd token: illegal base64 data at input byte " + wrong);
    }
    byte[] bytes = Base64.getDecoder().decode(encoded);
    byte[] other = password.getBytes(StandardCharsets.UTF_8);
    if (bytes.length != other.length) {
      throw Refusal.bad(
          "error xoring token: length of byte slices is not equivalent: "
              + bytes.length
              + " != "
              + other.length);
    }
    return new String(xor(bytes, other), StandardCharsets.UTF_8);
  }

  /// Where a text stops to be base64 without padding; negative where it doesn't.
  private static int firstWrong(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (ALPHABET.indexOf(c) < 0 && c != '+' && c != '/') {
        return i;
      }
    }
    return text.length() % 4 == 1 ? text.length() - 1 : -1;
  }

  private static byte[] xor(byte[] bytes, byte[] other) {
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] ^= other[i];
    }
    return bytes;
  }

  /// Ends the attempt. The seal's lock must be held.
  void forget() {
    Attempt now = attempt;
    attempt = null;
    if (now != null) {
      now.quorum().clear();
      Arrays.fill(now.password(), (byte) 0);
    }
  }

  private Progress look() {
    Attempt now = attempt;
    int required = seal.status().threshold();
    return now == null
        ? new Progress("", 0, required)
        : new Progress(now.nonce(), now.quorum().size(), required);
  }
}
