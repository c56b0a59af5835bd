package coffer.engine;

import java.time.Duration;
import java.util.Map;

/// What was lent, as far as its engine must know it again to renew or revoke it.
///
/// @param internal what the engine needs later; stored with the lease, never shown
/// @param ttl how long the first lease is to last; zero for the mount's default
/// @param maxTtl the longest it may become by renewals; zero for the mount's maximum
public record Lent(Map<String, Object> internal, Duration ttl, Duration maxTtl, boolean renewable) {
  @Override
  public String toString() {
    return "Lent[ttl=" + ttl + ", maxTtl=" + maxTtl + ", renewable=" + renewable + "]";
  }
}
