package coffer.storage;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One ordered map from keys to values, which outlives the process unless it says otherwise. May be
/// used by many threads at once.
///
/// Keys are ordered by their bytes in UTF-8. Failures of the disk below are a [StorageException].
public interface Storage extends AutoCloseable {
  /// The value, or null where there is none.
  byte @Nullable [] get(String key);

  /// The entries whose keys begin with the prefix and come after `after` (itself left out; empty
  /// for the beginning), ascending, at most so many.
  List<Entry> range(String prefix, String after, int limit);

  /// Writes all of the batch or nothing of it, durably once this returns. Batches of many threads
  /// share a flush to disk; of two batches, the one whose commit began after the other's had
  /// returned wins.
  void commit(Batch batch);

  /// Everything as it is at this moment, to be read while it changes.
  Snapshot snapshot();

  /// What a server with this storage says that it is called: `inmem`, `rocksdb`.
  String type();

  @Override
  void close();

  /// A key with its value.
  record Entry(String key, byte[] value) {
    @Override
    public String toString() {
      return "Entry[" + key + "]";
    }
  }

  /// A view that doesn't change.
  interface Snapshot extends AutoCloseable {
    /// As [Storage#range].
    List<Entry> range(String prefix, String after, int limit);

    @Override
    void close();
  }
}
