package coffer.barrier;

import coffer.config.TelemetryConfig;
import coffer.engine.Refusal;
import coffer.storage.Batch;
import coffer.storage.Storage;
import coffer.storage.Storage.Entry;
import coffer.storage.StorageException;
import coffer.telemetry.Metrics;
import coffer.telemetry.Timer;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The storage in the clear, while it is unsealed. While it is sealed, every read and write is
/// refused.
///
/// May be used by many threads at once. Reads and writes take no lock; one lock orders what changes
/// the keyring, which is written down before it is used. A sealed server forgets its keys by
/// overwriting them; the copies that the Java runtime made (of ciphers, of texts) go when they are
/// collected.
public final class Barrier {
  private static final String KEYRING = "core/keyring";

  /// Where the seal says how it is opened, in the clear.
  public static final String SEAL_CONFIG = "core/seal-config";

  /// Where the seal keeps the root key, sealed by its own key.
  public static final String ROOT_KEY = "core/root-key";

  /// The entries that are not sealed by the keyring.
  private static final List<String> AROUND = List.of(KEYRING, SEAL_CONFIG, ROOT_KEY);

  /// What the names of things outside begin with, and no key in the storage.
  private static final String OUTSIDE = "outside/";

  /// The keyring is sealed by no key of its own terms.
  private static final int NO_TERM = 0;

  /// After how many sealed values the count is written down; what a crash may forget.
  private static final int COUNTED_EVERY = 1 << 16;

  private final Storage storage;
  private final SecureRandom random;
  private final InstantSource time;
  private final ReentrantLock lock = new ReentrantLock();
  private final AtomicLong encryptions = new AtomicLong();
  private final Timer gets;
  private final Timer lists;
  private final Timer puts;
  private volatile Envelope envelope;
  private volatile @Nullable Keyring keyring;
  private volatile boolean initialized;

  /// A barrier whose measures nobody looks at.
  public Barrier(Storage storage, SecureRandom random, InstantSource time) {
    this(storage, random, time, new Metrics(TelemetryConfig.DEFAULT, time));
  }

  public Barrier(Storage storage, SecureRandom random, InstantSource time, Metrics metrics) {
    this.storage = storage;
    this.random = random;
    this.time = time;
    this.envelope = new Envelope(random);
    gets = metrics.timer("barrier.get");
    lists = metrics.timer("barrier.list");
    puts = metrics.timer("barrier.put");
  }

  /// The value, or null where there is none.
  public byte @Nullable [] get(String key) {
    Keyring ring = open();
    long start = System.nanoTime();
    byte[] value = storage.get(key);
    byte[] clear = value == null ? null : opened(ring, key, value);
    gets.since(start);
    return clear;
  }

  /// As [coffer.storage.Storage#range], in the clear.
  public List<Entry> range(String prefix, String after, int limit) {
    Keyring ring = open();
    long start = System.nanoTime();
    boolean near = AROUND.stream().anyMatch(key -> key.startsWith(prefix));
    int asked = near ? (int) Math.min((long) limit + AROUND.size(), Integer.MAX_VALUE) : limit;
    List<Entry> entries = storage.range(prefix, after, asked);
    var clear = new ArrayList<Entry>(entries.size());
    for (Entry entry : entries) {
      if (clear.size() < limit && !(near && AROUND.contains(entry.key()))) {
        clear.add(new Entry(entry.key(), opened(ring, entry.key(), entry.value())));
      }
    }
    lists.since(start);
    return clear;
  }

  /// Seals the values of a batch and commits it.
  public void commit(Batch batch) {
    Keyring.Term active = open().active();
    long start = System.nanoTime();
    var sealed = new Batch();
    int values = 0;
    for (Batch.Write write : batch.writes()) {
      checkWritable(write);
      switch (write) {
        case Batch.Write.Put(String key, byte[] value) -> {
          sealed.put(key, envelope.seal(key, active.number(), active.key(), value));
          values++;
        }
        case Batch.Write.Delete(String key) -> sealed.delete(key);
        case Batch.Write.DeleteAll(String prefix) -> sealed.deleteAll(prefix);
      }
    }
    count(values);
    storage.commit(sealed);
    puts.since(start);
  }

