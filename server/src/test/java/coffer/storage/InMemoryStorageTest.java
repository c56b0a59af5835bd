package coffer.storage;

/// The storage in memory keeps the contract.
class InMemoryStorageTest extends StorageContract {
  @Override
  Storage open() {
    return new InMemoryStorage();
  }
}
