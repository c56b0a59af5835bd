package coffer.auth.approle;

import coffer.engine.Call;
import coffer.engine.Engine;
import coffer.engine.EngineType;
import coffer.engine.Login;
import coffer.engine.Route;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;

/// Logging in as a role, with a role id and a secret id. May be used by many threads.
///
/// Names, texts and states of answers are the peers'.
public final class AppRole implements Engine {
  private final RoleRoutes roles;
  private final FieldRoutes fields;
  private final SecretIdRoutes secretIds;
  private final LookupRoutes lookups;
  private final LoginRoutes logins;
  private final MountKey keys;

  AppRole(SecureRandom random) {
    this.keys = new MountKey(random);
    var ids = new Ids(random);
    var store = new Roles(keys);
    this.roles = new RoleRoutes(store, ids);
    this.fields = new FieldRoutes(store);
    this.secretIds = new SecretIdRoutes(store, keys, ids);
    this.lookups = new LookupRoutes(store, keys);
    this.logins = new LoginRoutes(store, keys);
  }

  /// @param random for ids and for the key of each mount
  public static EngineType type(SecureRandom random) {
    return new EngineType(
        "approle",
        EngineType.Family.AUTH,
        "Logging in as a role, with a role id and a secret id.",
        mount -> new AppRole(random));
  }

  @Override
  public List<Route> routes() {
    return Stream.of(
            roles.routes(),
            fields.routes(),
            secretIds.routes(),
            lookups.routes(),
            logins.routes(),
            Cleaning.routes(keys))
        .flatMap(List::stream)
        .toList();
  }

  @Override
  public Login renewLogin(Call call, Login login) {
    return logins.renew(call, login);
  }
}
