package coffer.token;

import coffer.engine.Durations;
import coffer.engine.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// How long a token or a lease lasts from now on, after all that caps it. The rules and the words
/// of the warnings are the peers'.
///
/// @param warnings for whoever asked for more
public record Lifetime(Duration ttl, List<String> warnings) {

  /// What is wished for, by whom. Zero means that nothing is.
  ///
  /// @param increment by the caller
  /// @param ttl by the engine
  /// @param maxTtl the most that the engine allows, counted from the start
  /// @param explicitMaxTtl the most that the maker of the token allowed, also for periodic ones
  public record Wish(
      Duration increment,
      Duration ttl,
      Duration period,
      Duration maxTtl,
      Duration explicitMaxTtl) {}

  /// @param defaultTtl of the mount
  /// @param mountMax of the mount
  /// @param start when it was first given out
  public static Lifetime of(
      Wish wish, Duration defaultTtl, Duration mountMax, Instant start, Instant now) {
    Duration max = least(least(mountMax, wish.maxTtl), wish.explicitMaxTtl);
    Instant from = start.truncatedTo(ChronoUnit.SECONDS);
    Instant second = now.truncatedTo(ChronoUnit.SECONDS);
    if (wish.period.isPositive()) {
      return periodic(wish, max, from, second);
    }
    Duration ttl = first(wish.increment, wish.ttl, defaultTtl);
    return within(from.plus(max), ttl, second, List.of());
  }

  private static Lifetime periodic(Wish wish, Duration max, Instant from, Instant now) {
    List<String> warnings = List.of();
    Duration period = wish.period;
    if (period.compareTo(max) > 0) {
      warnings =
          List.of(
              "period of \"%s\" exceeded the effective max_ttl of \"%s\"; period value is capped accordingly"
                  .formatted(shown(period), shown(max)));
      period = max;
    }
    return wish.explicitMaxTtl.isPositive()
        ? within(from.plus(wish.explicitMaxTtl), period, now, warnings)
        : new Lifetime(period, warnings);
  }

  private static Lifetime within(Instant end, Duration ttl, Instant now, List<String> warnings) {
    Duration left = Duration.between(now, end);
    if (!left.isPositive()) {
      throw Refusal.bad("past the max TTL, cannot renew");
    }
    if (ttl.compareTo(left) <= 0) {
      return new Lifetime(ttl, warnings);
    }
    String capped =
        "TTL of \"%s\" exceeded the effective max_ttl of \"%s\"; TTL value is capped accordingly"
            .formatted(shown(ttl), shown(left));
    return new Lifetime(
        left, warnings.isEmpty() ? List.of(capped) : List.of(warnings.getFirst(), capped));
  }

  /// `768h` for `768h0m0s`, `768h1s` for `768h0m1s`.
  private static String shown(Duration duration) {
    return Durations.format(duration).replaceFirst("h0m", "h").replaceFirst("([hm])0s$", "$1");
  }

  /// The lesser of two durations, where zero means that nothing is said.
  public static Duration lesser(Duration one, Duration other) {
    if (one.isZero() || other.isZero()) {
      return one.plus(other);
    }
    return one.compareTo(other) < 0 ? one : other;
  }

  private static Duration least(Duration max, Duration cap) {
    return cap.isPositive() && cap.compareTo(max) < 0 ? cap : max;
  }

  private static Duration first(Duration... durations) {
    for (Duration duration : durations) {
      if (duration.isPositive()) {
        return duration;
      }
    }
    return Duration.ZERO;
  }
}
