package coffer.boot;

import coffer.storage.Batch;
import coffer.storage.Storage;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A storage that counts what is committed to it.
final class CountedStorage implements Storage {
  private final Storage storage;
  private final AtomicLong commits = new AtomicLong();

  CountedStorage(Storage storage) {
    this.storage = storage;
  }

  long commits() {
    return commits.get();
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
    commits.incrementAndGet();
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
