package coffer.engine.testing;

import coffer.engine.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/// The store as one call sees it: with its own writes, which others see once they are flushed. Used
/// by one thread.
final class CallStore implements Store {
  private final Entries entries;
  private final Map<String, Optional<Map<String, Object>>> written = new TreeMap<>(Entries.ORDER);
  private final List<String> cleared = new ArrayList<>();
  private final List<Consumer<Map<String, Map<String, Object>>>> changes = new ArrayList<>();

  CallStore(Entries entries) {
    this.entries = entries;
  }

  @Override
  public Optional<Map<String, Object>> get(String key) {
    Optional<Map<String, Object>> own = written.get(key);
    if (own != null || isCleared(key)) {
      return own == null ? Optional.empty() : own.map(Json::stored);
    }
    return Optional.ofNullable(entries.get(key)).map(Json::stored);
  }

  @Override
  public void put(String key, Map<String, ?> value) {
    if (key.isEmpty()) {
      throw new IllegalArgumentException("an empty key");
    }
    Map<String, Object> copy = Json.stored(value);
    written.put(key, Optional.of(copy));
    changes.add(all -> all.put(key, copy));
  }

  @Override
  public void delete(String key) {
    written.put(key, Optional.empty());
    changes.add(all -> all.remove(key));
  }

  @Override
  public void deleteAll(String prefix) {
    written.keySet().removeIf(key -> key.startsWith(prefix));
    cleared.add(prefix);
    changes.add(all -> all.keySet().removeIf(key -> key.startsWith(prefix)));
  }

  @Override
  public List<String> list(String prefix, String after, int limit) {
    if (!prefix.isEmpty() && !prefix.endsWith("/")) {
      throw new IllegalArgumentException("not a folder: " + prefix);
    }
    NavigableSet<String> names = new TreeSet<>(Entries.ORDER);
    for (String key : keys()) {
      if (key.startsWith(prefix)) {
        int slash = key.indexOf('/', prefix.length());
        names.add(key.substring(prefix.length(), slash < 0 ? key.length() : slash + 1));
      }
    }
    return names.tailSet(after, false).stream().limit(limit).toList();
  }

  private NavigableSet<String> keys() {
    NavigableSet<String> keys = new TreeSet<>(Entries.ORDER);
    entries.keys().stream().filter(key -> !isCleared(key)).forEach(keys::add);
    written.forEach(
        (key, value) -> {
          if (value.isPresent()) {
            keys.add(key);
          } else {
            keys.remove(key);
          }
        });
    return keys;
  }

  private boolean isCleared(String key) {
    return cleared.stream().anyMatch(key::startsWith);
  }

  @Override
  public void flush() {
    entries.change(changes);
    changes.clear();
    written.clear();
    cleared.clear();
  }
}
