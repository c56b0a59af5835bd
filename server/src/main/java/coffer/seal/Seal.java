package coffer.seal;

import coffer.barrier.AesKey;
import coffer.barrier.Barrier;
import coffer.engine.Refusal;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Whether the server has its keys, and how it gets and loses them.
///
/// May be used by many threads at once. What changes the state waits for one lock, which is held
/// while the server opens or closes; what only looks at it takes none.
public final class Seal {
  /// How short a share may be, in bytes.
  public static final int MIN_SHARE = 16;

  /// How long a share may be, in bytes.
  public static final int MAX_SHARE = AesKey.LENGTH + 1;

  /// What the peers could take for a key of AES.
  private static final Set<Integer> KEY_LENGTHS = Set.of(16, 24, AesKey.LENGTH);

  /// The peers' words for a key that doesn't open what it should.
  static final String WRONG_KEY =
      "failed to decrypt keys from storage: cipher: message authentication failed";

  private final Barrier barrier;
  private final Life life;
  private final SecureRandom random;
  private final SealKeys keys;
  private final ReentrantLock lock = new ReentrantLock();
  private final Quorum unsealing = new Quorum();
  private final Rekey rekey;
  private final Rekey rotation;
  private final RootGeneration rootGeneration;
  private String nonce = "";
  private @Nullable Cluster cluster;
  private volatile SealStatus status;

  public Seal(Barrier barrier, Life life, SecureRandom random) {
    this.barrier = barrier;
    this.life = life;
    this.random = random;
    this.keys = new SealKeys(barrier, random);
    this.rekey = new Rekey(this, keys, RekeyWords.REKEY);
    this.rotation = new Rekey(this, keys, RekeyWords.ROTATION);
    this.rootGeneration = new RootGeneration(this, keys, life, random);
    this.status = look();
  }

  public SealStatus status() {
    return status;
  }

  /// Whether requests are to be refused: also while the server is about to open or to close.
  public boolean isSealed() {
    return status.sealed();
  }

  /// New shares by `sys/rekey`.
  public Rekey rekey() {
    return rekey;
  }

  /// New shares by `sys/rotate/root`.
  public Rekey rotation() {
    return rotation;
  }

  public RootGeneration rootGeneration() {
    return rootGeneration;
  }

  /// What an initialization gives, to be shown once.
  ///
  /// @param rootToken a secret
  public record Initialized(NewShares shares, String rootToken) {
    @Override
    public String toString() {
      return "Initialized[" + shares + "]";
    }
  }

  /// Makes the keys and the first root token. The server is sealed afterwards. Where something
  /// fails on the way, the storage is as empty as before.
  public Initialized initialize(long shares, long threshold) {
    String fault = Sharing.fault(shares, threshold);
    if (!fault.isEmpty()) {
      throw Refusal.bad("invalid seal configuration: " + fault);
    }
    return locked(
        () -> {
          if (status.initialized()) {
            throw Refusal.bad("Vault is already initialized");
          }
          return start(new Sharing((int) shares, (int) threshold));
        });
  }

  private Initialized start(Sharing sharing) {
    boolean done = false;
    NewShares shares = keys.initialize(sharing);
    try {
      String rootToken = firstLife();
      done = true;
      return new Initialized(shares, rootToken);
    } finally {
      if (done) {
        keys.close();
      } else {
        keys.abandon();
      }
      status = look();
    }
  }

  private String firstLife() {
    keys.openFirst();
    Cluster.make(random).write(barrier);
    try {
      life.open();
      return life.newRootToken();
    } finally {
      life.close();
    }
  }

  /// Takes one share. The one that makes enough of them opens the server.
  public SealStatus unseal(byte[] share) {
    return locked(
        () -> {
          if (!status.initialized()) {
            throw Refusal.bad("Vault is not initialized");
          }
          if (!status.sealed()) {
            return status;
          }
          String fault = Quorum.fault(share);
          if (!fault.isEmpty()) {
            throw Refusal.bad("invalid key: " + fault);
          }
          return take(share);
        });
  }

  private SealStatus take(byte[] share) {
    if (nonce.isEmpty()) {
      nonce = keys.newNonce();
    }
    unsealing.add(share);
    try {
      if (unsealing.size() >= status.threshold()) {
        nonce = "";
        open(combined());
      }
    } finally {
      status = look();
    }
    return status;
  }

  private byte[] combined() {
    try {
      return unsealing.combine();
    } catch (Shamir.MismatchException e) {
      throw Refusal.bad("invalid key: failed to compute combined key: " + e.getMessage());
    }
  }

  private void open(byte[] key) {
    if (!KEY_LENGTHS.contains(key.length)) {
      throw Refusal.bad(
          "invalid key: failed to setup unseal key: crypto/aes: invalid key size " + key.length);
    }
    try {
      if (!keys.open(key)) {
        throw Refusal.bad("unable to retrieve stored keys: invalid key: " + WRONG_KEY);
      }
    } finally {
      Arrays.fill(key, (byte) 0);
    }
    boolean open = false;
    try {
      Cluster read = Cluster.read(barrier);
      life.open();
      cluster = read;
      open = true;
    } finally {
      if (!open) {
        shut();
      }
    }
  }

  /// Forgets the shares that were given so far.
  public SealStatus resetUnseal() {
    return locked(
        () -> {
          if (!status.sealed()) {
            throw Refusal.bad("vault is unsealed");
          }
          unsealing.clear();
          nonce = "";
          status = look();
          return status;
        });
  }

  /// Forgets the keys; does nothing while sealed.
  public void seal() {
    locked(
        () -> {
          if (!status.sealed()) {
            cluster = null;
            status = look();
            shut();
          }
          return status;
        });
  }

  private void shut() {
    rekey.forget();
    rotation.forget();
    rootGeneration.forget();
    try {
      life.close();
    } finally {
      keys.close();
    }
  }

  /// Makes a new root key, which the same shares open.
  public void rotateRoot() {
    unsealed(
        () -> {
          keys.rotateRoot();
          return status;
        });
  }

  /// Puts another key of the seal to use. The lock must be held.
  void replace(AesKey key, Sharing sharing) {
    keys.replace(key, sharing);
    rekey.forget();
    rotation.forget();
    rootGeneration.forget();
    status = look();
  }

  /// Does something under the lock, if the server is unsealed.
  <T> T unsealed(Supplier<T> work) {
    return locked(
        () -> {
          if (status.sealed()) {
            throw new Refusal(Refusal.Why.SEALED, "Vault is sealed");
          }
          return work.get();
        });
  }

  private <T> T locked(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  private SealStatus look() {
    Sharing sharing = keys.sharing();
    return new SealStatus(
        Sharing.TYPE,
        sharing != null,
        cluster == null,
        sharing == null ? 0 : sharing.threshold(),
        sharing == null ? 0 : sharing.shares(),
        unsealing.size(),
        nonce,
        cluster);
  }
}
