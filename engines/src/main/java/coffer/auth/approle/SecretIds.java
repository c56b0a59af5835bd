package coffer.auth.approle;

import coffer.engine.Call;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The secret ids of one role, by their hashes and by those of their accessors. What has expired
/// isn't found. Used for one call.
final class SecretIds {
  private static final String ENTRIES = "secret-id/";
  private static final String ACCESSORS = "accessor/";
  private static final String SECRET_ID = "secret_id";
  private static final String ACCESSOR = "accessor";
  private static final String EXPIRES = "expires";

  /// How many accessors are looked up at a time for a list.
  private static final int PAGE = 1_000;

  private final Call call;
  private final Hashes hashes;
  private final String folder;

  SecretIds(Call call, Hashes hashes, String folder) {
    this.call = call;
    this.hashes = hashes;
    this.folder = folder;
  }

  /// The folder of a new role: another one than that of a former role of the name.
  static String folder(String role, String id) {
    return role + ":" + id;
  }

  String hash(String secretId) {
    return hashes.ofSecretId(folder, secretId);
  }

  private String key(String hash) {
    return ENTRIES + folder + "/" + hash;
  }

  private String accessorKey(String accessor) {
    return ACCESSORS + folder + "/" + hashes.ofAccessor(folder, accessor);
  }

  /// A secret id, expired or not.
  Optional<SecretId> stored(String hash) {
    return call.storage().get(key(hash)).map(SecretId::of);
  }

  Optional<SecretId> find(String hash) {
    return stored(hash).filter(found -> !found.hasExpired(call.now()));
  }

  /// The same, with others who would use or destroy it kept out until the call is answered.
  Optional<SecretId> lock(String hash) {
    call.lock(key(hash));
    return find(hash);
  }

  /// The hash of the secret id that an accessor stands for.
  Optional<String> ofAccessor(String accessor) {
    return call.storage().get(accessorKey(accessor)).map(entry -> (String) entry.get(SECRET_ID));
  }

  void add(String hash, SecretId secretId) {
    put(hash, secretId);
    var accessor = new HashMap<String, Object>();
    accessor.put(SECRET_ID, hash);
    accessor.put(ACCESSOR, secretId.accessor());
    Instant expires = secretId.expires();
    if (expires != null) {
      accessor.put(EXPIRES, expires);
      Cleaning.later(call, expires, folder, hash);
    }
    call.storage().put(accessorKey(secretId.accessor()), accessor);
  }

  /// Writes what has changed of a secret id, for whoever holds its lock.
  void put(String hash, SecretId secretId) {
    call.storage().put(key(hash), secretId.stored());
  }

  void remove(String hash, SecretId secretId) {
    Instant expires = secretId.expires();
    if (expires != null) {
      Cleaning.nothing(call, expires, hash);
    }
    call.storage().delete(accessorKey(secretId.accessor()));
    call.storage().delete(key(hash));
  }

  /// The accessors in the order of their hashes: those after one of them, which needn't be there
  /// any more, and at most so many.
  List<String> accessors(String after, int limit) {
    String below = ACCESSORS + folder + "/";
    String last = after.isEmpty() ? "" : hashes.ofAccessor(folder, after);
    var found = new ArrayList<String>();
    List<String> page;
    do {
      page = call.storage().list(below, last, PAGE);
      for (String name : page) {
        call.storage().get(below + name).flatMap(this::living).ifPresent(found::add);
        if (found.size() == limit) {
          return found;
        }
        last = name;
      }
    } while (page.size() == PAGE);
    return found;
  }

  private Optional<String> living(Map<String, Object> accessor) {
    Object expires = accessor.get(EXPIRES);
    return expires instanceof String text && !call.now().isBefore(Instant.parse(text))
        ? Optional.empty()
        : Optional.of((String) accessor.getOrDefault(ACCESSOR, ""));
  }

  /// Deletes all of a role that is gone.
  static void deleteAll(Call call, String folder) {
    call.storage().deleteAll(ENTRIES + folder + "/");
    call.storage().deleteAll(ACCESSORS + folder + "/");
  }
}
