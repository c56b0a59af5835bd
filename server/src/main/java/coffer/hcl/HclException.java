package coffer.hcl;

/// A text that is not HCL, or a value of another kind than was asked for.
public final class HclException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Position at;
  private final String problem;

  public HclException(Position at, String problem) {
    super("At " + at + ": " + problem, null, false, false);
    this.at = at;
    this.problem = problem;
  }

  public Position at() {
    return at;
  }

  /// The message without the position.
  public String problem() {
    return problem;
  }
}
