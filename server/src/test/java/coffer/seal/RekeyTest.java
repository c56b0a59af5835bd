package coffer.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import coffer.barrier.Barrier;
import coffer.engine.Refusal;
import coffer.engine.Refusal.Why;
import coffer.storage.InMemoryStorage;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RekeyTest {
  private final InMemoryStorage storage = new InMemoryStorage();
  private final Barrier barrier = new Barrier(storage, new SecureRandom(), () -> Instant.EPOCH);
  private final Seal seal = new Seal(barrier, new Recorder(), new SecureRandom());
  private final List<byte[]> old = seal.initialize(3, 2).shares().shares();

  RekeyTest() {
    unseal(old);
  }

  /// The two ways to the same thing.
  enum Way {
    REKEY,
    ROTATION;

    Rekey of(Seal seal) {
      return switch (this) {
        case REKEY -> seal.rekey();
        case ROTATION -> seal.rotation();
      };
    }
  }

  private void unseal(List<byte[]> shares) {
    shares.subList(0, 2).forEach(share -> seal.unseal(share));
    assertThat(seal.isSealed()).isFalse();
  }

  private static void bad(String message, Runnable action) {
    refused(Why.BAD_REQUEST, message, action);
  }

  private static void refused(Why why, String message, Runnable action) {
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(action::run)
        .withMessage(message)
        .satisfies(refusal -> assertThat(refusal.why()).isEqualTo(why));
  }

  private static byte[] changed(byte[] share, int at) {
    byte[] copy = share.clone();
    copy[at] ^= 1;
    return copy;
  }

  private List<byte[]> give(Rekey rekey, String nonce) {
    assertThat(rekey.update(old.get(2), nonce).given()).isNull();
    NewShares given = Objects.requireNonNull(rekey.update(old.get(0), nonce).given());
    assertThat(given.toString()).isEqualTo("NewShares[" + given.shares().size() + "]");
    return given.shares();
  }

  @ParameterizedTest
  @EnumSource
  void newSharesOpenItAndOldOnesNoLonger(Way way) {
    Rekey rekey = way.of(seal);
    assertThat(rekey.progress()).isEqualTo(new Rekey.Progress("", 0, 0, 0, 2, false, "", 0));
    Rekey.Progress begun = rekey.start(5, 3, false);
    assertThat(begun.nonce()).isNotEmpty();
    assertThat(begun).isEqualTo(new Rekey.Progress(begun.nonce(), 5, 3, 0, 2, false, "", 0));
    List<byte[]> shares = give(rekey, begun.nonce());
    assertThat(shares).hasSize(5);
    assertThat(rekey.progress().started()).isFalse();
    assertThat(rekey.progress().required()).isEqualTo(3);
    assertThat(seal.status().threshold()).isEqualTo(3);
    assertThat(seal.status().shares()).isEqualTo(5);

    seal.seal();
    old.forEach(
        share -> {
          try {
            seal.unseal(share);
          } catch (Refusal refusal) {
            assertThat(refusal).hasMessageContaining("failed to decrypt keys");
          }
        });
    assertThat(seal.isSealed()).isTrue();
    var later = new Seal(barrier, new Recorder(), new SecureRandom());
    assertThat(later.status().threshold()).isEqualTo(3);
    shares.subList(2, 5).forEach(share -> later.unseal(share));
    assertThat(later.isSealed()).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void newSharesThatMustComeBackDoNotCountBefore(Way way) {
    Rekey rekey = way.of(seal);
    String nonce = rekey.start(3, 2, true).nonce();
    assertThat(rekey.verification().verificationNonce()).isEmpty();
    List<byte[]> shares = give(rekey, nonce);
    Rekey.Progress waiting = rekey.verification();
    assertThat(waiting.progress()).isZero();
    assertThat(waiting.verificationNonce()).isNotEmpty().isNotEqualTo(nonce);

    Rekey.Verification first = rekey.verify(shares.get(1), waiting.verificationNonce());
    assertThat(first.complete()).isFalse();
    assertThat(first.progress().verified()).isEqualTo(1);
    seal.seal();
    unseal(old);
    bad("no " + name(way) + " configuration found", () -> rekey.verification());
  }

  @ParameterizedTest
  @EnumSource
  void newSharesThatCameBackCount(Way way) {
    Rekey rekey = way.of(seal);
    List<byte[]> shares = give(rekey, rekey.start(4, 2, true).nonce());
    String nonce = rekey.verification().verificationNonce();
    rekey.verify(shares.get(3), nonce);
    bad(
        "given key has already been provided during this verify operation",
        () -> rekey.verify(shares.get(3), nonce));
    Rekey.Verification last = rekey.verify(shares.get(1), nonce);
    assertThat(last.complete()).isTrue();
    assertThat(last.nonce()).isEqualTo(nonce);
    assertThat(seal.status().shares()).isEqualTo(4);
    bad("no " + name(way) + " configuration found", () -> rekey.verification());
    bad("no " + name(way) + " in progress", () -> rekey.verify(shares.get(0), nonce));
    seal.seal();
    unseal(shares);
  }

  @ParameterizedTest
  @EnumSource
  void wrongSharesThatComeBackStartOver(Way way) {
    Rekey rekey = way.of(seal);
    List<byte[]> shares = give(rekey, rekey.start(3, 2, true).nonce());
    String first = rekey.verification().verificationNonce();
    bad(
        "incorrect nonce supplied; nonce for this verify operation is \"" + first + "\"",
        () -> rekey.verify(shares.get(0), "other"));
    rekey.verify(shares.get(0), first);
    bad(
        name(way) + " verification failed; incorrect key shares supplied",
        () -> rekey.verify(changed(shares.get(1), 0), first));
    String second = rekey.verification().verificationNonce();
    assertThat(second).isNotEqualTo(first);
    rekey.verify(shares.get(0), second);
    bad(
        "failed to compute key for verification: duplicate part detected",
        () -> rekey.verify(changed(shares.get(0), 0), second));
    Rekey.Progress anew = rekey.restartVerification();
    assertThat(anew.verified()).isZero();
    rekey.verify(shares.get(0), anew.verificationNonce());
    assertThat(rekey.verify(shares.get(1), anew.verificationNonce()).complete()).isTrue();
  }

  @Test
  void aRekeyIsRefusedInThePeersWords() {
    Rekey rekey = seal.rekey();
    bad("no barrier rekey in progress", () -> rekey.update(old.get(0), ""));
    bad("no rekey configuration found", () -> rekey.restartVerification());
    bad("no rekey in progress", () -> rekey.verify(old.get(0), ""));
    String nonce = rekey.start(3, 2, true).nonce();
    bad("rekey already in progress", () -> rekey.start(3, 2, true));
    bad("no rekey in progress", () -> rekey.verify(old.get(0), ""));
    bad(
        "incorrect nonce supplied; nonce for this rekey operation is \"" + nonce + "\"",
        () -> rekey.update(old.get(0), "other"));
    bad("key is longer than maximum 33 bytes", () -> rekey.update(new byte[34], nonce));
    bad("key is shorter than minimum 16 bytes", () -> rekey.update(new byte[15], nonce));
    rekey.update(old.get(0), nonce);
    bad(
        "given key has already been provided during this generation operation",
        () -> rekey.update(old.get(0), nonce));
    refused(
        Why.FAILED,
        "failed to read root key: invalid key: failed to decrypt keys from storage: cipher:"
            + " message authentication failed",
        () -> rekey.update(changed(old.get(1), 7), nonce));
    assertThat(rekey.progress().progress()).isZero();
    rekey.update(old.get(0), nonce);
    refused(
        Why.FAILED,
        "failed to compute root key: all parts must be the same length",
        () -> rekey.update(Arrays.copyOf(old.get(1), 20), nonce));
    give(rekey, nonce);
    bad(
        "rekey operation already finished; verification must be performed; nonce for the"
            + " verification operation is \""
            + rekey.verification().verificationNonce()
            + "\"",
        () -> rekey.update(old.get(0), nonce));
  }

  @Test
  void aRotationIsRefusedInThePeersWords() {
    Rekey rotation = seal.rotation();
    bad("no rotation in progress", () -> rotation.update(old.get(0), ""));
    String nonce = rotation.start(3, 2, false).nonce();
    bad("rotation already in progress", () -> rotation.start(3, 2, false));
    bad(
        "incorrect nonce supplied; nonce for rotation is \"" + nonce + "\"",
        () -> rotation.update(old.get(0), ""));
    rotation.update(old.get(0), nonce);
    bad(
        "failed to read root key: failed to decrypt keys from storage: cipher: message"
            + " authentication failed",
        () -> rotation.update(changed(old.get(1), 7), nonce));
    rotation.update(new byte[3], nonce);
    bad(
        "failed to compute key: all parts must be the same length",
        () -> rotation.update(old.get(0), nonce));
    rotation.update(old.get(0), nonce);
    bad(
        "failed to compute key: duplicate part detected",
        () -> rotation.update(changed(old.get(0), 0), nonce));
  }

  @ParameterizedTest
  @EnumSource
  void cancellingForgetsIt(Way way) {
    Rekey rekey = way.of(seal);
    rekey.start(3, 2, false);
    rekey.cancel();
    rekey.cancel();
    assertThat(rekey.progress().started()).isFalse();
  }

  @Test
  void theTwoWaysDoNotSeeEachOtherUntilOneIsDone() {
    seal.rotation().start(3, 2, false);
    assertThat(seal.rekey().progress().started()).isFalse();
    give(seal.rekey(), seal.rekey().start(3, 2, false).nonce());
    assertThat(seal.rotation().progress().started()).isFalse();
  }

  @Test
  void aSealedServerRefuses() {
    seal.rekey().start(3, 2, false);
    seal.seal();
    refused(Why.SEALED, "Vault is sealed", () -> seal.rekey().progress());
    refused(Why.SEALED, "Vault is sealed", () -> seal.rekey().start(3, 2, false));
    unseal(old);
    assertThat(seal.rekey().progress().started()).isFalse();
  }

  private static String name(Way way) {
    return way == Way.REKEY ? "rekey" : "rotation";
  }
}
