package coffer.telemetry;

import java.time.Instant;
import java.util.function.DoubleSupplier;

/// A value that goes up and down: set when it changes, or asked for whenever somebody looks. For
/// use by any number of threads.
public final class Gauge implements Instrument {
  private final DoubleSupplier source;
  private volatile double value;

  Gauge() {
    source = () -> value;
  }

  Gauge(DoubleSupplier source) {
    this.source = source;
  }

  /// Without effect on a gauge that asks a supplier.
  public void set(double newValue) {
    value = newValue;
  }

  /// Not a number where the supplier fails: one that does must not hide all the others.
  double value() {
    try {
      return source.getAsDouble();
    } catch (RuntimeException e) {
      return Double.NaN;
    }
  }

  @Override
  public void turn(Instant now) {}

  @Override
  public Instant lastChange(Instant now) {
    return now;
  }
}
