package coffer.app;

import coffer.auth.approle.AppRole;
import coffer.auth.userpass.Userpass;
import coffer.engine.EngineType;
import coffer.secrets.kv.KvTypes;
import java.security.SecureRandom;
import java.util.List;

/// All that can be mounted, apart from what every server has: the one list of engines.
final class Engines {
  private Engines() {}

  static List<EngineType> all(SecureRandom random) {
    return List.of(KvTypes.KV, KvTypes.GENERIC, Userpass.type(random), AppRole.type(random));
  }
}
