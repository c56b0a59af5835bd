package coffer.token;

import coffer.barrier.Barrier;
import coffer.storage.Storage.Entry;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// The tokens that were revoked with all below them, while the cleaning up goes on. One durable
/// mark each, and all of them in memory: while a token is in here, nothing below it works.
///
/// The epoch changes whenever a token may have stopped working for what happened to an ancestor;
/// whoever looked at ancestors in this epoch needn't look again. May be used by many threads.
public final class Doomed {
  static final String PREFIX = "doomed/";
  private static final int PAGE = 1_000;

  private final Set<String> keys = ConcurrentHashMap.newKeySet();
  private final AtomicLong epoch = new AtomicLong();
  private final LinkedBlockingQueue<String> queue = new LinkedBlockingQueue<>();

  static String mark(String key) {
    return PREFIX + key;
  }

  /// Takes up what was going on when the server stopped.
  void open(Barrier barrier) {
    keys.clear();
    queue.clear();
    String after = "";
    while (true) {
      List<Entry> page = barrier.range(PREFIX, after, PAGE);
      page.forEach(entry -> add(entry.key().substring(PREFIX.length())));
      if (page.size() < PAGE) {
        return;
      }
      after = page.getLast().key();
    }
  }

  /// From now on the token and all below it are dead. The mark must be durable already.
  void add(String key) {
    if (keys.add(key)) {
      epoch.incrementAndGet();
      queue.add(key);
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
    return !keys.isEmpty() && keys.contains(key);
  }

  /// How many trees are still to be cleaned up.
  public int size() {
    return keys.size();
  }

  /// Hands over what is to be cleaned up now, in the order in which it was revoked.
  public void drain(Consumer<String> into) {
    for (String key = queue.poll(); key != null; key = queue.poll()) {
      into.accept(key);
    }
  }

  /// The next tree to clean up.
  public String take() throws InterruptedException {
    return queue.take();
  }

  /// All of it is cleaned up and its mark is gone.
  public void remove(String key) {
    keys.remove(key);
  }

  /// Tries again later, at the end of the queue.
  public void again(String key) {
    queue.add(key);
  }
}
