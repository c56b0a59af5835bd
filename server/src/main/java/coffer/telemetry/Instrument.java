package coffer.telemetry;

import java.time.Instant;

/// Something that is measured, as the registry sees it.
sealed interface Instrument permits Counter, Gauge, Samples {

  /// Ends an interval: what was measured in it becomes what is shown as the last one.
  void turn(Instant now);

  /// When it last had something new to tell; a gauge always has.
  Instant lastChange(Instant now);
}
