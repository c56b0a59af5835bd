package coffer.mount;

import coffer.engine.Engine;
import coffer.engine.EngineType.Family;
import coffer.engine.Mount;

/// A mount as it is served: its row of the table, its engine, and the engine's routes. Immutable; a
/// change of the row makes another one.
///
/// @param mount the row as the engine sees it
/// @param prefix where its storage begins
public record Mounted(
    MountEntry entry, Mount mount, Engine engine, RouteTree routes, String prefix) {

  /// The word that audit lines use: `auth` or `secret`.
  public String mountClass() {
    return entry.family() == Family.AUTH ? "auth" : "secret";
  }
}
