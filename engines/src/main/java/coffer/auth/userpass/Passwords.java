package coffer.auth.userpass;

import coffer.engine.Refusal;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Hashes passwords and checks them, on threads of its own.
///
/// A hash keeps a processor busy for tens of milliseconds. On the virtual threads of the requests,
/// which nobody interrupts while they compute, a few logins would hold up everything else; platform
/// threads share the processors with the rest. There are as many as processors, and what they
/// haven't begun waits in a queue with a bound. One instance serves all mounts.
final class Passwords {
  /// The peers' cost.
  static final int COST = 10;

  /// How many hashes may wait for a thread: about 20 seconds' worth for each processor.
  private static final int MOST_WAITING = 256;

  private static final int SALT_BYTES = 16;
  private static final int IDLE_SECONDS = 10;

  /// What the password of somebody unknown is compared with, so that it takes the usual time.
  private static final BcryptHash NOBODYS = new BcryptHash(COST, new byte[SALT_BYTES], new byte[0]);

  private final SecureRandom random;
  private final Executor threads;

  Passwords(SecureRandom random) {
    this(random, threads(Runtime.getRuntime().availableProcessors(), MOST_WAITING));
  }

  Passwords(SecureRandom random, Executor threads) {
    this.random = random;
    this.threads = threads;
  }

  /// Threads that end when there is nothing to do.
  static ThreadPoolExecutor threads(int count, int waiting) {
    var threads =
        new ThreadPoolExecutor(
            count,
            count,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(waiting),
            Thread.ofPlatform().daemon().name("passwords-", 0).factory());
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  /// A hash with a salt of its own.
  BcryptHash hash(String password) {
    if (password.getBytes(StandardCharsets.UTF_8).length > BcryptHash.MOST_BYTES) {
      throw new Refusal(
          Refusal.Why.FAILED,
          Refusal.listed("bcrypt: password length exceeds " + BcryptHash.MOST_BYTES + " bytes"));
    }
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    return compute(() -> BcryptHash.of(password, COST, salt));
  }

  /// Whether it is the password of that hash; never without a hash, after the same time.
  boolean match(String password, @Nullable BcryptHash hash) {
    return compute(() -> (hash == null ? NOBODYS : hash).matches(password));
  }

  private <T> T compute(Supplier<T> work) {
    try {
      return CompletableFuture.supplyAsync(work, threads).join();
    } catch (RejectedExecutionException e) {
      throw new Refusal(Refusal.Why.LIMITED, "too many logins at once; try again later");
    }
  }
}
