package coffer.lease;

import coffer.barrier.Barrier;
import coffer.barrier.Transaction;
import coffer.engine.Lent;
import coffer.json.Fields;
import coffer.mount.Mounted;
import coffer.storage.Keys;
import coffer.storage.Storage.Entry;
import coffer.token.Due;
import coffer.token.Token;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// All leases, and what is stored about them. Holds nothing in memory. May be used by many threads.
public final class LeaseStore {
  static final String LEASES = "lease/";
  private static final String BY_TOKEN = "lease-by-token/";
  private static final String REVOKING = "revoking/";
  private static final int PAGE = 1_000;
  private static final byte[] NOTHING = {};

  private final Barrier barrier;
  private final Supplier<String> ids;

  /// @param ids gives random ends for ids
  public LeaseStore(Barrier barrier, Supplier<String> ids) {
    this.barrier = barrier;
    this.ids = ids;
  }

  /// What an id of a lease stands for.
  public sealed interface Found {
    /// Something that was lent.
    record OfSecret(Lease lease) implements Found {}

    /// The token under this key.
    record OfToken(String key) implements Found {}
  }

  public Optional<Found> find(String id) {
    byte[] bytes = barrier.get(LEASES + id);
    if (bytes == null) {
      return Optional.empty();
    }
    return Optional.of(LeaseCodec.read(id, bytes));
  }

  @Nullable Lease lease(String id) {
    return find(id).orElse(null) instanceof Found.OfSecret found ? found.lease() : null;
  }

  /// Writes the lease of what was lent at a path.
  Lease add(
      Transaction transaction,
      Mounted mounted,
      String path,
      Token owner,
      Lent lent,
      Duration ttl,
      Instant now) {
    var lease =
        new Lease(
            path + "/" + ids.get(),
            mounted.entry().uuid(),
            owner.owner(),
            lent.internal(),
            now,
            now.plus(ttl),
            null,
            ttl,
            lent.maxTtl(),
            lent.renewable(),
            null,
            0,
            "");
    put(transaction, lease);
    if (!lease.token().isEmpty()) {
      transaction.put(byToken(lease), NOTHING);
    }
    transaction.put(Due.key(lease.expires(), Due.Kind.LEASE, lease.id()), NOTHING);
    return lease;
  }

  private static void put(Transaction transaction, Lease lease) {
    transaction.put(LEASES + lease.id(), LeaseCodec.bytes(lease));
  }

  private static String byToken(Lease lease) {
    return BY_TOKEN + lease.token() + "/" + lease.id();
  }

  void replace(Transaction transaction, Lease before, Lease after) {
    put(transaction, after);
    if (!before.expires().equals(after.expires())) {
      transaction.delete(Due.key(before.expires(), Due.Kind.LEASE, before.id()));
      transaction.put(Due.key(after.expires(), Due.Kind.LEASE, after.id()), NOTHING);
    }
  }

  /// Ends a lease: from the commit on it is queued to be taken back outside.
  void release(Transaction transaction, Lease lease, Instant now) {
    if (lease.revoking() != null) {
      return;
    }
    transaction.delete(byToken(lease));
    transaction.delete(Due.key(lease.expires(), Due.Kind.LEASE, lease.id()));
    queue(transaction, lease.revoking(now));
  }

  /// Ends the lease that a token has under this id.
  void release(Transaction transaction, String token, String id, Instant now) {
    Lease lease = lease(id);
    if (lease == null || lease.revoking() != null) {
      transaction.delete(BY_TOKEN + token + "/" + id);
    } else {
      release(transaction, lease, now);
    }
  }

  /// Puts a lease that could not be taken back at another place of the queue.
  void again(Transaction transaction, Lease lease, Lease failed) {
    if (lease.revoking() != null) {
      transaction.delete(place(lease, lease.revoking()));
    }
    queue(transaction, failed);
  }

