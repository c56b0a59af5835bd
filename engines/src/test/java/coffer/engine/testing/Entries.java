package coffer.engine.testing;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What is durable of one mount. May be used by many threads.
final class Entries {
  /// As stores order keys: by their bytes.
  static final Comparator<String> ORDER =
      (a, b) ->
          Arrays.compareUnsigned(
              a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

  private final NavigableMap<String, Map<String, Object>> entries = new TreeMap<>(ORDER);
  private int gets;

  synchronized @Nullable Map<String, Object> get(String key) {
    gets++;
    return entries.get(key);
  }

  synchronized List<String> keys() {
    return List.copyOf(entries.keySet());
  }

  /// How often something was looked up so far.
  synchronized int gets() {
    return gets;
  }

  synchronized void change(List<Consumer<Map<String, Map<String, Object>>>> changes) {
    changes.forEach(change -> change.accept(entries));
  }
}
