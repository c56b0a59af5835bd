package coffer.lease;

import coffer.barrier.Barrier;
import coffer.barrier.MountStore;
import coffer.barrier.Transaction;
import coffer.engine.Call;
import coffer.engine.Caller;
import coffer.engine.Lent;
import coffer.engine.Operation;
import coffer.mount.MountTable;
import coffer.mount.Mounted;
import coffer.telemetry.Counter;
import coffer.telemetry.Metrics;
import coffer.telemetry.Timer;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// Takes back one thing that was lent, by asking the engine that lent it. May be used by many
/// threads, but for one lease by one at a time.
final class Takeback {
  private static final Caller NOBODY =
      new Caller("", "", "", "", List.of(), Map.of(), false, "", List.of(), name -> "");

  /// How much of an error is kept.
  private static final int MAX_ERROR = 1_000;

  private final Barrier barrier;
  private final MountTable mounts;
  private final LeaseStore leases;
  private final InstantSource time;
  private final Backoff backoff;
  private final Timer revokes;
  private final Counter errors;

  Takeback(
      Barrier barrier,
      MountTable mounts,
      LeaseStore leases,
      InstantSource time,
      SecureRandom random,
      Metrics metrics) {
    this.barrier = barrier;
    this.mounts = mounts;
    this.leases = leases;
    this.time = time;
    this.backoff = new Backoff(random);
    revokes = metrics.timer("expire.revoke");
    errors = metrics.counter("expire.lease_expiration.error");
  }

  /// Takes it back and forgets it. What an engine throws, the caller gets.
  void take(Lease lease) {
    long start = System.nanoTime();
    var transaction = new Transaction(barrier);
    ask(lease, transaction);
    leases.remove(transaction, lease);
    transaction.commit();
    revokes.since(start);
  }

  /// Forgets it, whether or not it could be taken back.
  void force(Lease lease) {
    var transaction = new Transaction(barrier);
    try {
      ask(lease, transaction);
    } catch (RuntimeException e) {
      transaction.discard();
    }
    leases.remove(transaction, lease);
    transaction.commit();
  }

  /// Takes it back or puts it into the queue for later. Returns what went wrong, empty for nothing.
  String tryToTake(Lease lease) {
    try {
      take(lease);
      return "";
    } catch (RuntimeException e) {
      errors.increment();
      String problem = problem(e);
      Instant next = time.instant().plus(backoff.after(lease.tries() + 1));
      var transaction = new Transaction(barrier);
      leases.again(transaction, lease, lease.failed(next, problem));
      transaction.commit();
      return problem;
    }
  }

  private static String problem(RuntimeException e) {
    String text = String.valueOf(e.getMessage());
    return text.length() > MAX_ERROR ? text.substring(0, MAX_ERROR) : text;
  }

  private void ask(Lease lease, Transaction transaction) {
    Mounted mounted = mounts.byUuid(lease.mount());
    if (mounted == null) {
      return;
    }
    mounted
        .engine()
        .revoke(
            call(mounted, lease.path(), transaction, time.instant()),
            new Lent(lease.internal(), lease.ttl(), lease.maxTtl(), lease.renewable()));
  }

  /// A call that nobody but the server makes.
  static Call call(Mounted mounted, String path, Transaction transaction, Instant now) {
    String below = mounted.entry().path();
    return new Call(
        Operation.UPDATE,
        path.startsWith(below) ? path.substring(below.length()) : path,
        Map.of(),
        Map.of(),
        mounted.mount(),
        NOBODY,
        new MountStore(transaction, mounted.prefix()),
        now,
        name -> {});
  }
}
