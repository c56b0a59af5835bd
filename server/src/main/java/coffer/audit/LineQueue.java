package coffer.audit;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Lines that wait for the writer of a device: a bounded queue that is emptied all at once, and
/// makes nobody wait who puts a line in. Many threads put in; the writer takes out and waits;
/// others may empty it.
final class LineQueue {
  private static final int MAX_LINES = 8_192;
  private static final long MAX_WEIGHT = 64L * 1024 * 1024;

  private final AtomicReference<@Nullable Line> newest = new AtomicReference<>();
  private volatile @Nullable Thread sleeper;
  private volatile boolean woken;

  /// Puts a line in; false where too much waits already. One line alone may have any length.
  boolean put(Line line) {
    Line before;
    do {
      before = newest.get();
      line.next = before;
      line.depth = before == null ? 1 : before.depth + 1;
      line.weight = line.text.length() + (before == null ? 0 : before.weight);
      if (before != null && (line.depth > MAX_LINES || line.weight > MAX_WEIGHT)) {
        return false;
      }
    } while (!newest.compareAndSet(before, line));
    unpark();
    return true;
  }

  /// All that wait, the oldest first; null for none.
  @Nullable Line takeAll() {
    Line ordered = null;
    Line line = newest.getAndSet(null);
    while (line != null) {
      Line before = line.next;
      line.next = ordered;
      ordered = line;
      line = before;
    }
    return ordered;
  }

  /// The same, but waits until there is one or the writer is woken. Only the writer calls this.
  @Nullable Line awaitAll() {
    while (true) {
      Line found = takeAll();
      if (found != null || woken) {
        woken = false;
        return found;
      }
      sleeper = Thread.currentThread();
      if (newest.get() == null && !woken) {
        LockSupport.park(this);
      }
      sleeper = null;
    }
  }

  /// Makes the writer look up.
  void wake() {
    woken = true;
    unpark();
  }

  private void unpark() {
    Thread asleep = sleeper;
    if (asleep != null) {
      LockSupport.unpark(asleep);
    }
  }
}
