package coffer.quota;

import java.time.Duration;
import java.time.Instant;

/// What one address has asked for in the current interval of one limit. May be used by many
/// threads.
final class Window {
  private Instant end = Instant.MIN;
  private Instant blocked = Instant.MIN;
  private long left;

  /// What came of one request.
  ///
  /// @param left how many more there may be
  /// @param reset how long until there may be more again
  record Outcome(boolean allowed, long left, Duration reset) {}

  /// Counts a request, if there is room for it.
  synchronized Outcome count(RateLimit limit, Instant now) {
    if (now.isBefore(blocked)) {
      return new Outcome(false, 0, Duration.between(now, blocked));
    }
    if (!now.isBefore(end)) {
      end = now.plus(limit.interval());
      left = limit.most();
    }
    if (left > 0) {
      left--;
      return new Outcome(true, left, Duration.between(now, end));
    }
    if (limit.block().isPositive()) {
      blocked = now.plus(limit.block());
    }
    Instant until = blocked.isAfter(end) ? blocked : end;
    return new Outcome(false, 0, Duration.between(now, until));
  }
}
