package coffer.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.barrier.Barrier;
import coffer.engine.Refusal;
import coffer.engine.Refusal.Why;
import coffer.storage.InMemoryStorage;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RootGenerationTest {
  private static final String WRONG =
      "root generation aborted: unable to authenticate: unable to retrieve stored keys: invalid"
          + " key: failed to decrypt keys from storage: cipher: message authentication failed";

  private final Recorder life = new Recorder();
  private final Barrier barrier =
      new Barrier(new InMemoryStorage(), new SecureRandom(), () -> Instant.EPOCH);
  private final Seal seal = new Seal(barrier, life, new SecureRandom());
  private final List<byte[]> shares = seal.initialize(3, 2).shares().shares();
  private final RootGeneration generation = seal.rootGeneration();

  RootGenerationTest() {
    unseal();
    life.told();
  }

  private void unseal() {
    shares.subList(0, 2).forEach(share -> seal.unseal(share));
  }

  private static void bad(String message, Runnable action) {
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(action::run)
        .withMessage(message)
        .satisfies(refusal -> assertThat(refusal.why()).isEqualTo(Why.BAD_REQUEST));
  }

  private static String decoded(String encoded, String password) {
    byte[] bytes = Base64.getDecoder().decode(encoded);
    byte[] key = password.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] ^= key[i];
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Test
  void theTokenIsToldUnderAPasswordThatWasMade() {
    assertThat(generation.progress()).isEqualTo(new RootGeneration.Progress("", 0, 2));
    RootGeneration.Begun begun = generation.start("");
    assertThat(begun.password()).matches("[0-9A-Za-z]{28}");
    assertThat(begun.toString()).doesNotContain(begun.password());
    String nonce = begun.progress().nonce();
    RootGeneration.Step first = generation.update(shares.get(0), nonce);
    assertThat(first).isEqualTo(new RootGeneration.Step(progress(nonce, 1), ""));
    assertThat(life.told()).isEmpty();
    RootGeneration.Step last = generation.update(shares.get(2), nonce);
    assertThat(last.complete()).isTrue();
    assertThat(last.progress()).isEqualTo(progress(nonce, 2));
    assertThat(last.encodedToken()).doesNotContain("=");
    assertThat(decoded(last.encodedToken(), begun.password()))
        .isEqualTo("hvs.RootTokenOfTheTest000002");
    assertThat(life.told()).containsExactly("token");
    assertThat(generation.progress().started()).isFalse();
  }

  private static RootGeneration.Progress progress(String nonce, int progress) {
    return new RootGeneration.Progress(nonce, progress, 2);
  }

  @Test
  void theTokenIsToldUnderAPasswordOfTheCaller() {
    String password = "é".repeat(14);
    RootGeneration.Begun begun = generation.start(password);
    assertThat(begun.password()).isEmpty();
    String nonce = begun.progress().nonce();
    generation.update(shares.get(1), nonce);
    String encoded = generation.update(shares.get(0), nonce).encodedToken();
    assertThat(decoded(encoded, password)).startsWith("hvs.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"short", "twenty-seven characters....", "twenty-nine characters......."})
  void aPasswordOfAnotherLengthIsRefused(String password) {
    bad("OTP string has incorrect length", () -> generation.start(password));
    assertThat(generation.progress().started()).isFalse();
  }

  @Test
  void whatIsWrongIsRefusedInThePeersWords() {
    bad("no root generation in progress", () -> generation.update(shares.get(0), ""));
    String nonce = generation.start("").progress().nonce();
    bad("root generation already in progress for this namespace", () -> generation.start(""));
    bad(
        "incorrect nonce supplied; nonce for this root generation operation is \"" + nonce + "\"",
        () -> generation.update(shares.get(0), "x"));
    bad(
        "invalid key: key is shorter than minimum 16 bytes",
        () -> generation.update(new byte[2], nonce));
    generation.update(shares.get(0), nonce);
    bad(
        "given key has already been provided during this generation operation",
        () -> generation.update(shares.get(0), nonce));
    byte[] wrong = shares.get(1).clone();
    wrong[3] ^= 1;
    bad(WRONG, () -> generation.update(wrong, nonce));
    assertThat(generation.progress()).isEqualTo(progress(nonce, 0));
    generation.update(shares.get(0), nonce);
    bad(
        "failed to compute root key: all parts must be the same length",
        () -> generation.update(Arrays.copyOf(shares.get(1), 20), nonce));
    assertThat(life.told()).isEmpty();
  }

  @Test
  void aTokenThatCannotBeMadeCanBeTriedAgain() {
    String nonce = generation.start("").progress().nonce();
    life.failAt("token");
    generation.update(shares.get(0), nonce);
    assertThatThrownBy(() -> generation.update(shares.get(1), nonce)).hasMessage("no token today");
    life.failAt("");
    generation.update(shares.get(0), nonce);
    assertThat(generation.update(shares.get(1), nonce).complete()).isTrue();
  }

  @Test
  void cancellingAndSealingForgetIt() {
    generation.start("");
    generation.cancel();
    generation.cancel();
    assertThat(generation.progress().started()).isFalse();
    generation.start("");
    seal.seal();
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> generation.progress())
        .withMessage("Vault is sealed");
    unseal();
    assertThat(generation.progress().started()).isFalse();
  }
}
