package coffer.telemetry;

import java.time.Instant;
import java.util.concurrent.atomic.LongAdder;

/// Counts what happens. For use by any number of threads: counting takes no lock.
public final class Counter implements Instrument {
  private final LongAdder total = new LongAdder();
  private final LongAdder sinceTurn = new LongAdder();
  private volatile long lastInterval;
  private volatile Instant lastChange;

  Counter(Instant made) {
    lastChange = made;
  }

  public void increment() {
    add(1);
  }

  /// Counts as `events` increments.
  public void add(long events) {
    total.add(events);
    sinceTurn.add(events);
  }

  /// All since the start.
  public long total() {
    return total.sum();
  }

  @Override
  public void turn(Instant now) {
    lastInterval = sinceTurn.sumThenReset();
    if (lastInterval != 0) {
      lastChange = now;
    }
  }

  long inLastInterval() {
    return lastInterval;
  }

  long inThisInterval() {
    return sinceTurn.sum();
  }

  @Override
  public Instant lastChange(Instant now) {
    return sinceTurn.sum() == 0 ? lastChange : now;
  }
}
