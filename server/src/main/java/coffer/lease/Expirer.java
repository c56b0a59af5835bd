package coffer.lease;

import coffer.barrier.Barrier;
import coffer.barrier.Locks;
import coffer.barrier.Transaction;
import coffer.storage.Storage;
import coffer.telemetry.Counter;
import coffer.telemetry.Metrics;
import coffer.token.Due;
import coffer.token.Token;
import coffer.token.TokenStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// Ends what has expired, in the order of time, reading nothing but the front of the index. Used by
/// one thread.
final class Expirer {
  /// How many are ended in one batch.
  private static final int PAGE = 500;

  private final Barrier barrier;
  private final TokenStore tokens;
  private final LeaseStore leases;
  private final TreeCleaner cleaner;
  private final InstantSource time;
  private final Counter expired;

  Expirer(
      Barrier barrier,
      TokenStore tokens,
      LeaseStore leases,
      TreeCleaner cleaner,
      InstantSource time,
      Metrics metrics) {
    this.barrier = barrier;
    this.tokens = tokens;
    this.leases = leases;
    this.cleaner = cleaner;
    this.time = time;
    expired = metrics.counter("expire.lease_expiration");
  }

  /// Ends all that has expired by now, but for what somebody is at, who may be prolonging it;
  /// returns whether there was anything.
  boolean run() {
    boolean some = false;
    String after = "";
    while (true) {
      List<Storage.Entry> due = due(after);
      if (due.isEmpty()) {
        return some;
      }
      end(due);
      after = due.getLast().key();
      some = true;
    }
  }

  /// The earliest entries of the index whose time has come. Behind what was ended already, so that
  /// nobody has to step over it again.
  private List<Storage.Entry> due(String after) {
    String later = Due.before(time.instant().plusNanos(1));
    return barrier.range(Due.PREFIX, after, PAGE).stream()
        .takeWhile(entry -> entry.key().compareTo(later) < 0)
        .toList();
  }

  private void end(List<Storage.Entry> page) {
    Instant now = time.instant();
    var transaction = new Transaction(barrier);
    try (Locks.Held held = tokens.locks().hold()) {
      for (Storage.Entry entry : page) {
        Due.Entry due = Due.parse(entry.key());
        if (held.tryTake(due.id())) {
          transaction.delete(entry.key());
          expired.increment();
          switch (due.kind()) {
            case TOKEN -> end(transaction, held, due.id(), now);
            case LEASE -> release(transaction, due.id(), now);
          }
        }
      }
      transaction.commit();
    }
  }

  private void end(Transaction transaction, Locks.Held held, String key, Instant now) {
    Token token = tokens.uncached(key);
    if (token == null || !token.expired(now)) {
      return;
    }
    if (cleaner.isLeaf(key) && cleaner.releaseLeases(held, key)) {
      cleaner.remove(transaction, key);
    } else {
      tokens.doom(transaction, key);
    }
  }

  private void release(Transaction transaction, String id, Instant now) {
    Lease lease = leases.lease(id);
    if (lease != null && !lease.expires().isAfter(now)) {
      leases.release(transaction, lease, now);
    }
  }
}
