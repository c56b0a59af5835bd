package coffer.storage;

import coffer.storage.Batch.Write;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// A batch on its way to the disk, with its keys as bytes, and who waits for it.
final class QueuedBatch {
  private final List<Write> writes;
  private final byte[][] keys;
  private final int size;
  private final CompletableFuture<@Nullable StorageException> outcome = new CompletableFuture<>();

  QueuedBatch(Batch batch) {
    writes = batch.writes();
    keys = new byte[writes.size()][];
    int bytes = 0;
    for (int i = 0; i < keys.length; i++) {
      keys[i] = Keys.bytes(writes.get(i).key());
      bytes += keys[i].length;
      if (writes.get(i) instanceof Write.Put(_, byte[] value)) {
        bytes += value.length;
      }
    }
    size = bytes;
  }

  List<Write> writes() {
    return writes;
  }

  /// The bytes of the key of the write at a place.
  byte[] key(int at) {
    return keys[at];
  }

  /// How many bytes its keys and values are.
  int size() {
    return size;
  }

  /// Lets go who waits.
  ///
  /// @param failure why it isn't durable; null where it is
  void done(@Nullable StorageException failure) {
    outcome.complete(failure);
  }

  /// Parks until it is durable. An interrupt is kept for later: by then the batch may be written.
  void await() {
    StorageException failure = outcome.join();
    if (failure != null) {
      throw new StorageException(failure);
    }
  }
}
