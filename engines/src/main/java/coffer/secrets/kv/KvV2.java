package coffer.secrets.kv;

import coffer.engine.Engine;
import coffer.engine.Route;
import java.util.List;
import java.util.stream.Stream;

/// Key/value secrets, version 2: each write makes a version, which can be read, deleted, brought
/// back and destroyed.
public final class KvV2 implements Engine {
  @Override
  public List<Route> routes() {
    return Stream.of(
            ConfigRoutes.routes(),
            DataRoutes.routes(),
            VersionRoutes.routes(),
            MetadataRoutes.routes(),
            ListRoutes.routes(),
            SubkeyRoutes.routes(),
            BadPaths.routes())
        .flatMap(List::stream)
        .toList();
  }
}
