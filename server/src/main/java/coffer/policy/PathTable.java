package coffer.policy;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An immutable hash map from strings whose keys are looked up as part of a longer string, without
/// cutting it out. The hash is that of [String#hashCode], which can be continued char by char.
final class PathTable<V> {
  private final @Nullable String[] keys;
  private final @Nullable Object[] values;
  private final int mask;

  PathTable(Map<String, V> entries) {
    int slots = Integer.highestOneBit(Math.max(1, entries.size())) * 4;
    keys = new String[slots];
    values = new Object[slots];
    mask = slots - 1;
    entries.forEach(this::put);
  }

  private void put(String key, V value) {
    int slot = slot(key.hashCode());
    while (keys[slot] != null) {
      slot = (slot + 1) & mask;
    }
    keys[slot] = key;
    values[slot] = value;
  }

  private int slot(int hash) {
    return (hash ^ (hash >>> 16)) & mask;
  }

  /// The value of the key that stands in the text between two places.
  ///
  /// @param hash of that part of the text
  @SuppressWarnings("unchecked") // put() takes no others
  @Nullable V find(String text, int from, int to, int hash) {
    int slot = slot(hash);
    while (true) {
      String key = keys[slot];
      if (key == null) {
        return null;
      }
      if (key.length() == to - from && text.startsWith(key, from)) {
        return (V) values[slot];
      }
      slot = (slot + 1) & mask;
    }
  }

  /// The hash of a text with one more char.
  static int extend(int hash, char c) {
    return 31 * hash + c;
  }

  /// The hash of a part of a text.
  static int hash(String text, int from, int to) {
    if (from == 0 && to == text.length()) {
      return text.hashCode();
    }
    int hash = 0;
    for (int i = from; i < to; i++) {
      hash = extend(hash, text.charAt(i));
    }
    return hash;
  }
}
