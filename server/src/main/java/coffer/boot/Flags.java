package coffer.boot;

import java.util.Map;
import java.util.Optional;

/// The flags of `server` that were given, by name.
record Flags(Map<String, String> values) {

  boolean has(String name) {
    return Boolean.parseBoolean(values.get(name));
  }

  Optional<String> find(String name) {
    return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
  }

  /// The names alone: one value is a token.
  @Override
  public String toString() {
    return "Flags" + values.keySet();
  }
}
