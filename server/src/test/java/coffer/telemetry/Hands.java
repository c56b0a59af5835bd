package coffer.telemetry;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// A clock that the test advances.
final class Hands implements InstantSource {
  private Instant now = Instant.parse("2026-11-24T15:00:00.123456789Z");

  @Override
  public Instant instant() {
    return now;
  }

  void advance(Duration by) {
    now = now.plus(by);
  }
}
