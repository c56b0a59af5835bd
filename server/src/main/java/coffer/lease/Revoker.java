package coffer.lease;

import coffer.barrier.Barrier;
import coffer.barrier.Transaction;
import coffer.lease.LeaseStore.Queued;
import coffer.telemetry.Metrics;
import coffer.telemetry.Timer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/// Works off the queues of what is to be taken back, each mount's by itself, so that a backend that
/// is slow or dead holds up nobody else's. Runs on virtual threads of its own.
final class Revoker {
  /// How many are taken back at the same time, per mount.
  private static final int AT_ONCE = 16;

  /// How far ahead one look at a queue sees.
  private static final int PAGE = 256;

  private final Barrier barrier;
  private final LeaseStore leases;
  private final Takeback takeback;
  private final InstantSource time;
  private final Consumer<String> log;
  private final Timer waits;
  private final Set<String> busy = ConcurrentHashMap.newKeySet();

  Revoker(
      Barrier barrier,
      LeaseStore leases,
      Takeback takeback,
      InstantSource time,
      Metrics metrics,
      Consumer<String> log) {
    this.barrier = barrier;
    this.leases = leases;
    this.takeback = takeback;
    this.time = time;
    this.log = log;
    waits = metrics.timer("expire.lease_expiration.time_in_queue");
  }

  /// Begins to work off every queue in which something is due and that nobody works on.
  void start() {
    for (String mount : leases.queues()) {
      if (busy.add(mount)) {
        Thread.ofVirtual().name("revoke-" + mount).start(() -> workOff(mount));
      }
    }
  }

  private void workOff(String mount) {
    try {
      while (page(mount)) {
        // The next page.
      }
    } catch (RuntimeException e) {
      log.accept("revoking leases of mount " + mount + " was interrupted: " + e.getMessage());
    } finally {
      busy.remove(mount);
    }
  }

  /// Works off all queues, and returns when what is due now has been tried.
  void workOffAll() {
    leases.queues().forEach(this::workOff);
  }

  /// Takes back what is due in one page of a queue; false where nothing was.
  private boolean page(String mount) {
    Instant now = time.instant();
    List<Queued> due =
        leases.queue(mount, PAGE).stream().filter(one -> !one.from().isAfter(now)).toList();
    var slots = new Semaphore(AT_ONCE);
    for (Queued one : due) {
      slots.acquireUninterruptibly();
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  take(one);
                } finally {
                  slots.release();
                }
              });
    }
    slots.acquireUninterruptibly(AT_ONCE);
    return !due.isEmpty();
  }

  private void take(Queued queued) {
    try {
      Lease lease = leases.lease(queued.lease());
      if (lease == null || !queued.from().equals(lease.revoking())) {
        var transaction = new Transaction(barrier);
        leases.remove(transaction, queued);
        transaction.commit();
        return;
      }
      waits.record(Duration.between(queued.from(), time.instant()));
      String problem = takeback.tryToTake(lease);
      if (!problem.isEmpty()) {
        log.accept("lease " + lease.id() + " could not be revoked: " + problem);
      }
    } catch (RuntimeException e) {
      log.accept("lease " + queued.lease() + " could not be revoked: " + e.getMessage());
    }
  }
}
