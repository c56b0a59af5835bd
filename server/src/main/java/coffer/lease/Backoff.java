package coffer.lease;

import java.security.SecureRandom;
import java.time.Duration;

/// How long to wait until something that failed is tried again: ten seconds, doubled each time, and
/// an hour once nobody counts on it; each up to a quarter longer, so that what failed together
/// isn't tried together.
record Backoff(SecureRandom random) {
  private static final Duration FIRST = Duration.ofSeconds(10);
  private static final Duration SLOW = Duration.ofHours(1);

  Duration after(long failures) {
    Duration wait =
        failures >= Lease.MAX_TRIES ? SLOW : FIRST.multipliedBy(1L << Math.max(0, failures - 1));
    return wait.plusMillis(random.nextLong(wait.toMillis() / 4));
  }
}
