package coffer.sys;

import coffer.engine.Call;
import coffer.engine.Kind;
import coffer.engine.Param;
import coffer.token.Token;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Which tokens a list is to show. Of what was left out, any value passes.
///
/// @param path the beginning of the path where it was made: `auth/userpass/`
/// @param olderThan how long ago it must have been made
/// @param ttlBelow how much time it may have left; tokens without an end never pass
record TokenFilter(
    String policy,
    String entity,
    String displayName,
    String path,
    Optional<Boolean> orphan,
    Duration olderThan,
    Duration ttlBelow) {
  private static final Param<String> POLICY =
      Param.string("policy", "Only tokens with this policy.");
  private static final Param<String> ENTITY =
      Param.string("entity_id", "Only tokens of this entity.");
  private static final Param<String> DISPLAY_NAME =
      Param.string("display_name", "Only tokens whose display name begins so.");
  private static final Param<String> PATH =
      Param.string("path", "Only tokens that were made at paths that begin so.");
  private static final Param<Boolean> ORPHAN =
      Param.field("orphan", Kind.BOOLEAN, "Only tokens with or without a parent.");
  private static final Param<Duration> OLDER_THAN =
      Param.field("older_than", Kind.DURATION, "Only tokens made longer ago.", Duration.ZERO);
  private static final Param<Duration> TTL_BELOW =
      Param.field("ttl_below", Kind.DURATION, "Only tokens that end sooner.", Duration.ZERO);

  /// The parameters of a filter, after others.
  static Param<?>[] with(Param<?>... others) {
    var all = new ArrayList<Param<?>>(List.of(others));
    all.addAll(List.of(POLICY, ENTITY, DISPLAY_NAME, PATH, ORPHAN, OLDER_THAN, TTL_BELOW));
    return all.toArray(new Param<?>[0]);
  }

  static TokenFilter of(Call call) {
    return new TokenFilter(
        call.get(POLICY),
        call.get(ENTITY),
        call.get(DISPLAY_NAME),
        call.get(PATH),
        call.find(ORPHAN),
        call.get(OLDER_THAN),
        call.get(TTL_BELOW));
  }

  /// Whether it lets everything through.
  boolean isEmpty() {
    return policy.isEmpty()
        && entity.isEmpty()
        && displayName.isEmpty()
        && path.isEmpty()
        && orphan.isEmpty()
        && !olderThan.isPositive()
        && !ttlBelow.isPositive();
  }

  boolean passes(Token token, Instant now) {
    return (policy.isEmpty() || token.policies().contains(policy))
        && (entity.isEmpty() || token.entity().equals(entity))
        && token.displayName().startsWith(displayName)
        && token.path().startsWith(path)
        && orphan.map(wanted -> wanted == token.orphan()).orElse(true)
        && !token.created().plus(olderThan).isAfter(now)
        && endsSoon(token, now);
  }

  private boolean endsSoon(Token token, Instant now) {
    if (!ttlBelow.isPositive()) {
      return true;
    }
    Instant end = token.expires();
    return end != null && end.isBefore(now.plus(ttlBelow));
  }
}
