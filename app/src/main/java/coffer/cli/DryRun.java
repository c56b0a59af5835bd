package coffer.cli;

/// The end of a run that was only to show what it would send.
final class DryRun extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DryRun(String shown) {
    super(shown, null, false, false);
  }

  String shown() {
    return String.valueOf(getMessage());
  }
}