  private static void queue(Transaction transaction, Lease lease) {
    put(transaction, lease);
    if (lease.revoking() != null) {
      transaction.put(place(lease, lease.revoking()), NOTHING);
    }
  }

  private static String place(Lease lease, Instant from) {
    return REVOKING
        + lease.mount()
        + "/"
        + HexFormat.of().toHexDigits(Fields.nanos(from))
        + "/"
        + lease.id();
  }

  /// Removes all that is written of a lease.
  void remove(Transaction transaction, Lease lease) {
    transaction.delete(LEASES + lease.id());
    if (lease.revoking() == null) {
      transaction.delete(byToken(lease));
      transaction.delete(Due.key(lease.expires(), Due.Kind.LEASE, lease.id()));
    } else {
      transaction.delete(place(lease, lease.revoking()));
    }
  }

  /// Removes an id that stands for a token that isn't there.
  void removePointer(Transaction transaction, String id) {
    transaction.delete(LEASES + id);
  }

  /// Removes a place of the queue that leads to no lease.
  void remove(Transaction transaction, Queued queued) {
    transaction.delete(queued.key());
  }

  /// A place in the queue of what is to be taken back.
  record Queued(String key, String mount, Instant from, String lease) {
    static Queued parse(String key) {
      int mount = key.indexOf('/', REVOKING.length());
      int time = key.indexOf('/', mount + 1);
      return new Queued(
          key,
          key.substring(REVOKING.length(), mount),
          Fields.ofNanos(HexFormat.fromHexDigitsToLong(key, mount + 1, time)),
          key.substring(time + 1));
    }
  }

  /// The places of one mount's queue, the earliest first, at most so many.
  List<Queued> queue(String mount, int limit) {
    return barrier.range(REVOKING + mount + "/", "", limit).stream()
        .map(entry -> Queued.parse(entry.key()))
        .toList();
  }

  /// Those that could not be taken back so often that somebody should look, at most so many.
  public List<Lease> irrevocable(int limit) {
    var found = new ArrayList<Lease>();
    String after = "";
    while (found.size() < limit) {
      List<Entry> page = barrier.range(REVOKING, after, PAGE);
      for (Entry entry : page) {
        Lease lease = lease(Queued.parse(entry.key()).lease());
        if (lease != null && lease.irrevocable() && found.size() < limit) {
          found.add(lease);
        }
      }
      if (page.size() < PAGE) {
        break;
      }
      after = page.getLast().key();
    }
    return found;
  }

  /// The uuids of the mounts whose queue isn't empty.
  List<String> queues() {
    var mounts = new ArrayList<String>();
    String after = "";
    while (true) {
      List<Entry> next = barrier.range(REVOKING, after, 1);
      if (next.isEmpty()) {
        return mounts;
      }
      String mount = Queued.parse(next.getFirst().key()).mount();
      mounts.add(mount);
      after = REVOKING + mount + "/" + Keys.LAST;
    }
  }

  /// The ids of what was lent to a token, at most so many.
  List<String> of(String token, int limit) {
    String prefix = BY_TOKEN + token + "/";
    return barrier.range(prefix, "", limit).stream()
        .map(entry -> entry.key().substring(prefix.length()))
        .toList();
  }

  /// The ids that begin with a prefix, ascending, after the given one, at most so many, with what
  /// they stand for.
  public List<Listed> below(String prefix, String after, int limit) {
    return barrier.range(LEASES + prefix, after.isEmpty() ? "" : LEASES + after, limit).stream()
        .map(LeaseStore::listed)
        .toList();
  }

  /// An id with what it stands for.
  public record Listed(String id, Found found) {}

  private static Listed listed(Entry entry) {
    String id = entry.key().substring(LEASES.length());
    return new Listed(id, LeaseCodec.read(id, entry.value()));
  }

  /// The names directly below a prefix of ids.
  public List<String> names(String prefix) {
    return new Transaction(barrier).names(LEASES + prefix, "", Integer.MAX_VALUE);
  }
}