  /// Seals what is handed out instead of being stored; only [#openOutside] for the same purpose
  /// opens it, also after the key was replaced.
  public byte[] sealOutside(String purpose, byte[] clear) {
    Keyring.Term active = open().active();
    count(1);
    return envelope.seal(OUTSIDE + purpose, active.number(), active.key(), clear);
  }

  /// What was sealed for a purpose, in the clear; null for anything else.
  public byte @Nullable [] openOutside(String purpose, byte[] sealed) {
    Keyring ring = open();
    int term = Envelope.term(sealed);
    return ring.has(term) ? envelope.open(OUTSIDE + purpose, ring.key(term), sealed) : null;
  }

  private static void checkWritable(Batch.Write write) {
    boolean all = write instanceof Batch.Write.DeleteAll;
    for (String key : AROUND) {
      if (all ? key.startsWith(write.key()) : key.equals(write.key())) {
        throw new IllegalArgumentException(key + " is not written through the barrier");
      }
    }
  }

  private Keyring open() {
    Keyring ring = keyring;
    if (ring == null) {
      throw AesKey.sealed();
    }
    return ring;
  }

  private byte[] opened(Keyring ring, String key, byte[] value) {
    int term = Envelope.term(value);
    // Another thread may have rotated between our look at the keyring and at the storage.
    Keyring knowing = ring.has(term) ? ring : open();
    byte[] clear = knowing.has(term) ? envelope.open(key, knowing.key(term), value) : null;
    if (clear == null) {
      throw new StorageException(
          "The stored entry " + key + " is not what was stored there: it was changed or moved.");
    }
    return clear;
  }

  /// Whether there is a keyring, so that it can be unsealed.
  public boolean initialized() {
    if (!initialized) {
      initialized = storage.get(KEYRING) != null;
    }
    return initialized;
  }

  public boolean isSealed() {
    return keyring == null;
  }

  /// Makes the keyring in a storage that is empty. The barrier stays sealed.
  ///
  /// @param rootKey 32 bytes
  /// @param beside is committed together with the keyring as it is: the seal's own entries
  public void initialize(byte[] rootKey, Batch beside) {
    lock.lock();
    try {
      if (initialized()) {
        throw Refusal.bad("Vault is already initialized");
      }
      if (!storage.range("", "", 1).isEmpty()) {
        throw new StorageException("The storage is not empty, but has no keyring.");
      }
      var empty = new Keyring(new AesKey(rootKey), List.of(), Rotation.USUAL);
      Keyring first = empty.grown(AesKey.random(random), time.instant());
      save(first, beside);
      initialized = true;
      first.wipe();
    } finally {
      lock.unlock();
    }
  }

  /// The same with nothing beside.
  public void initialize(byte[] rootKey) {
    initialize(rootKey, new Batch());
  }

  /// Takes back an initialization whose key nobody was given: empties the storage.
  public void abandon() {
    lock.lock();
    try {
      forget();
      storage.commit(new Batch().deleteAll(""));
      initialized = false;
    } finally {
      lock.unlock();
    }
  }

  /// Opens the keyring; does nothing where it is open already.
  public void unseal(byte[] rootKey) throws WrongKeyException {
    lock.lock();
    try {
      if (keyring != null) {
        return;
      }
      byte[] stored = storage.get(KEYRING);
      if (stored == null) {
        throw new StorageException("There is no keyring at " + KEYRING + ".");
      }
      var root = new AesKey(rootKey);
      byte[] clear = Envelope.term(stored) == NO_TERM ? envelope.open(KEYRING, root, stored) : null;
      if (clear == null) {
        root.destroy();
        throw new WrongKeyException();
      }
      Keyring ring = Keyring.decode(root, clear);
      Arrays.fill(clear, (byte) 0);
      encryptions.set(ring.active().encryptions());
      keyring = ring;
    } finally {
      lock.unlock();
    }
  }

