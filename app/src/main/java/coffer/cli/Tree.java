package coffer.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Ways into the trees that [JsonReader] makes: what isn't there, or isn't of the kind that was
/// asked for, is null, empty or zero.
final class Tree {
  private Tree() {}

  @SuppressWarnings("unchecked") // JsonReader makes no other maps
  static @Nullable Map<String, @Nullable Object> object(@Nullable Object value) {
    return value instanceof Map<?, ?> ? (Map<String, @Nullable Object>) value : null;
  }

  static @Nullable Map<String, @Nullable Object> object(
      @Nullable Map<String, @Nullable Object> parent, String key) {
    return parent == null ? null : object(parent.get(key));
  }

  @SuppressWarnings("unchecked") // JsonReader makes no other lists
  static @Nullable List<@Nullable Object> list(@Nullable Object value) {
    return value instanceof List<?> ? (List<@Nullable Object>) value : null;
  }

  /// The texts of a list, what is something else left out.
  static List<String> texts(@Nullable Object value) {
    List<String> texts = new ArrayList<>();
    List<@Nullable Object> list = list(value);
    if (list != null) {
      for (Object item : list) {
        if (item instanceof String text) {
          texts.add(text);
        }
      }
    }
    return texts;
  }

  static String text(@Nullable Map<String, @Nullable Object> parent, String key) {
    return parent != null && parent.get(key) instanceof String text ? text : "";
  }

  static long number(@Nullable Map<String, @Nullable Object> parent, String key) {
    return parent != null && parent.get(key) instanceof Numeral number ? number.toLong() : 0;
  }

  static boolean truth(@Nullable Map<String, @Nullable Object> parent, String key) {
    return parent != null && parent.get(key) instanceof Boolean truth && truth;
  }

  /// A body to send, keys in the order given: `body("key", share, "reset", true)`.
  static Map<String, @Nullable Object> body(@Nullable Object... pairs) {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      body.put(String.valueOf(pairs[i]), pairs[i + 1]);
    }
    return body;
  }
}
