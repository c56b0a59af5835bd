package coffer.engine;

import java.util.function.Function;

/// One kind of engine that can be mounted: an entry in the list of engines.
///
/// @param name as in `secrets enable NAME`
/// @param summary one line for lists and help
/// @param make makes the engine of one mount
public record EngineType(String name, Family family, String summary, Function<Mount, Engine> make) {
  /// Which of the two trees it lives in.
  public enum Family {
    SECRET,
    AUTH
  }
}
