package coffer.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.barrier.Barrier;
import coffer.engine.Refusal;
import coffer.engine.Refusal.Why;
import coffer.storage.Batch;
import coffer.storage.InMemoryStorage;
import coffer.storage.StorageException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SealTest {
  private static final String WRONG =
      "invalid key: failed to decrypt keys from storage: cipher: message authentication failed";

  private final InMemoryStorage storage = new InMemoryStorage();
  private final Recorder life = new Recorder();
  private Barrier barrier = newBarrier();
  private Seal seal = new Seal(barrier, life, new SecureRandom());

  private Barrier newBarrier() {
    return new Barrier(storage, new SecureRandom(), () -> Instant.EPOCH);
  }

  private void restart() {
    barrier = newBarrier();
    seal = new Seal(barrier, life, new SecureRandom());
    life.told();
  }

  private List<byte[]> initialize(int shares, int threshold) {
    return seal.initialize(shares, threshold).shares().shares();
  }

  private List<byte[]> open(int shares, int threshold) {
    List<byte[]> parts = initialize(shares, threshold);
    unseal(parts.subList(0, threshold));
    life.told();
    return parts;
  }

  private void unseal(List<byte[]> parts) {
    parts.forEach(part -> seal.unseal(part));
    assertThat(seal.isSealed()).isFalse();
  }

  private static byte[] changed(byte[] share, int at) {
    byte[] copy = share.clone();
    copy[at] ^= 1;
    return copy;
  }

  private static void refused(Why why, String message, Runnable action) {
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(action::run)
        .withMessage(message)
        .satisfies(refusal -> assertThat(refusal.why()).isEqualTo(why));
  }

  private static void bad(String message, Runnable action) {
    refused(Why.BAD_REQUEST, message, action);
  }

  @Test
  void beforeInitializationThereIsNothing() {
    assertThat(seal.status()).isEqualTo(new SealStatus("shamir", false, true, 0, 0, 0, "", null));
    bad("Vault is not initialized", () -> seal.unseal(new byte[33]));
    assertThat(seal.resetUnseal().initialized()).isFalse();
    seal.seal();
    assertThat(life.told()).isEmpty();
  }

  static Stream<Arguments> wrongNumbers() {
    return Stream.of(
        Arguments.of(0, 0, "shares must be at least one"),
        Arguments.of(-1, -1, "shares must be at least one"),
        Arguments.of(0, 3, "shares must be at least one"),
        Arguments.of(5, 0, "threshold must be at least one"),
        Arguments.of(5, -3, "threshold must be at least one"),
        Arguments.of(5, 1, "threshold must be greater than one for multiple shares"),
        Arguments.of(256, 3, "shares must be less than 256"),
        Arguments.of(1L << 33, 2, "shares must be less than 256"),
        Arguments.of(255, 256, "threshold must be less than 256"),
        Arguments.of(3, 5, "threshold cannot be larger than shares"),
        Arguments.of(1, 2, "threshold cannot be larger than shares"));
  }

  @ParameterizedTest
  @MethodSource("wrongNumbers")
  void wrongNumbersOfSharesAreRefused(long shares, long threshold, String fault) {
    bad("invalid seal configuration: " + fault, () -> seal.initialize(shares, threshold));
    assertThat(storage.range("", "", 1)).isEmpty();
    open(3, 2);
    refused(
        Why.FAILED,
        "invalid rekey seal configuration: " + fault,
        () -> seal.rekey().start(shares, threshold, false));
    bad(
        "invalid rotate seal configuration: " + fault,
        () -> seal.rotation().start(shares, threshold, false));
  }

  @Test
  void initializationGivesSharesAndARootTokenAndLeavesItSealed() {
    Seal.Initialized made = seal.initialize(5, 3);
    assertThat(made.shares().shares())
        .hasSize(5)
        .allSatisfy(share -> assertThat(share).hasSize(33));
    assertThat(made.rootToken()).isEqualTo("hvs.RootTokenOfTheTest000001");
    assertThat(made.toString()).doesNotContain(made.rootToken());
    assertThat(life.told()).containsExactly("open", "token", "close");
    assertThat(seal.status()).isEqualTo(new SealStatus("shamir", true, true, 3, 5, 0, "", null));
    assertThat(barrier.isSealed()).isTrue();
    bad("Vault is already initialized", () -> seal.initialize(5, 3));
    restart();
    assertThat(seal.status()).isEqualTo(new SealStatus("shamir", true, true, 3, 5, 0, "", null));
  }

  @Test
  void theKeysAreNowhereInTheStorage() {
    List<byte[]> shares = initialize(1, 1);
    String key = new String(shares.getFirst(), StandardCharsets.ISO_8859_1);
    assertThat(storage.range("", "", 100))
        .isNotEmpty()
        .allSatisfy(
            entry ->
                assertThat(new String(entry.value(), StandardCharsets.ISO_8859_1))
                    .doesNotContain(key)
                    .doesNotContain(Base64.getEncoder().encodeToString(shares.getFirst())));
  }

  @ParameterizedTest
  @CsvSource({"open", "token", "close"})
  void anInitializationThatFailsLeavesTheStorageEmpty(String where) {
    life.failAt(where);
    assertThatThrownBy(() -> seal.initialize(5, 3)).isInstanceOf(IllegalStateException.class);
    assertThat(life.told()).contains("close");
    assertThat(storage.range("", "", 1)).isEmpty();
    assertThat(seal.status().initialized()).isFalse();
    assertThat(barrier.isSealed()).isTrue();
    life.failAt("");
    open(5, 3);
  }

  @Test
  void itIsNotInitializedOverEntriesOfOthers() {
    storage.commit(new Batch().put("theirs", new byte[1]));
    assertThatThrownBy(() -> seal.initialize(1, 1)).isInstanceOf(StorageException.class);
    assertThat(storage.get("theirs")).isNotNull();
    assertThat(seal.status().initialized()).isFalse();
  }

  @Test
  void enoughSharesInAnyOrderOpenIt() {
    List<byte[]> shares = initialize(5, 3);
    restart();
    SealStatus first = seal.unseal(shares.get(4));
    assertThat(first.progress()).isEqualTo(1);
    assertThat(first.nonce()).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    SealStatus second = seal.unseal(shares.get(0));
    assertThat(second.progress()).isEqualTo(2);
    assertThat(second.nonce()).isEqualTo(first.nonce());
    assertThat(life.told()).isEmpty();
    SealStatus open = seal.unseal(shares.get(2));
    assertThat(open.sealed()).isFalse();
    assertThat(open.progress()).isZero();
    assertThat(open.nonce()).isEmpty();
    assertThat(life.told()).containsExactly("open");
    assertThat(barrier.isSealed()).isFalse();
    assertThat(seal.unseal(new byte[2])).isEqualTo(open);
    bad("vault is unsealed", () -> seal.resetUnseal());
  }

  @Test
  void theClusterKeepsItsNameOverRestarts() {
    List<byte[]> shares = initialize(1, 1);
    unseal(shares);
    Cluster cluster = Objects.requireNonNull(seal.status().cluster());
    assertThat(cluster.name()).matches("vault-cluster-[0-9a-f]{8}");
    assertThat(cluster.id()).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    seal.seal();
    assertThat(seal.status().cluster()).isNull();
    restart();
    unseal(shares);
    assertThat(seal.status().cluster()).isEqualTo(cluster);
  }

  @Test
  void oneShareOfOneIsTheKeyItself() {
    List<byte[]> shares = initialize(1, 1);
    assertThat(shares).hasSize(1);
    assertThat(shares.getFirst()).hasSize(32);
    unseal(shares);
  }

  @Test
  void theSameShareCountsOnce() {
    List<byte[]> shares = initialize(3, 2);
    seal.unseal(shares.getFirst());
    assertThat(seal.unseal(shares.getFirst()).progress()).isEqualTo(1);
  }

  @Test
  void resettingForgetsTheShares() {
    List<byte[]> shares = initialize(3, 2);
    seal.unseal(shares.get(0));
    SealStatus reset = seal.resetUnseal();
    assertThat(reset.progress()).isZero();
    assertThat(reset.nonce()).isEmpty();
    assertThat(seal.unseal(shares.get(1)).sealed()).isTrue();
  }

  static Stream<Arguments> lengths() {
    return Stream.of(
        Arguments.of(0, "key is shorter than minimum 16 bytes"),
        Arguments.of(15, "key is shorter than minimum 16 bytes"),
        Arguments.of(34, "key is longer than maximum 33 bytes"));
  }

  @ParameterizedTest
  @MethodSource("lengths")
  void sharesOfAWrongLengthAreRefused(int length, String fault) {
    initialize(3, 2);
    bad("invalid key: " + fault, () -> seal.unseal(new byte[length]));
    assertThat(seal.status().progress()).isZero();
  }

  @Test
  void wrongSharesAreRefusedAndStartOver() {
    List<byte[]> shares = initialize(3, 2);
    String unreadable = "unable to retrieve stored keys: " + WRONG;
    String mismatch = "invalid key: failed to compute combined key: ";
    wrong(shares, changed(shares.get(1), 0), unreadable);
    wrong(shares, changed(shares.get(1), 31), unreadable);
    wrong(shares, changed(shares.get(0), 5), mismatch + "duplicate part detected");
    wrong(shares, Arrays.copyOf(shares.get(1), 20), mismatch + "all parts must be the same length");
    for (int length : List.of(17, 20, 25)) {
      seal.unseal(new byte[length]);
      byte[] other = new byte[length];
      other[length - 1] = 1;
      bad(
          length == 20
              ? "invalid key: failed to setup unseal key: crypto/aes: invalid key size 19"
              : "unable to retrieve stored keys: " + WRONG,
          () -> seal.unseal(other));
    }
    unseal(shares.subList(0, 2));
  }

  private void wrong(List<byte[]> shares, byte[] second, String message) {
    seal.unseal(shares.getFirst());
    bad(message, () -> seal.unseal(second));
    assertThat(seal.status().progress()).isZero();
    assertThat(seal.status().nonce()).isEmpty();
    assertThat(seal.isSealed()).isTrue();
  }

  @Test
  void anOpeningThatFailsSealsAgain() {
    List<byte[]> shares = initialize(1, 1);
    life.told();
    life.failAt("open");
    assertThatThrownBy(() -> seal.unseal(shares.getFirst())).hasMessage("no open today");
    assertThat(life.told()).containsExactly("open", "close");
    assertThat(seal.isSealed()).isTrue();
    assertThat(barrier.isSealed()).isTrue();
    life.failAt("");
    unseal(shares);
  }

  @Test
  void sealingClosesOnceAndTheSameSharesOpenAgain() {
    List<byte[]> shares = open(3, 2);
    seal.seal();
    seal.seal();
    assertThat(life.told()).containsExactly("close");
    assertThat(barrier.isSealed()).isTrue();
    unseal(shares.subList(1, 3));
  }

  @Test
  void aClosingThatFailsStillSeals() {
    open(1, 1);
    life.failAt("close");
    assertThatThrownBy(() -> seal.seal()).hasMessage("no close today");
    assertThat(seal.isSealed()).isTrue();
    assertThat(barrier.isSealed()).isTrue();
  }

  @Test
  void aNewRootKeyNeedsNoNewShares() {
    List<byte[]> shares = open(3, 2);
    byte[] before = storage.get(Barrier.ROOT_KEY);
    seal.rotateRoot();
    assertThat(storage.get(Barrier.ROOT_KEY)).isNotEqualTo(before);
    seal.seal();
    refused(Why.SEALED, "Vault is sealed", () -> seal.rotateRoot());
    restart();
    unseal(shares.subList(0, 2));
  }
}
