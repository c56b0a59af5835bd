package coffer.json;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The fields of an object that the server itself has written, by type. What is absent is empty,
/// zero or false.
public record Fields(Map<String, Object> map) {
  public String text(String name) {
    return map.get(name) instanceof String text ? text : "";
  }

  public long number(String name) {
    return map.get(name) instanceof Long number ? number : 0;
  }

  public boolean flag(String name) {
    return Boolean.TRUE.equals(map.get(name));
  }

  public List<String> texts(String name) {
    if (!(map.get(name) instanceof List<?> items)) {
      return List.of();
    }
    var texts = new ArrayList<String>(items.size());
    items.forEach(item -> texts.add((String) item));
    return List.copyOf(texts);
  }

  /// In their order.
  public Map<String, String> pairs(String name) {
    if (!(map.get(name) instanceof Map<?, ?> entries)) {
      return Map.of();
    }
    var pairs = new LinkedHashMap<String, String>();
    entries.forEach((key, value) -> pairs.put((String) key, (String) value));
    return pairs;
  }

  @SuppressWarnings("unchecked")
  public Map<String, Object> object(String name) {
    return map.get(name) instanceof Map<?, ?> fields ? (Map<String, Object>) fields : Map.of();
  }

  public Duration seconds(String name) {
    return Duration.ofSeconds(number(name));
  }

  /// Milliseconds since 1970.
  public Instant instant(String name) {
    return Instant.ofEpochMilli(number(name));
  }

  /// The same, or null where it is absent.
  public @Nullable Instant instantOrNull(String name) {
    return map.get(name) instanceof Long millis ? Instant.ofEpochMilli(millis) : null;
  }
}
