package coffer.storage;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.ReadTier;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.Snapshot;

/// The entries with a prefix, ascending, from one state of a database. The bound keeps it from
/// stepping over what was deleted behind the prefix. Used by one thread.
final class RocksCursor implements AutoCloseable {
  private final byte[] prefix;
  private final Slice end;
  private final ReadOptions options;
  private final RocksIterator entries;

  /// @param from the state to read; null for the current one
  RocksCursor(RocksDB database, byte[] prefix, ReadTier tier, @Nullable Snapshot from) {
    this.prefix = prefix;
    this.end = new Slice(Keys.end(prefix));
    this.options = new ReadOptions().setReadTier(tier).setIterateUpperBound(end);
    if (from != null) {
      options.setSnapshot(from);
    }
    this.entries = database.newIterator(options);
  }

  /// Goes to the first entry after a key.
  void seek(byte[] after) {
    if (Arrays.compareUnsigned(prefix, after) > 0 || after.length == 0) {
      entries.seek(prefix);
      return;
    }
    entries.seek(after);
    if (entries.isValid() && Arrays.equals(entries.key(), after)) {
      entries.next();
    }
  }

  /// Whether there is an entry here.
  boolean isThere() throws RocksDBException {
    if (entries.isValid()) {
      return true;
    }
    entries.status();
    return false;
  }

  byte[] key() {
    return entries.key();
  }

  byte[] value() {
    return entries.value();
  }

  void next() {
    entries.next();
  }

  @Override
  public void close() {
    entries.close();
    options.close();
    end.close();
  }
}
