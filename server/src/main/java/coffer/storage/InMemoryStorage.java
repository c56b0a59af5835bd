package coffer.storage;

import coffer.storage.Batch.Write;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A storage that is gone with the process: for dev mode and tests. It is one reference to a tree
/// that never changes, so a read locks nothing and sees all of a batch or nothing, and a snapshot
/// is the reference. One batch at a time builds the next tree. Values are kept and handed out as
/// they are: nobody may change an array that was put, or got.
public final class InMemoryStorage implements Storage {
  private final ReentrantLock writing = new ReentrantLock();
  private volatile @Nullable Tree tree;
  private volatile boolean closed;

  @Override
  public byte @Nullable [] get(String key) {
    return Tree.get(current(), Keys.checked(key));
  }

  @Override
  public List<Entry> range(String prefix, String after, int limit) {
    return range(current(), prefix, after, limit);
  }

  private static List<Entry> range(@Nullable Tree of, String prefix, String after, int limit) {
    return Tree.range(of, Keys.checked(prefix), Keys.checkedBound(after), limit);
  }

  @Override
  public void commit(Batch batch) {
    batch.writes().forEach(write -> Keys.checked(write.key()));
    writing.lock();
    try {
      Tree next = current();
      for (Write write : batch.writes()) {
        next =
            switch (write) {
              case Write.Put(String key, byte[] value) -> Tree.put(next, key, value);
              case Write.Delete(String key) -> Tree.delete(next, key);
              case Write.DeleteAll(String prefix) -> Tree.deleteAll(next, prefix);
            };
      }
      tree = next;
    } finally {
      writing.unlock();
    }
  }

  @Override
  public Snapshot snapshot() {
    Tree taken = current();
    return new Snapshot() {
      @Override
      public List<Entry> range(String prefix, String after, int limit) {
        current();
        return InMemoryStorage.range(taken, prefix, after, limit);
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public String type() {
    return "inmem";
  }

  @Override
  public void close() {
    writing.lock();
    try {
      closed = true;
      tree = null;
    } finally {
      writing.unlock();
    }
  }

  private @Nullable Tree current() {
    Tree current = tree;
    if (closed) {
      throw new StorageException("The storage is closed.");
    }
    return current;
  }
}
