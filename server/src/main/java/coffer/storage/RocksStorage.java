package coffer.storage;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/// A storage in a folder of one machine: RocksDB, with [Committer] before its writes and
/// [RocksReader] before its reads, which say what runs on which thread.
public final class RocksStorage implements Storage {
  private final RocksSettings settings;
  private final RocksDB database;
  private final RocksReader reader;
  private final RocksWriter writer;
  private final Committer committer;
  private final Gate gate = new Gate();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Set<org.rocksdb.Snapshot> snapshots = ConcurrentHashMap.newKeySet();

  private RocksStorage(RocksSettings settings, RocksDB database, RocksFolder folder) {
    this.settings = settings;
    this.database = database;
    this.reader = new RocksReader(database, folder);
    this.writer = new RocksWriter(database, folder);
    this.committer = Committer.start(writer);
  }

  /// Opens what is in a folder, which is made where it is missing. One process at a time can have
  /// it open.
  ///
  /// @throws StorageException where that can't be; it says why
  public static RocksStorage open(Path path) {
    var folder = new RocksFolder(path.toAbsolutePath().normalize());
    folder.prepare();
    loadLibrary();
    var settings = new RocksSettings();
    try {
      return new RocksStorage(
          settings, RocksDB.open(settings.options(), folder.path().toString()), folder);
    } catch (RocksDBException e) {
      settings.close();
      throw folder.notOpened(e);
    }
  }

  /// Takes the library from `java.library.path`; where it isn't there, it is unpacked from its jar
  /// into the folder for temporary files, which takes a second or so.
  private static void loadLibrary() {
    try {
      RocksDB.loadLibrary();
    } catch (RuntimeException | UnsatisfiedLinkError e) {
      Throwable reason = e.getCause() == null ? e : e.getCause();
      throw new StorageException(
          "The storage's native library is not in java.library.path, and can't be unpacked to "
              + System.getProperty("java.io.tmpdir")
              + ": "
              + reason.getMessage()
              + ".",
          e);
    }
  }

  @Override
  public byte @Nullable [] get(String key) {
    gate.enter();
    try {
      return reader.get(Keys.bytes(key));
    } finally {
      gate.leave();
    }
  }

  @Override
  public List<Entry> range(String prefix, String after, int limit) {
    return range(prefix, after, limit, null);
  }

  private List<Entry> range(
      String prefix, String after, int limit, org.rocksdb.@Nullable Snapshot from) {
    gate.enter();
    try {
      return reader.range(prefix, after, limit, from);
    } finally {
      gate.leave();
    }
  }

  @Override
  public void commit(Batch batch) {
    committer.commit(new QueuedBatch(batch));
  }

  @Override
  public Snapshot snapshot() {
    gate.enter();
    try {
      var taken = database.getSnapshot();
      snapshots.add(taken);
      return new Taken(taken);
    } finally {
      gate.leave();
    }
  }

  /// A snapshot, to be used by one thread. Space on the disk isn't given back while it is open.
  private final class Taken implements Snapshot {
    private final org.rocksdb.Snapshot taken;

    Taken(org.rocksdb.Snapshot taken) {
      this.taken = taken;
    }

    @Override
    public List<Entry> range(String prefix, String after, int limit) {
      if (!snapshots.contains(taken)) {
        throw new StorageException("The snapshot is closed.");
      }
      return RocksStorage.this.range(prefix, after, limit, taken);
    }

    @Override
    public void close() {
      if (gate.tryEnter()) {
        try {
          release(taken);
        } finally {
          gate.leave();
        }
      }
    }
  }

  private void release(org.rocksdb.Snapshot taken) {
    if (snapshots.remove(taken)) {
      database.releaseSnapshot(taken);
    }
  }

  @Override
  public String type() {
    return "rocksdb";
  }

  /// Writes what is waiting to be written, waits for reads, and lets the folder go.
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    committer.close();
    gate.close();
    snapshots.forEach(this::release);
    reader.close();
    writer.close();
    database.close();
    settings.close();
  }
}
