package coffer.storage;

import coffer.storage.Batch.Write;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.rocksdb.ReadTier;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/// Writes groups of batches to a database, each by one flush. Used by the committer's thread alone;
/// so what it reads here is what its writes follow on.
///
/// A deleted range costs every later read of the database until it is compacted away, and most
/// prefixes that are deleted have few keys or none: what a token leaves behind. So these are
/// deleted key by key, and only what is larger is a range.
final class RocksWriter implements Committer.Disk, AutoCloseable {
  /// How many keys are deleted one by one.
  static final int FEW = 1000;

  private static final byte[] NOTHING = {};

  private final RocksDB database;
  private final RocksFolder folder;
  private final WriteOptions durably = new WriteOptions().setSync(true);

  RocksWriter(RocksDB database, RocksFolder folder) {
    this.database = database;
    this.folder = folder;
  }

  @Override
  public void write(List<QueuedBatch> group) {
    try (var batch = new WriteBatch()) {
      List<byte[]> put = new ArrayList<>();
      for (QueuedBatch queued : group) {
        add(queued, batch, put);
      }
      if (batch.count() > 0) {
        database.write(durably, batch);
      }
    } catch (RocksDBException e) {
      throw folder.notWritten(e);
    }
  }

  /// @param put the keys that were put earlier in the group
  private void add(QueuedBatch queued, WriteBatch batch, List<byte[]> put) throws RocksDBException {
    for (int i = 0; i < queued.writes().size(); i++) {
      byte[] key = queued.key(i);
      switch (queued.writes().get(i)) {
        case Write.Put(_, byte[] value) -> {
          batch.put(key, value);
          put.add(key);
        }
        case Write.Delete _ -> batch.delete(key);
        case Write.DeleteAll _ -> deleteAll(key, batch, put);
      }
    }
  }

  private void deleteAll(byte[] prefix, WriteBatch batch, List<byte[]> put)
      throws RocksDBException {
    List<byte[]> few = stored(prefix);
    if (few.size() > FEW) {
      batch.deleteRange(prefix, Keys.end(prefix));
      return;
    }
    for (byte[] key : few) {
      batch.delete(key);
    }
    for (byte[] key : put) {
      if (beginsWith(key, prefix)) {
        batch.delete(key);
      }
    }
  }

  /// The keys with a prefix, up to one more than a few.
  private List<byte[]> stored(byte[] prefix) throws RocksDBException {
    List<byte[]> keys = new ArrayList<>();
    try (var cursor = new RocksCursor(database, prefix, ReadTier.READ_ALL_TIER, null)) {
      for (cursor.seek(NOTHING); cursor.isThere() && keys.size() <= FEW; cursor.next()) {
        keys.add(cursor.key());
      }
    }
    return keys;
  }

  private static boolean beginsWith(byte[] key, byte[] prefix) {
    return key.length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }

  @Override
  public void close() {
    durably.close();
  }
}
