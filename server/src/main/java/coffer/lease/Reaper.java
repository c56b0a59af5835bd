package coffer.lease;

import coffer.barrier.Barrier;
import coffer.barrier.Locks;
import coffer.barrier.Transaction;
import coffer.token.TokenStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What goes on behind the requests: ending what has expired, cleaning up behind revoked tokens,
/// and taking back what was lent. All of it goes on after a restart where it was. Has threads of
/// its own, which only run while the server is unsealed.
public final class Reaper {
  private static final long PAUSE_MILLIS = 100;

  /// How many revoked tokens without children are cleaned up in one batch.
  private static final int TOGETHER = 256;

  /// How many large trees are cleaned up at the same time.
  private static final int TREES = 2;

  private static final long STOP_SECONDS = 10;

  private final Barrier barrier;
  private final TokenStore tokens;
  private final TreeCleaner cleaner;
  private final Expirer expirer;
  private final Revoker revoker;
  private final Consumer<String> log;
  private @Nullable ScheduledExecutorService ticks;
  private @Nullable ExecutorService trees;

  Reaper(
      Barrier barrier,
      TokenStore tokens,
      TreeCleaner cleaner,
      Expirer expirer,
      Revoker revoker,
      Consumer<String> log) {
    this.barrier = barrier;
    this.tokens = tokens;
    this.cleaner = cleaner;
    this.expirer = expirer;
    this.revoker = revoker;
    this.log = log;
  }

  /// Begins after unsealing.
  public synchronized void start() {
    ScheduledExecutorService fresh =
        Executors.newScheduledThreadPool(
            2, Thread.ofPlatform().name("reaper-", 0).daemon().factory());
    ticks = fresh;
    trees =
        Executors.newFixedThreadPool(
            TREES, Thread.ofPlatform().name("tree-", 0).daemon().factory());
    repeat(fresh, this::expire);
    repeat(fresh, this::cleanUp);
  }

  private void repeat(ScheduledExecutorService ticks, Runnable round) {
    ScheduledFuture<?> _ =
        ticks.scheduleWithFixedDelay(() -> guarded(round), 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
  }

  /// Ends before sealing, and waits for what is being written. What was not begun is not forgotten.
  public synchronized void stop() {
    for (ExecutorService one : running()) {
      one.shutdownNow();
    }
    try {
      for (ExecutorService one : running()) {
        if (!one.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
          log.accept("cleaning up didn't stop in time");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    ticks = null;
    trees = null;
    tokens.doomed().againAll();
  }

  private List<ExecutorService> running() {
    var running = new ArrayList<ExecutorService>();
    if (ticks != null) {
      running.add(ticks);
    }
    if (trees != null) {
      running.add(trees);
    }
    return running;
  }

  /// A failure of one round is no reason to leave out the next.
  private void guarded(Runnable round) {
    try {
      round.run();
    } catch (RuntimeException | Error e) {
      log.accept("cleaning up was interrupted: " + e);
    }
  }

  private void expire() {
    expirer.run();
    revoker.start();
  }

  private void cleanUp() {
    var keys = new ArrayList<String>();
    tokens.doomed().drain(keys::add);
    for (int from = 0; from < keys.size(); from += TOGETHER) {
      together(keys.subList(from, Math.min(keys.size(), from + TOGETHER)));
    }
  }

  /// Cleans up the tokens without children in one batch, and hands on the others.
  private void together(List<String> keys) {
    var large = new ArrayList<String>();
    var transaction = new Transaction(barrier);
    try (Locks.Held held = tokens.locks().hold()) {
      for (String key : keys) {
        if (!cleaner.isLeaf(key)) {
          large.add(key);
        } else if (!cleaner.removeLeaf(transaction, held, key)) {
          tokens.doomed().again(key);
        }
      }
      transaction.commit();
    } catch (RuntimeException e) {
      keys.forEach(tokens.doomed()::again);
      throw e;
    }
    large.forEach(this::tree);
  }

  private void tree(String key) {
    ExecutorService pool = trees;
    if (pool == null) {
      clean(key);
    } else {
      pool.execute(() -> guarded(() -> clean(key)));
    }
  }

  private void clean(String key) {
    try {
      if (!cleaner.clean(key)) {
        tokens.doomed().again(key);
      }
    } catch (RuntimeException e) {
      tokens.doomed().again(key);
      throw e;
    }
  }

  /// Does all there is to do now, and returns when it is done: for tests, which own the time.
  public void settle() {
    boolean more = true;
    while (more) {
      more = expirer.run() || tokens.doomed().size() > 0;
      cleanUp();
    }
    revoker.workOffAll();
  }
}
