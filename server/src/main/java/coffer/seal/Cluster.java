package coffer.seal;

import coffer.barrier.Barrier;
import coffer.json.Fields;
import coffer.json.Json;
import coffer.storage.Batch;
import coffer.storage.StorageException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;

/// What tells this cluster of servers from others: made once, and kept behind the barrier.
public record Cluster(String name, String id) {
  private static final String KEY = "core/cluster";
  private static final int NAME_BYTES = 4;

  static Cluster make(SecureRandom random) {
    byte[] bytes = new byte[NAME_BYTES];
    random.nextBytes(bytes);
    return new Cluster("vault-cluster-" + HexFormat.of().formatHex(bytes), Nonces.random(random));
  }

  static Cluster read(Barrier barrier) {
    byte[] stored = barrier.get(KEY);
    if (stored == null) {
      throw new StorageException("There is no name of the cluster at " + KEY + ".");
    }
    var fields = new Fields(Json.object(stored));
    return new Cluster(fields.text("name"), fields.text("id"));
  }

  void write(Barrier barrier) {
    barrier.commit(new Batch().put(KEY, Json.bytes(Map.of("name", name, "id", id))));
  }
}
