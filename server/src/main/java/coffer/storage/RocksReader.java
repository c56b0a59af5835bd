package coffer.storage;

import coffer.storage.Storage.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.ReadTier;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Snapshot;
import org.rocksdb.Status;

/// Reads of a database. What is in memory is read on the calling thread, which takes a few
/// microseconds. A virtual thread that waited for the disk in native code would hold its carrier,
/// and there are only as many of those as processors; so what isn't in memory is read for it by one
/// of a few platform threads. May be used by many threads.
final class RocksReader implements AutoCloseable {
  /// How many reads of the disk run at once.
  private static final int DISK_READS = 8;

  /// How many may wait for that; a thread that comes later reads by itself.
  private static final int WAITING_READS = 1024;

  private static final Duration IDLE = Duration.ofSeconds(30);

  private final RocksDB database;
  private final RocksFolder folder;
  private final ReadOptions inMemory = new ReadOptions().setReadTier(ReadTier.BLOCK_CACHE_TIER);
  private final ReadOptions anywhere = new ReadOptions();
  private final ThreadPoolExecutor threads;

  RocksReader(RocksDB database, RocksFolder folder) {
    this.database = database;
    this.folder = folder;
    this.threads =
        new ThreadPoolExecutor(
            DISK_READS,
            DISK_READS,
            IDLE.toSeconds(),
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING_READS),
            Thread.ofPlatform().name("storage-reader-", 0).daemon().factory(),
            new ThreadPoolExecutor.CallerRunsPolicy());
    threads.allowCoreThreadTimeOut(true);
  }

  byte @Nullable [] get(byte[] key) {
    try {
      return database.get(Thread.currentThread().isVirtual() ? inMemory : anywhere, key);
    } catch (RocksDBException e) {
      if (isElsewhere(e)) {
        return onOwnThread(() -> database.get(anywhere, key));
      }
      throw folder.notRead(e);
    }
  }

  /// As [Storage#range].
  ///
  /// @param from the state to read; null for the current one
  List<Entry> range(String prefix, String after, int limit, @Nullable Snapshot from) {
    byte[] begin = Keys.bytes(prefix);
    byte[] past = Keys.bound(after);
    try {
      boolean virtual = Thread.currentThread().isVirtual();
      ReadTier tier = virtual ? ReadTier.BLOCK_CACHE_TIER : ReadTier.READ_ALL_TIER;
      return range(begin, past, limit, from, tier);
    } catch (RocksDBException e) {
      if (isElsewhere(e)) {
        return onOwnThread(() -> range(begin, past, limit, from, ReadTier.READ_ALL_TIER));
      }
      throw folder.notRead(e);
    }
  }

  private List<Entry> range(
      byte[] prefix, byte[] after, int limit, @Nullable Snapshot from, ReadTier tier)
      throws RocksDBException {
    List<Entry> found = new ArrayList<>(Math.clamp(limit, 0, 16));
    if (limit <= 0) {
      return found;
    }
    try (var cursor = new RocksCursor(database, prefix, tier, from)) {
      for (cursor.seek(after); cursor.isThere(); cursor.next()) {
        found.add(new Entry(Keys.text(cursor.key()), cursor.value()));
        if (found.size() == limit) {
          break;
        }
      }
    }
    return found;
  }

  private static boolean isElsewhere(RocksDBException e) {
    Status status = e.getStatus();
    return status != null && status.getCode() == Status.Code.Incomplete;
  }

  /// A read that may wait for the disk.
  @FunctionalInterface
  private interface Read<T extends @Nullable Object> {
    T read() throws RocksDBException;
  }

  private <T extends @Nullable Object> T onOwnThread(Read<T> read) {
    var result = new CompletableFuture<T>();
    threads.execute(
        () -> {
          try {
            result.complete(read.read());
          } catch (RocksDBException e) {
            result.completeExceptionally(folder.notRead(e));
          } catch (RuntimeException | Error e) {
            result.completeExceptionally(e);
          }
        });
    try {
      return result.join();
    } catch (CompletionException e) {
      throw new StorageException(e.getCause() instanceof StorageException failure ? failure : e);
    }
  }

  @Override
  public void close() {
    threads.shutdown();
    inMemory.close();
    anywhere.close();
  }
}
