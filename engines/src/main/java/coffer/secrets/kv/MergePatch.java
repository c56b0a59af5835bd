package coffer.secrets.kv;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// JSON merge patch (RFC 7396): objects are merged, null removes, anything else replaces.
final class MergePatch {
  private MergePatch() {}

  /// As deep as the patch is nested, and so as a request may be.
  static Map<String, Object> apply(@Nullable Object target, Map<?, ?> patch) {
    var merged = new LinkedHashMap<String, Object>();
    if (target instanceof Map<?, ?> fields) {
      fields.forEach((name, value) -> merged.put((String) name, value));
    }
    patch.forEach(
        (name, value) -> {
          String field = (String) name;
          switch (value) {
            case null -> merged.remove(field);
            case Map<?, ?> nested -> merged.put(field, apply(merged.get(field), nested));
            default -> merged.put(field, value);
          }
        });
    return merged;
  }
}
