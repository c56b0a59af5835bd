package coffer.seal;

import coffer.barrier.AesKey;
import coffer.barrier.Barrier;
import coffer.barrier.Envelope;
import coffer.barrier.WrongKeyException;
import coffer.storage.Batch;
import coffer.storage.StorageException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The seal's key, which is split into shares, and the barrier's root key, which is stored sealed
/// by it: so the root key can be replaced without new shares. Guarded by the seal's lock.
final class SealKeys {
  private static final int NO_TERM = 0;

  private final Barrier barrier;
  private final SecureRandom random;
  private final Envelope envelope;
  private @Nullable Sharing sharing;
  private @Nullable AesKey current;

  SealKeys(Barrier barrier, SecureRandom random) {
    this.barrier = barrier;
    this.random = random;
    this.envelope = new Envelope(random);
    byte[] stored = barrier.initialized() ? barrier.unsealed(Barrier.SEAL_CONFIG) : null;
    this.sharing = stored == null ? null : Sharing.decode(stored);
  }

  /// Null before initialization.
  @Nullable Sharing sharing() {
    return sharing;
  }

  /// Makes all keys. The barrier stays sealed.
  NewShares initialize(Sharing wanted) {
    AesKey key = newKey();
    NewShares shares = split(key, wanted);
    byte[] root = newRoot();
    barrier.initialize(root, entries(key, root, wanted));
    Arrays.fill(root, (byte) 0);
    sharing = wanted;
    current = key;
    return shares;
  }

  /// Opens the barrier with the key that was just made.
  void openFirst() {
    byte[] key = Objects.requireNonNull(current).getEncoded();
    if (!open(key)) {
      throw new StorageException("The root key can't be read as it was written.");
    }
    Arrays.fill(key, (byte) 0);
  }

  /// Takes an initialization back whose shares nobody was given.
  void abandon() {
    barrier.abandon();
    sharing = null;
    wipe();
  }

  /// Opens the barrier; says false where this is not the seal's key.
  boolean open(byte[] key) {
    byte[] root = root(key);
    if (root == null) {
      return false;
    }
    try {
      barrier.unseal(root);
    } catch (WrongKeyException e) {
      throw new StorageException("The stored root key does not open the stored keyring.", e);
    } finally {
      Arrays.fill(root, (byte) 0);
    }
    current = new AesKey(key);
    return true;
  }

  /// Closes the barrier.
  void close() {
    try {
      barrier.seal();
    } finally {
      wipe();
    }
  }

  private void wipe() {
    AesKey old = current;
    current = null;
    if (old != null) {
      old.destroy();
    }
  }

  /// Whether this is the seal's key.
  boolean isRight(byte[] key) {
    byte[] root = root(key);
    if (root == null) {
      return false;
    }
    Arrays.fill(root, (byte) 0);
    return true;
  }

  private byte @Nullable [] root(byte[] key) {
    byte[] stored = barrier.unsealed(Barrier.ROOT_KEY);
    if (stored == null || key.length != AesKey.LENGTH) {
      return null;
    }
    var candidate = new AesKey(key);
    try {
      return envelope.open(Barrier.ROOT_KEY, candidate, stored);
    } finally {
      candidate.destroy();
    }
  }

  /// Puts another key into the place of the seal's, and a new root key under it.
  void replace(AesKey key, Sharing wanted) {
    byte[] root = newRoot();
    barrier.rekey(root, entries(key, root, wanted));
    Arrays.fill(root, (byte) 0);
    wipe();
    sharing = wanted;
    current = key;
  }

  /// Makes a new root key under the same key of the seal.
  void rotateRoot() {
    AesKey key = Objects.requireNonNull(current);
    byte[] root = newRoot();
    barrier.rekey(root, entries(key, root, Objects.requireNonNull(sharing)));
    Arrays.fill(root, (byte) 0);
  }

  private Batch entries(AesKey key, byte[] root, Sharing wanted) {
    return new Batch()
        .put(Barrier.SEAL_CONFIG, wanted.encode())
        .put(Barrier.ROOT_KEY, envelope.seal(Barrier.ROOT_KEY, NO_TERM, key, root));
  }

  private byte[] newRoot() {
    byte[] root = new byte[AesKey.LENGTH];
    random.nextBytes(root);
    return root;
  }

  AesKey newKey() {
    return AesKey.random(random);
  }

  String newNonce() {
    return Nonces.random(random);
  }

  NewShares split(AesKey key, Sharing wanted) {
    byte[] bytes = key.getEncoded();
    if (wanted.shares() == 1) {
      return new NewShares(List.of(bytes));
    }
    List<byte[]> parts = Shamir.split(bytes, wanted.shares(), wanted.threshold(), random);
    Arrays.fill(bytes, (byte) 0);
    return new NewShares(parts);
  }
}
