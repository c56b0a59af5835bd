package coffer.storage;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A storage each call of which runs on a virtual thread, as those of a server do.
record OnVirtualThreads(Storage storage) implements Storage {
  private static <T extends @Nullable Object> T call(Supplier<T> call) {
    var result = new CompletableFuture<T>();
    Thread.startVirtualThread(
        () -> {
          try {
            result.complete(call.get());
          } catch (RuntimeException | Error e) {
            result.completeExceptionally(e);
          }
        });
    try {
      return result.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  @Override
  public byte @Nullable [] get(String key) {
    return call(() -> storage.get(key));
  }

  @Override
  public List<Entry> range(String prefix, String after, int limit) {
    return call(() -> storage.range(prefix, after, limit));
  }

  @Override
  public void commit(Batch batch) {
    call(
        () -> {
          storage.commit(batch);
          return null;
        });
  }

  @Override
  public Snapshot snapshot() {
    Snapshot taken = call(storage::snapshot);
    return new Snapshot() {
      @Override
      public List<Entry> range(String prefix, String after, int limit) {
        return call(() -> taken.range(prefix, after, limit));
      }

      @Override
      public void close() {
        taken.close();
      }
    };
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
