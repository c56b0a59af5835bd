package coffer.storage;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/// The storage on disk keeps the contract for virtual threads, whose reads go other ways.
class RocksStorageOnVirtualThreadsTest extends StorageContract {
  @TempDir Path folder;

  @Override
  Storage open() {
    return new OnVirtualThreads(RocksStorage.open(folder));
  }
}
