package coffer.token;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A token in the cache, with what is known of its ancestors: until when all of them live, unless
/// one is revoked. May be used by many threads.
final class Live {
  /// @param epoch of [Doomed] in which the ancestors were looked at
  private record Stamp(long epoch, Instant until) {}

  private final Token token;
  private volatile @Nullable Stamp stamp;

  Live(Token token) {
    this.token = token;
  }

  Token token() {
    return token;
  }

  /// Until when this token and all its ancestors live, as far as was found out in this epoch; null
  /// where they must be looked at again.
  @Nullable Instant until(long epoch, Instant now) {
    Stamp known = stamp;
    return known != null && known.epoch == epoch && now.isBefore(known.until) ? known.until : null;
  }

  void alive(long epoch, Instant until) {
    stamp = new Stamp(epoch, until);
  }
}
