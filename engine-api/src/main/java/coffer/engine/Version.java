package coffer.engine;

import java.time.Instant;

/// The versions that this build goes by.
public final class Version {
  /// The version of Vault that clients may take the API for: their feature gates read it in
  /// `sys/health`, `sys/seal-status` and the second word of `version`.
  public static final String COMPATIBLE = "1.20.4";

  /// When this version was made.
  public static final Instant BUILT = Instant.parse("2026-11-24T00:00:00Z");

  private Version() {}
}
