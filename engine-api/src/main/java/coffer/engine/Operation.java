package coffer.engine;

/// What a caller wants to do at a path; each is a capability of the same name in a policy.
public enum Operation {
  READ,
  /// A write to a path at which nothing is yet; see [Route#creating].
  CREATE,
  UPDATE,
  PATCH,
  DELETE,
  LIST,
  /// A list of everything below a path, not of its immediate children only.
  SCAN,
  /// A request for the help of a path.
  HELP;

  private final String word = name().toLowerCase(java.util.Locale.ROOT);

  /// The word that policies and audit lines use: `read`, `create`, …
  public String word() {
    return word;
  }

  /// Whether a body is expected with this operation.
  public boolean writes() {
    return this == CREATE || this == UPDATE || this == PATCH;
  }
}
