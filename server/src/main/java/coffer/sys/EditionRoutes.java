package coffer.sys;

import static coffer.engine.Operation.READ;

import coffer.engine.Call;
import coffer.engine.Reply;
import coffer.engine.Route;
import coffer.engine.Version;
import coffer.seal.Seal;
import coffer.seal.SealStatus;
import java.util.List;
import java.util.Map;

/// What clients ask of other editions before they go on: that there is no replication, that the
/// seal needs nobody else, and which version this is.
public final class EditionRoutes {
  private static final Map<String, String> DISABLED = Map.of("mode", "disabled");

  private final Seal seal;

  public EditionRoutes(Seal seal) {
    this.seal = seal;
  }

  public List<Route> routes() {
    return List.of(
        Route.of(READ, "replication/status", "Say that there is no replication.", this::none)
            .open(),
        Route.of(READ, "replication/dr/status", "Say that there is none.", this::none).open(),
        Route.of(READ, "replication/performance/status", "Say that there is none.", this::none)
            .open(),
        Route.of(READ, "seal-backend-status", "How what the seal relies on is.", this::backends)
            .always(),
        Route.of(READ, "internal/ui/feature-flags", "List what is switched on.", this::features)
            .always(),
        Route.of(READ, "internal/ui/version", "Show the version.", this::version));
  }

  private Reply none(Call call) {
    return new Reply.Data(DISABLED);
  }

  private Reply backends(Call call) {
    SealStatus status = seal.status();
    return Shown.raw(
        Map.of(
            "healthy", true, "backends", List.of(Map.of("name", status.type(), "healthy", true))));
  }

  private Reply features(Call call) {
    return Shown.raw(Map.of("feature_flags", List.of()));
  }

  private Reply version(Call call) {
    return new Reply.Data(Map.of("version", Version.COMPATIBLE));
  }
}
