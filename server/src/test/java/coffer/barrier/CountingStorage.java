package coffer.barrier;

import coffer.storage.Batch;
import coffer.storage.Storage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A storage that counts how often ranges of it are read. Used by one thread.
final class CountingStorage implements Storage {
  private final Storage storage;
  private int ranges;

  CountingStorage(Storage storage) {
    this.storage = storage;
  }

  int ranges() {
    return ranges;
  }

  @Override
  public byte @Nullable [] get(String key) {
    return storage.get(key);
  }

  @Override
  public List<Entry> range(String prefix, String after, int limit) {
    ranges++;
    return storage.range(prefix, after, limit);
  }

  @Override
  public void commit(Batch batch) {
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
