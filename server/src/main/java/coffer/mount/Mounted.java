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

  /// What of a path lies below this mount; nothing of the mount's own path, with or without its
  /// last `/`.
  public String below(String path) {
    int length = entry.path().length();
    return path.length() < length ? "" : path.substring(length);
  }

  /// The word that audit lines use: `auth` or `secret`.
  public String mountClass() {
    return entry.family() == Family.AUTH ? "auth" : "secret";
  }
}
