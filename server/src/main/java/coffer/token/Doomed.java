package coffer.token;

import coffer.barrier.Barrier;
import coffer.barrier.Transaction;
import coffer.storage.Storage.Entry;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// The tokens that were revoked, while the cleaning up goes on. One durable mark each, and all of
/// them in memory. While a token is in here it doesn't work, and what is below it doesn't either,
/// unless it was revoked alone: then its children count as orphans, until they are written as such.
/// Where somebody revoked it with all below it at the same time, that counts: what was once dead
/// never works again.
///
/// The epoch changes whenever a token may have stopped working for what happened to an ancestor;
/// whoever looked at ancestors in this epoch needn't look again. May be used by many threads.
public final class Doomed {
  private static final String TREES = "doomed/";
  private static final String ALONE = "parted/";
  private static final int PAGE = 1_000;
  private static final byte[] NOTHING = {};

  private final Set<String> trees = ConcurrentHashMap.newKeySet();
  private final Set<String> alone = ConcurrentHashMap.newKeySet();
  private final AtomicLong epoch = new AtomicLong();
  private final LinkedBlockingQueue<String> queue = new LinkedBlockingQueue<>();

  /// Takes up what was going on when the server stopped.
  void open(Barrier barrier) {
    trees.clear();
    alone.clear();
    queue.clear();
    open(barrier, TREES, trees);
    open(barrier, ALONE, alone);
  }

  private void open(Barrier barrier, String prefix, Set<String> into) {
    String after = "";
    while (true) {
      List<Entry> page = barrier.range(prefix, after, PAGE);
      page.forEach(entry -> add(entry.key().substring(prefix.length()), into));
      if (page.size() < PAGE) {
        return;
      }
      after = page.getLast().key();
    }
  }

  /// Revokes a token with all below it, from the commit on.
  void mark(Transaction transaction, String key) {
    transaction.put(TREES + key, NOTHING);
    transaction.onCommit(() -> add(key, trees));
  }

  /// Revokes a token without its children, from the commit on.
  void markAlone(Transaction transaction, String key) {
    transaction.put(ALONE + key, NOTHING);
    transaction.onCommit(() -> add(key, alone));
  }

  /// All of it is cleaned up.
  void unmark(Transaction transaction, String key) {
    transaction.delete(TREES + key);
    transaction.delete(ALONE + key);
    transaction.onCommit(
        () -> {
          trees.remove(key);
          alone.remove(key);
        });
  }

  private void add(String key, Set<String> into) {
    boolean first = !contains(key);
    if (into.add(key)) {
      epoch.incrementAndGet();
      if (first) {
        queue.add(key);
      }
    }
  }

  /// Something else shortened the life of a token's descendants.
  void changed() {
    epoch.incrementAndGet();
  }

  long epoch() {
    return epoch.get();
  }

  boolean contains(String key) {
    return trees.contains(key) || alone.contains(key);
  }

  /// Whether a token was revoked and its children weren't.
  boolean spares(String key) {
    return alone.contains(key) && !trees.contains(key);
  }

  /// How many are still to be cleaned up.
  public int size() {
    return trees.size() + alone.size();
  }

  /// Hands over what is to be cleaned up now, in the order in which it was revoked.
  public void drain(Consumer<String> into) {
    for (String key = queue.poll(); key != null; key = queue.poll()) {
      into.accept(key);
    }
  }

  /// Begins again with all that is not cleaned up yet.
  public void againAll() {
    queue.clear();
    queue.addAll(trees);
    alone.stream().filter(key -> !trees.contains(key)).forEach(queue::add);
  }

  /// Tries again later, at the end of the queue.
  public void again(String key) {
    queue.add(key);
  }
}
