package coffer.seal;

import coffer.barrier.AesKey;
import coffer.engine.Refusal;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Giving out new shares to those who have the old ones: started with the new numbers, continued
/// with one old share after the other, and maybe finished only once enough of the new shares came
/// back. One attempt at a time; sealing the server ends it. May be used by many threads at once.
public final class Rekey {
  /// How far it is.
  ///
  /// @param nonce empty while nothing was started; so are the numbers then
  /// @param required how many of the old shares are needed
  /// @param verificationNonce empty until the new shares are given out and must come back
  /// @param verified how many of them came back
  public record Progress(
      String nonce,
      int shares,
      int threshold,
      int progress,
      int required,
      boolean verify,
      String verificationNonce,
      int verified) {
    public boolean started() {
      return !nonce.isEmpty();
    }
  }

  /// What one more share led to.
  ///
  /// @param given the new shares, where that was the last share needed
  public record Step(Progress progress, @Nullable NewShares given) {}

  /// What one of the new shares that came back led to.
  ///
  /// @param nonce of the verification
  /// @param complete whether the new shares count now
  public record Verification(String nonce, boolean complete, Progress progress) {}

  private final Seal seal;
  private final SealKeys keys;
  private final RekeyWords words;
  private @Nullable RekeyAttempt attempt;

  Rekey(Seal seal, SealKeys keys, RekeyWords words) {
    this.seal = seal;
    this.keys = keys;
    this.words = words;
  }

  public Progress progress() {
    return seal.unsealed(this::look);
  }

  /// @param verify whether the new shares count only once enough of them came back
  public Progress start(long shares, long threshold, boolean verify) {
    String fault = Sharing.fault(shares, threshold);
    return seal.unsealed(
        () -> {
          if (attempt != null) {
            throw Refusal.bad(words.name + " already in progress");
          }
          if (!fault.isEmpty()) {
            throw new Refusal(words.why, words.invalid + fault);
          }
          var wanted = new Sharing((int) shares, (int) threshold);
          attempt = new RekeyAttempt(keys.newNonce(), wanted, verify);
          return look();
        });
  }

  public void cancel() {
    seal.unsealed(
        () -> {
          forget();
          return "";
        });
  }

  /// Takes one of the old shares.
  public Step update(byte[] share, String nonce) {
    return seal.unsealed(() -> take(inProgress(), share, nonce));
  }

  private RekeyAttempt inProgress() {
    RekeyAttempt now = attempt;
    if (now == null) {
      throw Refusal.bad(words.none);
    }
    if (now.key != null) {
      throw Refusal.bad(
          words.finished
              + "; verification must be performed; nonce for the verification operation is \""
              + now.verificationNonce
              + "\"");
    }
    return now;
  }

  private Step take(RekeyAttempt now, byte[] share, String nonce) {
    checkNonce(words.operation, now.nonce, nonce);
    checkLength(share);
    if (!now.old.add(share)) {
      throw Refusal.bad("given key has already been provided during this generation operation");
    }
    if (now.old.size() < required()) {
      return new Step(look(), null);
    }
    checkQuorum(now);
    AesKey key = keys.newKey();
    NewShares given = keys.split(key, now.wanted);
    if (now.verify) {
      now.key = key;
      now.verificationNonce = keys.newNonce();
      return new Step(look(), given);
    }
    Progress last = look();
    seal.replace(key, now.wanted);
    return new Step(last, given);
  }

  private void checkQuorum(RekeyAttempt now) {
    byte[] combined;
    try {
      combined = now.old.combine();
    } catch (Shamir.MismatchException e) {
      throw new Refusal(words.why, words.mismatch + e.getMessage());
    }
    boolean right = keys.isRight(combined);
    Arrays.fill(combined, (byte) 0);
    if (!right) {
      throw new Refusal(words.why, words.wrong + Seal.WRONG_KEY);
    }
  }

  /// Of the new shares that must come back.
  public Progress verification() {
    return seal.unsealed(
        () -> {
          checkStarted();
          return look();
        });
  }

  /// Forgets the new shares that came back, under a new nonce.
  public Progress restartVerification() {
    return seal.unsealed(
        () -> {
          RekeyAttempt now = checkStarted();
          if (now.key != null) {
            restart(now);
          }
          return look();
        });
  }

  private RekeyAttempt checkStarted() {
    RekeyAttempt now = attempt;
    if (now == null) {
      throw Refusal.bad("no " + words.name + " configuration found");
    }
    return now;
  }

  private void restart(RekeyAttempt now) {
    now.back.clear();
    now.verificationNonce = keys.newNonce();
  }

  /// Takes one of the new shares.
  public Verification verify(byte[] share, String nonce) {
    return seal.unsealed(() -> takeBack(share, nonce));
  }

  private Verification takeBack(byte[] share, String nonce) {
    RekeyAttempt now = attempt;
    if (now == null || now.key == null) {
      throw Refusal.bad("no " + words.name + " in progress");
    }
    checkNonce("this verify operation", now.verificationNonce, nonce);
    checkLength(share);
    if (!now.back.add(share)) {
      throw Refusal.bad("given key has already been provided during this verify operation");
    }
    String told = now.verificationNonce;
    if (now.back.size() < now.wanted.threshold()) {
      return new Verification(told, false, look());
    }
    checkVerified(now, now.key);
    Progress last = look();
    AesKey key = now.key;
    now.key = null;
    seal.replace(key, now.wanted);
    return new Verification(told, true, last);
  }

  private void checkVerified(RekeyAttempt now, AesKey key) {
    byte[] expected = key.getEncoded();
    try {
      byte[] combined = now.back.combine();
      if (!MessageDigest.isEqual(combined, expected)) {
        restart(now);
        throw Refusal.bad(words.name + " verification failed; incorrect key shares supplied");
      }
    } catch (Shamir.MismatchException e) {
      restart(now);
      throw Refusal.bad("failed to compute key for verification: " + e.getMessage());
    } finally {
      Arrays.fill(expected, (byte) 0);
    }
  }

  static void checkNonce(String operation, String expected, String given) {
    if (!expected.equals(given)) {
      throw Refusal.bad(
          "incorrect nonce supplied; nonce for " + operation + " is \"" + expected + "\"");
    }
  }

  private void checkLength(byte[] share) {
    String fault = words.checksLength ? Quorum.fault(share) : "";
    if (!fault.isEmpty()) {
      throw Refusal.bad(fault);
    }
  }

  /// Ends the attempt. The seal's lock must be held.
  void forget() {
    RekeyAttempt now = attempt;
    attempt = null;
    if (now != null) {
      now.old.clear();
      now.back.clear();
      if (now.key != null) {
        now.key.destroy();
      }
    }
  }

  private int required() {
    return seal.status().threshold();
  }

  private Progress look() {
    RekeyAttempt now = attempt;
    if (now == null) {
      return new Progress("", 0, 0, 0, required(), false, "", 0);
    }
    return new Progress(
        now.nonce,
        now.wanted.shares(),
        now.wanted.threshold(),
        now.old.size(),
        required(),
        now.verify,
        now.verificationNonce,
        now.back.size());
  }
}
