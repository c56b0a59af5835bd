package coffer.audit;

import coffer.barrier.Transaction;
import coffer.engine.Refusal;
import coffer.json.Json;
import java.util.Collections;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/// The headers of requests that lines record, by name in lower case, with whether their values are
/// hashed. May be used by many threads.
public final class AuditedHeaders {
  private static final String KEY = "core/audited-headers";
  private static final int MAX_HEADERS = 1_000;

  private volatile SortedMap<String, Boolean> headers = Collections.emptySortedMap();

  AuditedHeaders() {}

  void load(Transaction transaction) {
    headers = stored(transaction);
  }

  private static SortedMap<String, Boolean> stored(Transaction transaction) {
    byte[] bytes = transaction.get(KEY);
    var found = new TreeMap<String, Boolean>();
    if (bytes != null) {
      Json.object(bytes).forEach((name, hashed) -> found.put(name, Boolean.TRUE.equals(hashed)));
    }
    return Collections.unmodifiableSortedMap(found);
  }

  void clear() {
    headers = Collections.emptySortedMap();
  }

  /// All of them, by name in lower case.
  public SortedMap<String, Boolean> all() {
    return headers;
  }

  /// Records a header from now on. Whoever calls this or [#remove] keeps others from it until the
  /// transaction is committed.
  public void put(Transaction transaction, String name, boolean hashed) {
    var changed = new TreeMap<>(stored(transaction));
    changed.put(name.toLowerCase(Locale.ROOT), hashed);
    if (changed.size() > MAX_HEADERS) {
      throw Refusal.bad("too many audited headers");
    }
    store(transaction, changed);
  }

  /// Records a header no longer.
  public void remove(Transaction transaction, String name) {
    var changed = new TreeMap<>(stored(transaction));
    changed.remove(name.toLowerCase(Locale.ROOT));
    store(transaction, changed);
  }

  private void store(Transaction transaction, SortedMap<String, Boolean> changed) {
    transaction.put(KEY, Json.bytes(changed));
    transaction.onCommit(() -> headers = Collections.unmodifiableSortedMap(changed));
  }
}
