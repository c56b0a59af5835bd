package coffer.telemetry;

import java.time.Instant;

/// The distribution of a value: [Timer] for how long things take, [Summary] for anything else.
abstract sealed class Samples implements Instrument permits Timer, Summary {
  private final Histogram histogram = new Histogram();
  private final double unit;
  private Interval last = Interval.EMPTY;
  private long finishedCount;
  private long finishedSum;
  private Instant lastChange;

  /// @param unit how many of what is recorded make one of what is shown
  Samples(double unit, Instant made) {
    this.unit = unit;
    lastChange = made;
  }

  final void take(long value) {
    histogram.record(value);
  }

  /// What is shown of a recorded value.
  final double shown(double recorded) {
    return recorded / unit;
  }

  @Override
  public final synchronized void turn(Instant now) {
    last = histogram.drain();
    finishedCount += last.count();
    finishedSum += last.sum();
    if (last.count() > 0) {
      lastChange = now;
    }
  }

  @Override
  public final synchronized Instant lastChange(Instant now) {
    return histogram.isEmpty() ? lastChange : now;
  }

  final synchronized Interval lastInterval() {
    return last;
  }

  final synchronized Interval thisInterval() {
    return histogram.peek();
  }

  /// All since the start, with the distribution of the newest: of the last interval and this one.
  final synchronized Totals totals() {
    Interval current = histogram.peek();
    return new Totals(
        finishedCount + current.count(), finishedSum + current.sum(), last.and(current));
  }

  /// @param recent what quantiles are taken from
  record Totals(long count, long sum, Interval recent) {}
}
