package coffer.boot;

import coffer.telemetry.Metrics;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/// Ends the intervals of the metrics while the server runs, on a thread of its own.
final class Turns implements AutoCloseable {
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("metrics").daemon().factory());

  private Turns() {}

  static Turns begin(Metrics metrics) {
    var turns = new Turns();
    long period = Metrics.INTERVAL.toMillis();
    ScheduledFuture<?> _ =
        turns.thread.scheduleAtFixedRate(metrics::turn, period, period, TimeUnit.MILLISECONDS);
    return turns;
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
