package coffer.secrets.kv;

import coffer.engine.Call;
import coffer.engine.Operation;
import coffer.engine.Reply;
import coffer.engine.Route;
import java.util.LinkedHashMap;
import java.util.List;

/// `config`: what holds for all secrets of a mount.
final class ConfigRoutes {
  private static final String TEMPLATE = "config";

  private ConfigRoutes() {}

  static List<Route> routes() {
    return List.of(
        Route.of(
            Operation.READ, TEMPLATE, "Read what holds for all secrets here.", ConfigRoutes::read),
        Route.of(
            Operation.UPDATE,
            TEMPLATE,
            "Set what holds for all secrets here.",
            ConfigRoutes::write,
            SettingsParams.MAX_VERSIONS,
            SettingsParams.CAS_REQUIRED,
            SettingsParams.DELETE_VERSION_AFTER,
            SettingsParams.METADATA_CAS_REQUIRED));
  }

  private static Reply read(Call call) {
    var shown = new LinkedHashMap<String, Object>();
    SecretStore.of(call).mountSettings().show(shown);
    return new Reply.Data(shown);
  }

  private static Reply write(Call call) {
    var store = SecretStore.of(call);
    call.lock("");
    store.put(SettingsParams.change(store.mountSettings(), call, true));
    return Reply.DONE;
  }
}
