package coffer.barrier;

import java.time.Duration;

/// When the key that seals new values is replaced without being asked.
///
/// @param maxOperations after so many sealed values
/// @param interval after so long; zero for never
public record Rotation(boolean enabled, long maxOperations, Duration interval) {
  /// Nine tenths of 2^32, the bound for random nonces under one key.
  public static final long MAX_OPERATIONS = 3_865_470_566L;

  public static final long MIN_OPERATIONS = 1_000_000;
  public static final Duration MIN_INTERVAL = Duration.ofHours(24);

  /// What counts until somebody says otherwise.
  public static final Rotation USUAL = new Rotation(true, MAX_OPERATIONS, Duration.ZERO);
}
