package coffer.barrier;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Locks by name, out of a fixed number: two names may share one, which costs time and never more.
/// Whoever reads something, changes it and writes it back holds its lock until that is committed.
/// May be used by many threads.
public final class Locks {
  private static final int COUNT = 4_096;

  private final Lock[] locks = new Lock[COUNT];

  public Locks() {
    for (int i = 0; i < COUNT; i++) {
      locks[i] = new ReentrantLock();
    }
  }

  private Lock of(String name) {
    int hash = name.hashCode();
    return locks[(hash ^ (hash >>> 16)) & (COUNT - 1)];
  }

  /// None yet, for one thread.
  public Held hold() {
    return new Held();
  }

  /// The locks that one thread holds until it lets all of them go.
  public final class Held implements AutoCloseable {
    private @Nullable List<Lock> held;

    private Held() {}

    /// Waits for a lock. Two that wait for each other's locks wait for ever: whoever takes many
    /// does it by [#tryTake].
    public void take(String name) {
      Lock lock = of(name);
      lock.lock();
      add(lock);
    }

    /// Takes a lock if nobody else has it.
    public boolean tryTake(String name) {
      Lock lock = of(name);
      boolean taken = lock.tryLock();
      if (taken) {
        add(lock);
      }
      return taken;
    }

    private void add(Lock lock) {
      if (held == null) {
        held = new ArrayList<>(1);
      }
      held.add(lock);
    }

    /// Lets all of them go.
    @Override
    public void close() {
      if (held != null) {
        held.forEach(Lock::unlock);
        held = null;
      }
    }
  }
}
