package coffer.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The storage of one mount, as one call sees it: its writes are seen by its own reads at once and
/// become durable together, with the lease or token that the call leads to, before it is answered.
/// A call that is refused writes nothing.
///
/// Keys are paths with `/` between the parts. Values are JSON objects.
public interface Store {
  Optional<Map<String, Object>> get(String key);

  void put(String key, Map<String, ?> value);

  void delete(String key);

  /// Deletes every key that starts with the prefix.
  void deleteAll(String prefix);

  /// The names directly below a prefix that ends in `/` or is empty; folders end in `/`. Ascending,
  /// those after the given name only, at most so many.
  List<String> list(String prefix, String after, int limit);

  /// All names directly below a prefix.
  default List<String> list(String prefix) {
    return list(prefix, "", Integer.MAX_VALUE);
  }

  /// Makes what was written so far durable now: for what must be known before something is done
  /// outside that can't be taken back.
  void flush();
}
