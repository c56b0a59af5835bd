package coffer.storage;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/// The storage on disk keeps the contract for many threads.
class RocksConcurrencyTest extends ConcurrentContract {
  @TempDir Path folder;

  @Override
  Storage open() {
    return RocksStorage.open(folder);
  }
}
