package coffer.telemetry;

import java.time.Instant;

/// Measures the distribution of something that is no time: bytes, lengths. For use by any number of
/// threads: recording takes no lock and allocates nothing.
public final class Summary extends Samples {
  Summary(Instant made) {
    super(1, made);
  }

  /// Records a value; below zero counts as zero.
  public void record(long value) {
    take(value);
  }
}
