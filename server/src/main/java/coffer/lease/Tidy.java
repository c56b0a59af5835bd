package coffer.lease;

import coffer.barrier.Barrier;
import coffer.barrier.Transaction;
import coffer.lease.LeaseStore.Found;
import coffer.lease.LeaseStore.Listed;
import coffer.token.TokenStore;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// Looks through all accessors and leases for what leads nowhere, and removes it. There is none
/// unless something went wrong; operators may ask for a look all the same. One look at a time, on a
/// thread of its own.
public final class Tidy {
  private static final int PAGE = 500;

  private final Barrier barrier;
  private final TokenStore tokens;
  private final LeaseStore leases;
  private final InstantSource time;
  private final Consumer<String> log;
  private final AtomicBoolean running = new AtomicBoolean();

  Tidy(
      Barrier barrier,
      TokenStore tokens,
      LeaseStore leases,
      InstantSource time,
      Consumer<String> log) {
    this.barrier = barrier;
    this.tokens = tokens;
    this.leases = leases;
    this.time = time;
    this.log = log;
  }

  /// Begins a look, unless one is going on: returns whether it does.
  public boolean start() {
    if (!running.compareAndSet(false, true)) {
      return false;
    }
    Thread.ofPlatform()
        .name("tidy")
        .daemon()
        .start(
            () -> {
              try {
                log.accept("tidy removed " + look() + " entries that led nowhere");
              } catch (RuntimeException e) {
                log.accept("tidy was interrupted: " + e.getMessage());
              } finally {
                running.set(false);
              }
            });
    return true;
  }

  /// Looks once; returns how many entries were removed.
  long look() {
    return accessors() + leases();
  }

  private long accessors() {
    long removed = 0;
    String after = "";
    while (true) {
      List<TokenStore.Accessor> page = tokens.accessors(after, PAGE);
      var transaction = new Transaction(barrier);
      for (TokenStore.Accessor one : page) {
        if (tokens.uncached(one.token()) == null) {
          tokens.removeAccessor(transaction, one);
          removed++;
        }
      }
      transaction.commit();
      if (page.size() < PAGE) {
        return removed;
      }
      after = page.getLast().hash();
    }
  }

  private long leases() {
    long removed = 0;
    String after = "";
    while (true) {
      List<Listed> page = leases.below("", after, PAGE);
      var transaction = new Transaction(barrier);
      for (Listed one : page) {
        removed += tidied(transaction, one) ? 1 : 0;
      }
      transaction.commit();
      if (page.size() < PAGE) {
        return removed;
      }
      after = page.getLast().id();
    }
  }

  private boolean tidied(Transaction transaction, Listed one) {
    return switch (one.found()) {
      case Found.OfToken token -> {
        boolean gone = tokens.uncached(token.key()) == null;
        if (gone) {
          leases.removePointer(transaction, one.id());
        }
        yield gone;
      }
      case Found.OfSecret secret -> {
        Lease lease = secret.lease();
        boolean gone =
            lease.revoking() == null
                && !lease.token().isEmpty()
                && tokens.uncached(lease.token()) == null;
        if (gone) {
          leases.release(transaction, lease, time.instant());
        }
        yield gone;
      }
    };
  }
}
