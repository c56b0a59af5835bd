package coffer.engine;

/// The versions that this build goes by.
public final class Version {
  /// The version of Vault that clients may take the API for: their feature gates read it in
  /// `sys/health`, `sys/seal-status` and the second word of `version`.
  public static final String COMPATIBLE = "1.20.4";

  private Version() {}
}
