package coffer.engine;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Who is welcome, and what the token for them is to be like. Durations of zero mean "as the mount
/// has it"; the server caps them and always adds what the mount's configuration demands.
///
/// @param displayName the name in lookups and audit lines, without the mount's prefix
/// @param alias the name of the person or machine at this method; empty for none. It makes or finds
///   the entity that the token is for
/// @param groups names of groups at the outside source
/// @param internal what the engine needs to judge a renewal; stored with the token, never shown
/// @param numUses how often the token may be used; 0 for as often as one likes
/// @param boundCidrs from where the token may be used; empty for anywhere
/// @param bindToCaller whether it may be used only from where the login came
/// @param aliasMetadata what the method knows of whoever the alias names; kept with it, for
///   policies and for whoever looks
/// @param child set by the token method alone, for tokens that have a maker
public record Login(
    String displayName,
    String alias,
    List<String> groups,
    List<String> policies,
    Map<String, String> metadata,
    Map<String, Object> internal,
    Duration ttl,
    Duration maxTtl,
    Duration explicitMaxTtl,
    Duration period,
    long numUses,
    boolean renewable,
    boolean noDefaultPolicy,
    List<AddressRange> boundCidrs,
    boolean bindToCaller,
    TokenType type,
    @Nullable Child child,
    Map<String, String> aliasMetadata) {

  /// A login whose method knows no more of its alias.
  public Login(
      String displayName,
      String alias,
      List<String> groups,
      List<String> policies,
      Map<String, String> metadata,
      Map<String, Object> internal,
      Duration ttl,
      Duration maxTtl,
      Duration explicitMaxTtl,
      Duration period,
      long numUses,
      boolean renewable,
      boolean noDefaultPolicy,
      List<AddressRange> boundCidrs,
      boolean bindToCaller,
      TokenType type,
      @Nullable Child child) {
    this(
        displayName,
        alias,
        groups,
        policies,
        metadata,
        internal,
        ttl,
        maxTtl,
        explicitMaxTtl,
        period,
        numUses,
        renewable,
        noDefaultPolicy,
        boundCidrs,
        bindToCaller,
        type,
        child,
        Map.of());
  }

  /// The kind of token that is wanted.
  public enum TokenType {
    /// As the mount is tuned.
    DEFAULT,
    SERVICE,
    BATCH;

    private final String word = name().toLowerCase(Locale.ROOT);

    /// How the API spells it.
    public String word() {
      return word;
    }
  }

  /// What only the token method may ask for: a maker, or an id of one's own. The login's own period
  /// and explicit maximum are those of a role then.
  ///
  /// @param parent the key of the maker, empty for an orphan
  /// @param id the id wished for; empty for a random one
  /// @param path where it was made, as lookups show it
  /// @param role that says what the token may be like; empty for none
  /// @param root whether this is a root token made by a root token, with no TTL of its own
  /// @param period as its maker wishes; of this and the role's the lesser counts
  /// @param explicitMaxTtl the same
  public record Child(
      String parent,
      String id,
      String path,
      String role,
      boolean root,
      Duration period,
      Duration explicitMaxTtl) {
    /// Not the id.
    @Override
    public String toString() {
      return "Child[" + path + "]";
    }
  }

  /// The same with another period and explicit maximum.
  public Login limitedTo(Duration otherPeriod, Duration otherExplicitMaxTtl) {
    return new Login(
        displayName,
        alias,
        groups,
        policies,
        metadata,
        internal,
        ttl,
        maxTtl,
        otherExplicitMaxTtl,
        otherPeriod,
        numUses,
        renewable,
        noDefaultPolicy,
        boundCidrs,
        bindToCaller,
        type,
        child,
        aliasMetadata);
  }

  /// A renewable login with these policies and nothing special.
  public static Login of(String displayName, List<String> policies) {
    return new Login(
        displayName,
        "",
        List.of(),
        policies,
        Map.of(),
        Map.of(),
        Duration.ZERO,
        Duration.ZERO,
        Duration.ZERO,
        Duration.ZERO,
        0,
        true,
        false,
        List.of(),
        false,
        TokenType.DEFAULT,
        null);
  }
}
