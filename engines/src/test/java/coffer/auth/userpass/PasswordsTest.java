package coffer.auth.userpass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import coffer.engine.Refusal;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class PasswordsTest {
  @Test
  void theSamePasswordHasAnotherHashEachTime() {
    var passwords = new Passwords(new SecureRandom());
    BcryptHash one = passwords.hash("pw");
    BcryptHash other = passwords.hash("pw");
    assertThat(one.text()).startsWith("$2a$10$").isNotEqualTo(other.text());
    assertThat(passwords.match("pw", one)).isTrue();
    assertThat(passwords.match("pw", other)).isTrue();
    assertThat(passwords.match("PW", one)).isFalse();
  }

  @Test
  void nobodyIsComparedWithAHashOfTheUsualCostAndNeverMatches() {
    var computed = new ArrayList<Runnable>();
    var passwords =
        new Passwords(
            new SecureRandom(),
            work -> {
              computed.add(work);
              work.run();
            });
    assertThat(passwords.match("pw", null)).isFalse();
    assertThat(passwords.match("", null)).isFalse();
    assertThat(computed).hasSize(2);
  }

  @Test
  void hashesAreComputedOnPlatformThreads() {
    var virtual = new ArrayList<Boolean>();
    var threads = Passwords.threads(1, 1);
    var passwords =
        new Passwords(
            new SecureRandom(),
            work ->
                threads.execute(
                    () -> {
                      virtual.add(Thread.currentThread().isVirtual());
                      work.run();
                    }));
    passwords.match("pw", null);
    assertThat(virtual).containsExactly(false);
  }

  @Test
  void whoComesWhenAllThreadsAndPlacesAreTakenIsTurnedAway() throws InterruptedException {
    var busy = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    try (var threads = Passwords.threads(1, 1)) {
      threads.execute(
          () -> {
            busy.countDown();
            await(go);
          });
      busy.await();
      threads.execute(() -> {});
      var passwords = new Passwords(new SecureRandom(), threads);
      assertThatExceptionOfType(Refusal.class)
          .isThrownBy(() -> passwords.match("pw", null))
          .satisfies(refusal -> assertThat(refusal.why()).isEqualTo(Refusal.Why.LIMITED));
      go.countDown();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aPasswordOfMoreBytesThanCountIsRefused() {
    var passwords = new Passwords(new SecureRandom());
    for (String tooLong : List.of("x".repeat(73), "ä".repeat(37))) {
      assertThatExceptionOfType(Refusal.class)
          .isThrownBy(() -> passwords.hash(tooLong))
          .withMessageContaining("bcrypt: password length exceeds 72 bytes");
    }
    assertThat(passwords.match("x".repeat(72), passwords.hash("x".repeat(72)))).isTrue();
  }
}
