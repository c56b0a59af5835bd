package coffer.barrier;

import coffer.storage.Batch;
import coffer.storage.Keys;
import coffer.storage.Storage.Entry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What one request reads and writes: its own writes are seen by its reads at once, and by others
/// only when all of them are committed together. Used by one thread.
public final class Transaction {
  /// Keys are compared as the storage below does it: by code points.
  private static final Comparator<String> ORDER = Keys::compare;

  /// How many entries are read at once at most to find names.
  private static final int NAMES_PAGE = 256;

  private final Barrier barrier;
  private final List<Runnable> then = new ArrayList<>();
  private Batch batch = new Batch();
  private @Nullable NavigableMap<String, byte @Nullable []> written;
  private @Nullable List<String> cleared;

  public Transaction(Barrier barrier) {
    this.barrier = barrier;
  }

  /// The value, or null where there is none.
  public byte @Nullable [] get(String key) {
    if (written != null && written.containsKey(key)) {
      return written.get(key);
    }
    return isCleared(key) ? null : barrier.get(key);
  }

  /// Sets a value.
  public void put(String key, byte[] value) {
    batch.put(key, value);
    remember(key, value);
  }

  /// Removes a key, if it is there.
  public void delete(String key) {
    batch.delete(key);
    remember(key, null);
  }

  /// Removes every key that begins with the prefix.
  public void deleteAll(String prefix) {
    batch.deleteAll(prefix);
    if (written != null) {
      written.keySet().removeIf(key -> key.startsWith(prefix));
    }
    if (cleared == null) {
      cleared = new ArrayList<>();
    }
    cleared.add(prefix);
  }

  /// As [coffer.storage.Storage#range], with what was written here.
  public List<Entry> range(String prefix, String after, int limit) {
    if (written == null && cleared == null) {
      return barrier.range(prefix, after, limit);
    }
    NavigableMap<String, Entry> merged = new TreeMap<>(ORDER);
    String from = after;
    while (merged.size() < limit) {
      List<Entry> page = barrier.range(prefix, from, limit);
      page.stream().filter(this::isCurrent).forEach(entry -> merged.put(entry.key(), entry));
      if (page.size() < limit) {
        addWritten(prefix, after, null, merged);
        return first(limit, merged);
      }
      from = pastCleared(page.getLast().key());
    }
    addWritten(prefix, after, from, merged);
    return first(limit, merged);
  }

  private static List<Entry> first(int limit, NavigableMap<String, Entry> of) {
    return of.values().stream().limit(limit).toList();
  }

  /// The key, or where it is cleared, what is past all that is cleared with it.
  private String pastCleared(String key) {
    if (cleared != null) {
      for (String prefix : cleared) {
        if (key.startsWith(prefix)) {
          return prefix + Keys.LAST;
        }
      }
    }
    return key;
  }

  private boolean isCurrent(Entry entry) {
    return !isCleared(entry.key()) && (written == null || !written.containsKey(entry.key()));
  }

  /// Adds what was written here up to a key; all of it where that is null.
  private void addWritten(
      String prefix, String after, @Nullable String last, NavigableMap<String, Entry> into) {
    if (written == null) {
      return;
    }
    for (Map.Entry<String, byte @Nullable []> one : written.tailMap(prefix, true).entrySet()) {
      String key = one.getKey();
      byte[] value = one.getValue();
      if (!key.startsWith(prefix) || (last != null && ORDER.compare(key, last) > 0)) {
        return;
      }
      if (value != null && ORDER.compare(key, after) > 0) {
        into.put(key, new Entry(key, value));
      }
    }
  }

  /// The names directly below a prefix, which ends in `/` or is empty: what follows it up to the
  /// next `/`, and with that where more follows. Ascending, after the given name, at most so many.
  ///
  /// Where every entry has a name of its own, ever more of them are read at once; where many are
  /// below one name, they are skipped.
  public List<String> names(String prefix, String after, int limit) {
    var names = new ArrayList<String>();
    String from = after.isEmpty() ? "" : prefix + past(after);
    int size = 1;
    while (names.size() < limit) {
      int before = names.size();
      List<Entry> page = range(prefix, from, Math.min(size, limit - before));
      page.forEach(entry -> addName(entry.key(), prefix, names));
      if (names.size() == before) {
        break;
      }
      from = prefix + past(names.getLast());
      size = Math.min(2 * (names.size() - before), NAMES_PAGE);
    }
    return names;
  }

  private static void addName(String key, String prefix, List<String> names) {
    int slash = key.indexOf('/', prefix.length());
    String name = key.substring(prefix.length(), slash < 0 ? key.length() : slash + 1);
    if (names.isEmpty() || !name.equals(names.getLast())) {
      names.add(name);
    }
  }

  /// The last key that counts as the name or as below it.
  private static String past(String name) {
    return name.endsWith("/") ? name + Keys.LAST : name;
  }

  /// Whether there is anything at or below a prefix.
  public boolean any(String prefix) {
    return !range(prefix, "", 1).isEmpty();
  }

  /// Runs something once what was written is durable, before anybody is answered: for caches.
  public void onCommit(Runnable action) {
    then.add(action);
  }

  /// Whether there is something to commit.
  public boolean hasWrites() {
    return !batch.isEmpty();
  }

  /// Makes all that was written so far durable. May be called again after further writes.
  public void commit() {
    if (!batch.isEmpty()) {
      barrier.commit(batch);
      batch = new Batch();
      written = null;
      cleared = null;
    }
    if (!then.isEmpty()) {
      List<Runnable> actions = List.copyOf(then);
      then.clear();
      actions.forEach(Runnable::run);
    }
  }

  /// Forgets all that was written since the last commit.
  public void discard() {
    batch = new Batch();
    written = null;
    cleared = null;
    then.clear();
  }

  private void remember(String key, byte @Nullable [] value) {
    if (written == null) {
      written = new TreeMap<>(ORDER);
    }
    written.put(key, value);
  }

  private boolean isCleared(String key) {
    return cleared != null && cleared.stream().anyMatch(key::startsWith);
  }
}
