package coffer.engine;

import java.time.Duration;
import java.util.List;

/// A secrets engine or an auth method, mounted at one path. It keeps nothing in memory that its
/// storage doesn't have, and may be called by many threads at once.
public interface Engine {
  /// Everything it answers to. Dispatch, validation, help, OpenAPI and docs derive from this.
  List<Route> routes();

  /// Takes back what was lent. Called again until it returns normally, so a thing that is already
  /// gone counts as taken back.
  default void revoke(Call call, Lent lent) {}

  /// Prolongs what was lent, where the outside must know of it; returns it with the TTL wanted.
  default Lent renew(Call call, Lent lent, Duration increment) {
    return lent;
  }

  /// Judges a login again when its token is renewed; refuses where the right is gone. The answer's
  /// TTLs and period count for the renewal; its groups do where it names an alias, which says that
  /// they were asked for anew.
  default Login renewLogin(Call call, Login login) {
    return login;
  }
}
