package coffer.mount;

import coffer.engine.EngineType.Family;
import java.util.Map;

/// One row of the table of mounts.
///
/// @param path as requests name it: `secret/`, `auth/userpass/`
/// @param uuid what its storage goes by; outlives a move
/// @param accessor what clients may call it by
public record MountEntry(
    Family family,
    String path,
    String type,
    String uuid,
    String accessor,
    String description,
    Map<String, String> options,
    MountConfig config,
    boolean local,
    boolean sealWrap,
    boolean externalEntropy) {

  /// The path as lists of its family show it: auth methods without `auth/`.
  public String shortPath() {
    return family == Family.AUTH ? path.substring("auth/".length()) : path;
  }
}
