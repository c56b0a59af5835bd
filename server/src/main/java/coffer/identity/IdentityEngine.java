package coffer.identity;

import coffer.engine.Engine;
import coffer.engine.Route;
import java.util.ArrayList;
import java.util.List;

/// All topics of `identity/` in one engine.
///
/// @param routes of every topic
public record IdentityEngine(List<Route> routes) implements Engine {
  /// What is managed of entities and groups, and further topics.
  public static IdentityEngine of(IdentityStore identities, List<Route> further) {
    var routes = new ArrayList<Route>();
    routes.addAll(new EntityRoutes(identities).routes());
    routes.addAll(new MergeRoutes(identities).routes());
    routes.addAll(new AliasRoutes(identities).routes());
    routes.addAll(new GroupRoutes(identities).routes());
    routes.addAll(new GroupAliasRoutes(identities).routes());
    routes.addAll(new LookupRoutes(identities).routes());
    routes.addAll(further);
    return new IdentityEngine(List.copyOf(routes));
  }
}
