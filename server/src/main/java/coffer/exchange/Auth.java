package coffer.exchange;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/// A token as an answer hands it out.
///
/// @param clientToken its id: a secret
/// @param policies all that count, sorted
/// @param tokenPolicies those of the token itself
/// @param identityPolicies those of the entity behind it and its groups
/// @param type `service` or `batch`
public record Auth(
    String clientToken,
    String accessor,
    List<String> policies,
    List<String> tokenPolicies,
    List<String> identityPolicies,
    Map<String, String> metadata,
    Duration leaseDuration,
    boolean renewable,
    String entity,
    String type,
    boolean orphan,
    long numUses,
    String displayName) {
  @Override
  public String toString() {
    return "Auth[accessor=" + accessor + "]";
  }
}
