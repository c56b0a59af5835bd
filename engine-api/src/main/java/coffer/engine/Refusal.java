package coffer.engine;

import java.util.List;

/// A request that was understood and turned down: the one exception for everything a caller did
/// wrong or may not do. It is turned into HTTP in one place. It carries no stack trace, because it
/// is an answer and not a bug.
public final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// The reason in terms of HTTP.
  public enum Why {
    BAD_REQUEST(400),
    DENIED(403),
    ABSENT(404),
    UNSUPPORTED(405),
    CONFLICT(409),
    PRECONDITION_FAILED(412),
    TOO_LARGE(413),
    UNSUPPORTED_MEDIA(415),
    LIMITED(429),
    FAILED(500),
    UNREACHABLE(502),
    SEALED(503);

    private final int status;

    Why(int status) {
      this.status = status;
    }

    public int status() {
      return status;
    }
  }

  private final Why why;
  private final transient List<String> errors;

  public Refusal(Why why, String... errors) {
    super(String.join("; ", errors), null, false, false);
    this.why = why;
    this.errors = List.of(errors);
  }

  /// 400 with the message.
  public static Refusal bad(String message) {
    return new Refusal(Why.BAD_REQUEST, message);
  }

  /// 403 `permission denied`: all that a denied caller is told.
  public static Refusal denied() {
    return new Refusal(Why.DENIED, "permission denied");
  }

  /// 404 with no message, as for a secret that isn't there.
  public static Refusal absent() {
    return new Refusal(Why.ABSENT);
  }

  /// 405: the path exists, the operation on it doesn't.
  public static Refusal unsupported() {
    return new Refusal(Why.UNSUPPORTED, listed("unsupported operation"));
  }

  /// One message in the form in which the peers list several.
  public static String listed(String message) {
    return "1 error occurred:\n\t* " + message + "\n\n";
  }

  /// The same, with errors that don't begin with a phrase.
  Refusal without(String phrase) {
    if (errors.stream().noneMatch(error -> error.startsWith(phrase))) {
      return this;
    }
    return new Refusal(
        why,
        errors.stream()
            .map(error -> error.startsWith(phrase) ? error.substring(phrase.length()) : error)
            .toArray(String[]::new));
  }

  public Why why() {
    return why;
  }

  /// The texts of the answer's `errors`, maybe none.
  public List<String> errors() {
    return errors;
  }
}
