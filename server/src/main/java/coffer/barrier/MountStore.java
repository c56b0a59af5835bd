package coffer.barrier;

import coffer.engine.Store;
import coffer.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The part of a transaction that belongs to one mount, as its engine sees it. Used by one thread.
public final class MountStore implements Store {
  private final Transaction transaction;
  private final String prefix;

  /// @param prefix what every key of the mount begins with
  public MountStore(Transaction transaction, String prefix) {
    this.transaction = transaction;
    this.prefix = prefix;
  }

  /// All of the request's transaction: for the server's own engines.
  public Transaction transaction() {
    return transaction;
  }

  @Override
  public Optional<Map<String, Object>> get(String key) {
    byte[] value = transaction.get(prefix + key);
    return value == null ? Optional.empty() : Optional.of(Json.object(value));
  }

  @Override
  public void put(String key, Map<String, ?> value) {
    transaction.put(prefix + key, Json.bytes(value));
  }

  @Override
  public void delete(String key) {
    transaction.delete(prefix + key);
  }

  @Override
  public void deleteAll(String below) {
    transaction.deleteAll(prefix + below);
  }

  @Override
  public List<String> list(String below, String after, int limit) {
    return transaction.names(prefix + below, after, limit);
  }

  @Override
  public void flush() {
    transaction.commit();
  }
}
