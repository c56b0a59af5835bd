package coffer.storage;

/// The storage in memory keeps the contract for many threads.
class InMemoryConcurrencyTest extends ConcurrentContract {
  @Override
  Storage open() {
    return new InMemoryStorage();
  }
}
