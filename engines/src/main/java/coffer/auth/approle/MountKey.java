package coffer.auth.approle;

import coffer.engine.Call;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The key of the hashes of one mount. It is made with the first role and never changes, so that it
/// is read once. May be used by many threads.
final class MountKey {
  private static final String ENTRY = "key";
  private static final int BYTES = 32;

  private final SecureRandom random;

  /// For a mount without a role, where nothing is found anyway.
  private final Hashes nobodys;

  private volatile @Nullable Hashes known;

  MountKey(SecureRandom random) {
    this.random = random;
    this.nobodys = new Hashes(fresh());
  }

  private byte[] fresh() {
    byte[] key = new byte[BYTES];
    random.nextBytes(key);
    return key;
  }

  Hashes hashes(Call call) {
    Hashes hashes = known;
    return hashes != null ? hashes : stored(call).orElse(nobodys);
  }

  private Optional<Hashes> stored(Call call) {
    Optional<Hashes> hashes =
        call.storage()
            .get(ENTRY)
            .map(entry -> new Hashes(Base64.getDecoder().decode((String) entry.get(ENTRY))));
    hashes.ifPresent(found -> known = found);
    return hashes;
  }

  /// The same, for whoever makes a role and holds the lock of the roles: the key is there
  /// afterwards.
  Hashes ensured(Call call) {
    Hashes hashes = known;
    return hashes != null ? hashes : stored(call).orElseGet(() -> made(call));
  }

  /// Not kept here yet, because the call may come to nothing.
  private Hashes made(Call call) {
    byte[] key = fresh();
    call.storage().put(ENTRY, Map.of(ENTRY, Base64.getEncoder().encodeToString(key)));
    return new Hashes(key);
  }
}
