package coffer.pipeline;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/// Locks by name, out of a fixed number: two names may share one, which costs time and never more.
final class Locks {
  private static final int COUNT = 4_096;

  private final Lock[] locks = new Lock[COUNT];

  Locks() {
    for (int i = 0; i < COUNT; i++) {
      locks[i] = new ReentrantLock();
    }
  }

  Lock of(String name) {
    int hash = name.hashCode();
    return locks[(hash ^ (hash >>> 16)) & (COUNT - 1)];
  }

  /// The locks that one request holds, which it lets go when it is answered. Used by one thread.
  final class Held {
    private java.util.@org.jspecify.annotations.Nullable List<Lock> held;

    void take(String name) {
      if (held == null) {
        held = new java.util.ArrayList<>(1);
      }
      Lock lock = of(name);
      lock.lock();
      held.add(lock);
    }

    void release() {
      if (held != null) {
        held.forEach(Lock::unlock);
        held = null;
      }
    }
  }
}
