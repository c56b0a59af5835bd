package coffer.cli;

/// The end of a run that didn't succeed: what to print on standard error and the exit code, 1 where
/// the command was used wrongly and 2 where the server or the way to it failed.
final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  static final int USAGE = 1;
  static final int REMOTE = 2;

  private final int code;
  private final int status;

  private Failure(int code, int status, String message) {
    super(message, null, false, false);
    this.code = code;
    this.status = status;
  }

  static Failure usage(String message) {
    return new Failure(USAGE, 0, message);
  }

  static Failure remote(String message) {
    return new Failure(REMOTE, 0, message);
  }

  static Failure answered(int status, String message) {
    return new Failure(REMOTE, status, message);
  }

  static Failure exit(int code) {
    return new Failure(code, 0, "");
  }

  /// The same failure, said with what was being done.
  Failure during(String doing) {
    return new Failure(code, status, doing + ": " + getMessage());
  }

  Failure withCode(int newCode) {
    return new Failure(newCode, status, text());
  }

  int code() {
    return code;
  }

  /// The HTTP status that was answered, zero where there was no answer.
  int status() {
    return status;
  }

  String text() {
    String message = getMessage();
    return message == null ? "" : message;
  }
}
