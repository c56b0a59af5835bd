package coffer.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The environment variables of a run. Each setting is read as `BAO_…` and, where that isn't set at
/// all, as `VAULT_…`.
record Env(Map<String, String> values) {

  /// The setting `name` (`ADDR` stands for `BAO_ADDR` and `VAULT_ADDR`), or null where it isn't
  /// set.
  @Nullable String find(String name) {
    String value = values.get("BAO_" + name);
    return value != null ? value : values.get("VAULT_" + name);
  }

  /// The setting `name`, empty where it isn't set.
  String get(String name) {
    String value = find(name);
    return value == null ? "" : value;
  }

  /// A variable by its whole name, empty where it isn't set.
  String plain(String name) {
    return values.getOrDefault(name, "");
  }
}
