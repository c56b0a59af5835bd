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
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

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

  @SuppressWarnings("unchecked") // Json makes no other maps
  public Map<String, Object> object(String name) {
    return map.get(name) instanceof Map<?, ?> fields ? (Map<String, Object>) fields : Map.of();
  }

  public Duration seconds(String name) {
    return Duration.ofSeconds(number(name));
  }

  /// As [#nanos] writes it.
  public Instant instant(String name) {
    return ofNanos(number(name));
  }

  /// The same, or null where it is absent.
  public @Nullable Instant instantOrNull(String name) {
    return map.get(name) instanceof Long nanos ? ofNanos(nanos) : null;
  }

  /// Nanoseconds since 1970: up to the year 2262.
  public static long nanos(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), NANOS_PER_SECOND), instant.getNano());
  }

  public static Instant ofNanos(long nanos) {
    return Instant.ofEpochSecond(
        Math.floorDiv(nanos, NANOS_PER_SECOND), Math.floorMod(nanos, NANOS_PER_SECOND));
  }
}
