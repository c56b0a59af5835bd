package coffer.policy;

import java.util.BitSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds the longest of many prefixes that a text starts with, in one pass over the text.
/// Immutable.
final class PrefixTable<V> {
  private final PathTable<V> table;
  private final BitSet lengths = new BitSet();

  PrefixTable(Map<String, V> entries) {
    table = new PathTable<>(entries);
    entries.keySet().forEach(key -> lengths.set(key.length()));
  }

  @Nullable V longest(String text, int from, int to) {
    V found = null;
    int hash = 0;
    int end = Math.min(to - from, lengths.length() - 1);
    for (int length = 0; length <= end; length++) {
      if (lengths.get(length)) {
        V hit = table.find(text, from, from + length, hash);
        found = hit == null ? found : hit;
      }
      if (length < end) {
        hash = PathTable.extend(hash, text.charAt(from + length));
      }
    }
    return found;
  }
}
