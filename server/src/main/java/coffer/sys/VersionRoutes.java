package coffer.sys;

import static coffer.engine.Operation.LIST;

import coffer.engine.Call;
import coffer.engine.Reply;
import coffer.engine.Route;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `sys/version-history`: which versions have run here.
public final class VersionRoutes {
  private final Versions versions;

  public VersionRoutes(Versions versions) {
    this.versions = versions;
  }

  public List<Route> routes() {
    return List.of(
        Route.of(LIST, "version-history", "List the versions that have run here.", this::list));
  }

  private Reply list(Call call) {
    var keys = new ArrayList<String>();
    Map<String, Object> info = new LinkedHashMap<>();
    String previous = null;
    for (Versions.Ran one : versions.all()) {
      Map<String, @Nullable Object> fields = new LinkedHashMap<>();
      // The two words that the peers have for it.
      fields.put("build_date", one.built());
      fields.put("commit_date", one.built());
      fields.put("previous_version", previous);
      fields.put("timestamp_installed", one.installed());
      info.put(one.version(), fields);
      keys.add(one.version());
      previous = one.version();
    }
    return new Reply.Keys(keys, info);
  }
}
