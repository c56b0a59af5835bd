package coffer.token;

import coffer.engine.AddressRange;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A token as it is stored. Immutable. It knows everything of itself but its id, which only its
/// holder has.
///
/// @param key the keyed hash of the id: what it is stored under and known by inside; empty for a
///   batch token, which isn't stored
/// @param parent the key of its maker; empty for an orphan
/// @param type `service` or `batch`
/// @param path where it was made: `auth/token/create`
/// @param entity the id of the entity behind it; empty for none
/// @param uses how often it may still be used; 0 for as often as one likes; -1 for never again
/// @param creationTtl how long it was to last when it was made; zero for ever
/// @param expires when it stops working; null for never
/// @param renewed when it was last renewed; null for never
/// @param boundCidrs from where it may be used; empty for anywhere
/// @param lease the id of its lease
/// @param mount the uuid of the auth method that it came through
/// @param internal what that method needs to judge a renewal
public record Token(
    String key,
    String accessor,
    String parent,
    String type,
    List<String> policies,
    String path,
    String displayName,
    Map<String, String> metadata,
    String entity,
    String role,
    long uses,
    Instant created,
    Duration creationTtl,
    @Nullable Instant expires,
    @Nullable Instant renewed,
    Duration explicitMaxTtl,
    Duration period,
    boolean renewable,
    List<AddressRange> boundCidrs,
    String lease,
    String mount,
    Map<String, Object> internal) {
  public static final String SERVICE = "service";
  public static final String BATCH = "batch";

  public boolean orphan() {
    return parent.isEmpty();
  }

  /// Whether nothing is stored of it: all there is to know is in its id.
  public boolean batch() {
    return type.equals(BATCH);
  }

  /// The key of the token that owns what is lent to this one: this one, or the maker of a batch
  /// token. Empty where that has none.
  public String owner() {
    return batch() ? parent : key;
  }

  public boolean expired(Instant now) {
    return expires != null && !now.isBefore(expires);
  }

  /// How long it still works, in whole seconds rounded down; zero for ever or no longer.
  public Duration ttl(Instant now) {
    if (expires == null || !now.isBefore(expires)) {
      return Duration.ZERO;
    }
    return Duration.ofSeconds(Duration.between(now, expires).toSeconds());
  }

  /// The same with another maker, or with none.
  Token withParent(String maker) {
    return new Token(
        key,
        accessor,
        maker,
        type,
        policies,
        path,
        displayName,
        metadata,
        entity,
        role,
        uses,
        created,
        creationTtl,
        expires,
        renewed,
        explicitMaxTtl,
        period,
        renewable,
        boundCidrs,
        lease,
        mount,
        internal);
  }

  /// The same, used once more.
  public Token withUses(long left) {
    return new Token(
        key,
        accessor,
        parent,
        type,
        policies,
        path,
        displayName,
        metadata,
        entity,
        role,
        left,
        created,
        creationTtl,
        expires,
        renewed,
        explicitMaxTtl,
        period,
        renewable,
        boundCidrs,
        lease,
        mount,
        internal);
  }

  /// The same, renewed.
  public Token renewed(Instant now, Instant end, Duration newPeriod, List<String> newPolicies) {
    return new Token(
        key,
        accessor,
        parent,
        type,
        newPolicies,
        path,
        displayName,
        metadata,
        entity,
        role,
        uses,
        created,
        creationTtl,
        end,
        now,
        explicitMaxTtl,
        newPeriod,
        renewable,
        boundCidrs,
        lease,
        mount,
        internal);
  }

  @Override
  public String toString() {
    return "Token[accessor=" + accessor + ", policies=" + policies + "]";
  }
}
