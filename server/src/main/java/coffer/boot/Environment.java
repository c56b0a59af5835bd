package coffer.boot;

import java.util.Map;
import java.util.Optional;

/// The environment variables of the process. A setting is read as `BAO_…` and, where that isn't
/// set, as `VAULT_…`; an empty one counts as not set.
record Environment(Map<String, String> variables) {

  Optional<String> find(String name) {
    return plain("BAO_" + name).or(() -> plain("VAULT_" + name));
  }

  private Optional<String> plain(String name) {
    return Optional.ofNullable(variables.get(name)).filter(value -> !value.isEmpty());
  }

  /// The names alone: values may be secret.
  @Override
  public String toString() {
    return "Environment" + variables.keySet();
  }
}
