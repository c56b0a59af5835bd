package coffer.barrier;

import coffer.storage.Batch;
import coffer.storage.Storage.Entry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The storage in the clear, while it is unsealed.
public final class Barrier {
  /// The value, or null where there is none.
  public byte @Nullable [] get(String key) {
    throw new UnsupportedOperationException(key);
  }

  /// As [coffer.storage.Storage#range], in the clear.
  public List<Entry> range(String prefix, String after, int limit) {
    throw new UnsupportedOperationException(prefix);
  }

  /// Seals the values of a batch and commits it.
  public void commit(Batch batch) {
    throw new UnsupportedOperationException();
  }
}
