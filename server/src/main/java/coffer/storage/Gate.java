package coffer.storage;

import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/// Lets calls through without a lock until it is closed, which waits for those that are inside: a
/// native database must not be freed below its readers. May be used by many threads.
final class Gate {
  private static final long LOOK_AGAIN_NANOS = 100_000;

  private final LongAdder entered = new LongAdder();
  private final LongAdder left = new LongAdder();
  private volatile boolean closed;

  void enter() {
    if (!tryEnter()) {
      throw new StorageException("The storage is closed.");
    }
  }

  boolean tryEnter() {
    entered.increment();
    if (closed) {
      left.increment();
      return false;
    }
    return true;
  }

  void leave() {
    left.increment();
  }

  /// Who enters after this is refused, and nobody is inside once this returns.
  ///
  /// Those who left are counted before those who entered. So whoever is counted as gone is counted
  /// as come too, and equal sums say that nobody is in between.
  void close() {
    closed = true;
    while (true) {
      long gone = left.sum();
      if (entered.sum() == gone) {
        return;
      }
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
  }
}
