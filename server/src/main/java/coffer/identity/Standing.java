package coffer.identity;

import coffer.policy.Subject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What counts of an entity when its token is used. Immutable.
///
/// @param barred whether its tokens are refused: it is disabled or gone
/// @param into the id of the entity that it was merged into; empty where it wasn't
/// @param subject null where there is no entity
/// @param external by the accessor of a method, the groups in which the entity is because that said
///   so at a login
/// @param epoch of the groups that it was made from
public record Standing(
    boolean barred,
    String into,
    @Nullable Subject subject,
    Map<String, Set<String>> external,
    long epoch) {
  /// That of a token without an entity.
  static final Standing NONE = new Standing(false, "", null, Map.of(), 0);

  /// That of an entity which isn't there, any more or ever.
  static Standing gone(long epoch) {
    return new Standing(true, "", null, Map.of(), epoch);
  }

  /// Nothing of its own: another one's counts.
  static Standing merged(String into, long epoch) {
    return new Standing(true, into, null, Map.of(), epoch);
  }

  /// The policies that come on top of a token's own, in order.
  public List<String> policies() {
    return subject == null ? List.of() : subject.policies();
  }
}
