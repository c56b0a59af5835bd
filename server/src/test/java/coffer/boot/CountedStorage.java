package coffer.boot;

import coffer.storage.Batch;
import coffer.storage.Storage;
import coffer.storage.StorageException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A storage that counts what is committed to it, and takes no more than it is told.
final class CountedStorage implements Storage {
  private final Storage storage;
  private final AtomicLong commits = new AtomicLong();
  private volatile long most = Long.MAX_VALUE;

  CountedStorage(Storage storage) {
    this.storage = storage;
  }

  long commits() {
    return commits.get();
  }

  /// From now on it fails once so many more have been committed.
  void failAfter(long more) {
    most = commits.get() + more;
  }

  /// Works again.
  void mend() {
    most = Long.MAX_VALUE;
  }

  @Override
  public byte @Nullable [] get(String key) {
    return storage.get(key);
  }

  @Override
  public List<Entry> range(String prefix, String after, int limit) {
    return storage.range(prefix, after, limit);
  }

  @Override
  public void commit(Batch batch) {
    if (commits.incrementAndGet() > most) {
      throw new StorageException("the disk is gone");
    }
    storage.commit(batch);
  }

  @Override
  public Snapshot snapshot() {
    return storage.snapshot();
  }

  @Override
  public String type() {
    return storage.type();
  }

  @Override
  public void close() {
    storage.close();
  }
}
