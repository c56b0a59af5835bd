package coffer.engine;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// One kind of engine that can be mounted: an entry in the list of engines.
///
/// @param name as in `secrets enable NAME`
/// @param summary one line for lists and help
/// @param make makes the engine of one mount
/// @param spellings further names that clients may enable it by
public record EngineType(
    String name,
    Family family,
    String summary,
    Function<Mount, Engine> make,
    List<Spelling> spellings) {

  /// A name that stands for the type's own name and some options, which it overrules: the mount is
  /// kept and shown under the type's own name.
  public record Spelling(String name, Map<String, String> options) {}

  public EngineType(String name, Family family, String summary, Function<Mount, Engine> make) {
    this(name, family, summary, make, List.of());
  }

  /// Which of the two trees it lives in.
  public enum Family {
    SECRET,
    AUTH
  }
}
