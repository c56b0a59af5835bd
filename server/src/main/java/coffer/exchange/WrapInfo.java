package coffer.exchange;

import java.time.Duration;
import java.time.Instant;

/// Where an answer went that was wrapped.
///
/// @param token opens it, once: a secret
/// @param accessor of that token
/// @param creationPath the path whose answer it is
/// @param wrappedAccessor of the token in that answer; empty where there is none
public record WrapInfo(
    String token,
    String accessor,
    Duration ttl,
    Instant created,
    String creationPath,
    String wrappedAccessor) {
  @Override
  public String toString() {
    return "WrapInfo[accessor=" + accessor + "]";
  }
}
