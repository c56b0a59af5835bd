package coffer.telemetry;

import java.time.Duration;
import java.time.Instant;

/// Measures how long things take; shown in milliseconds. For use by any number of threads:
/// recording takes no lock and allocates nothing.
public final class Timer extends Samples {
  private static final double NANOS_PER_MILLI = 1e6;

  Timer(Instant made) {
    super(NANOS_PER_MILLI, made);
  }

  /// Records what began at `start`, a reading of [System#nanoTime()].
  public void since(long start) {
    take(System.nanoTime() - start);
  }

  /// Records what lay between two readings of [System#nanoTime()].
  public void between(long start, long end) {
    take(end - start);
  }

  public void record(Duration took) {
    take(took.toNanos());
  }
}
