package coffer.identity;

import coffer.barrier.Transaction;
import coffer.json.Fields;
import coffer.json.Json;
import coffer.storage.Storage.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The identity room's part of the storage, as one transaction sees it. Used by one thread.
///
/// @param prefix where it begins
record Shelf(Transaction transaction, String prefix) {
  /// How many entries are read at once.
  private static final int PAGE = 1_000;

  private static final byte[] NOTHING = {};

  @Nullable Fields get(String key) {
    byte[] value = transaction.get(prefix + key);
    return value == null ? null : new Fields(Json.object(value));
  }

  /// The id that an index has at a key; null for none.
  @Nullable String id(String key) {
    byte[] value = transaction.get(prefix + key);
    return value == null ? null : new Fields(Json.object(value)).text("id");
  }

  boolean has(String key) {
    return transaction.get(prefix + key) != null;
  }

  void put(String key, Map<String, ?> value) {
    transaction.put(prefix + key, Json.bytes(value));
  }

  void putId(String key, String id) {
    put(key, Map.of("id", id));
  }

  /// A key that says all by being there.
  void mark(String key) {
    transaction.put(prefix + key, NOTHING);
  }

  void delete(String key) {
    transaction.delete(prefix + key);
  }

  /// What follows a prefix in all keys that begin with it, ascending.
  List<String> below(String start) {
    var names = new ArrayList<String>();
    each(start, "", Long.MAX_VALUE, entry -> names.add(name(start, entry)));
    return names;
  }

  long count(String start) {
    long[] count = {0};
    each(start, "", Long.MAX_VALUE, entry -> count[0]++);
    return count[0];
  }

  /// Reads what lies below a prefix, ascending, after a name, at most so many.
  void each(String start, String after, long limit, Consumer<Entry> reader) {
    String from = after.isEmpty() ? "" : prefix + start + after;
    long left = limit;
    while (left > 0) {
      int wanted = (int) Math.min(left, PAGE);
      List<Entry> page = transaction.range(prefix + start, from, wanted);
      page.forEach(reader);
      if (page.size() < wanted) {
        return;
      }
      left -= page.size();
      from = page.getLast().key();
    }
  }

  String name(String start, Entry entry) {
    return entry.key().substring(prefix.length() + start.length());
  }

  void onCommit(Runnable action) {
    transaction.onCommit(action);
  }
}