  /// Forgets the keys. Writes that are on their way still arrive, well sealed.
  public void seal() {
    lock.lock();
    try {
      Keyring ring = keyring;
      if (ring != null) {
        saveCount(ring);
      }
    } finally {
      forget();
      lock.unlock();
    }
  }

  private void forget() {
    Keyring ring = keyring;
    keyring = null;
    if (ring != null) {
      ring.wipe();
    }
    envelope = new Envelope(random);
  }

  /// Seals new values under a new key. Old values stay readable.
  public void rotate() {
    lock.lock();
    try {
      Keyring ring = open().counted(encryptions.get());
      if (ring.terms().size() >= Keyring.MAX_TERMS) {
        throw Refusal.bad("the keyring has no room for another key");
      }
      Keyring grown = ring.grown(AesKey.random(random), time.instant());
      save(grown, new Batch());
      keyring = grown;
      encryptions.set(0);
    } finally {
      lock.unlock();
    }
  }

  /// Seals the keyring by another root key.
  ///
  /// @param beside is committed together with it as it is: the seal's own entries
  public void rekey(byte[] newRootKey, Batch beside) {
    lock.lock();
    try {
      Keyring old = open();
      Keyring changed = old.counted(encryptions.get()).with(new AesKey(newRootKey));
      save(changed, beside);
      keyring = changed;
      old.root().destroy();
    } finally {
      lock.unlock();
    }
  }

  public KeyStatus status() {
    Keyring.Term active = open().active();
    return new KeyStatus(active.number(), active.installed(), encryptions.get());
  }

  /// When the key is replaced without being asked.
  public Rotation rotation() {
    return open().rotation();
  }

  /// Changes when the key is replaced.
  ///
  /// @param change from what counted so far to what counts from now on
  public void rotation(UnaryOperator<Rotation> change) {
    lock.lock();
    try {
      Keyring old = open();
      Keyring changed = old.counted(encryptions.get()).with(change.apply(old.rotation()));
      save(changed, new Batch());
      keyring = changed;
    } finally {
      lock.unlock();
    }
  }

  /// Writes down how often the key was used, or replaces it where that is due. To be called now and
  /// then, some minutes apart; does nothing while sealed.
  public void tend() {
    lock.lock();
    try {
      Keyring ring = keyring;
      if (ring == null) {
        return;
      }
      if (isDue(ring, time.instant())) {
        rotate();
      } else {
        saveCount(ring);
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean isDue(Keyring ring, Instant now) {
    Rotation rotation = ring.rotation();
    if (!rotation.enabled()) {
      return false;
    }
    boolean old =
        !rotation.interval().isZero()
            && !now.isBefore(ring.active().installed().plus(rotation.interval()));
    return old || encryptions.get() >= rotation.maxOperations();
  }

  /// Ends a key in time however busy the server is and whoever else calls [#tend].
  private void count(int values) {
    long before = encryptions.getAndAdd(values);
    if (before / COUNTED_EVERY != (before + values) / COUNTED_EVERY) {
      tend();
    }
  }

  private void saveCount(Keyring ring) {
    long count = encryptions.get();
    if (count != ring.active().encryptions()) {
      Keyring counted = ring.counted(count);
      save(counted, new Batch());
      keyring = counted;
    }
  }

  private void save(Keyring ring, Batch beside) {
    byte[] clear = ring.encode();
    storage.commit(beside.put(KEYRING, envelope.seal(KEYRING, NO_TERM, ring.root(), clear)));
    Arrays.fill(clear, (byte) 0);
  }

  /// Whether an entry is not sealed by the keyring, so that nobody reads or writes it through the
  /// barrier.
  public static boolean isGuarded(String key) {
    return AROUND.contains(key);
  }

  /// An entry beside the barrier, as it is stored; null where there is none.
  public byte @Nullable [] unsealed(String key) {
    if (!AROUND.contains(key)) {
      throw new IllegalArgumentException(key + " is not kept beside the barrier");
    }
    return storage.get(key);
  }
}
