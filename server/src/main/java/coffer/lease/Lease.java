package coffer.lease;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Something that was lent, until when, and to whom. Immutable.
///
/// @param id the path that it was lent at, and a random end
/// @param mount the uuid of the mount that lent it
/// @param token the key of the token that it was lent to, or of the maker of a batch token; empty
///   for a batch token without one
/// @param internal what the engine needs to take it back; never shown
/// @param renewed when it was last renewed; null for never
/// @param ttl how long it was to last, last time
/// @param maxTtl how long its engine lets it last at most; zero for as long as the mount does
/// @param revoking from when on it is to be taken back; null where it isn't
/// @param tries how often that failed
/// @param error what went wrong last; empty for nothing
public record Lease(
    String id,
    String mount,
    String token,
    Map<String, Object> internal,
    Instant issued,
    Instant expires,
    @Nullable Instant renewed,
    Duration ttl,
    Duration maxTtl,
    boolean renewable,
    @Nullable Instant revoking,
    long tries,
    String error) {
  /// After how many failures nobody should count on it any more.
  public static final int MAX_TRIES = 6;

  /// Whether taking it back has failed so often that somebody should look.
  public boolean irrevocable() {
    return tries >= MAX_TRIES;
  }

  /// The path that it was lent at.
  public String path() {
    return id.substring(0, id.lastIndexOf('/'));
  }

  Lease renewed(Instant now, Instant end, Duration newTtl, Map<String, Object> newInternal) {
    return new Lease(
        id,
        mount,
        token,
        newInternal,
        issued,
        end,
        now,
        newTtl,
        maxTtl,
        renewable,
        revoking,
        tries,
        error);
  }

  Lease revoking(Instant from) {
    return failed(from, tries, error);
  }

  /// Taking it back failed once more.
  Lease failed(Instant next, String problem) {
    return failed(next, tries + 1, problem);
  }

  private Lease failed(Instant next, long times, String problem) {
    return new Lease(
        id, mount, token, internal, issued, expires, renewed, ttl, maxTtl, renewable, next, times,
        problem);
  }

  @Override
  public String toString() {
    return "Lease[" + id + "]";
  }
}
