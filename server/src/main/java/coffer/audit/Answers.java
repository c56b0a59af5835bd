package coffer.audit;

import coffer.engine.Refusal;
import coffer.exchange.Answer;
import java.util.List;

/// What lines say in the clear of an answer that refuses something: the kind of the error, never
/// what a client might have brought along.
final class Answers {
  private static final String LISTED = Refusal.listed("").strip();

  private Answers() {}

  /// An error in the form of a list of one, as the peers write it.
  static String listed(String error) {
    return error.startsWith(LISTED) ? error : Refusal.listed(error);
  }

  /// Empty where there is no error. Something that just isn't there is none.
  static String error(Answer answer) {
    List<String> errors = answer.errors();
    if (!answer.failed() || (answer.status() == 404 && errors.isEmpty())) {
      return "";
    }
    return listed(
        switch (answer.status()) {
          case 400 -> "invalid request";
          case 403 -> "permission denied";
          case 404 -> "unsupported path";
          case 405 -> "unsupported operation";
          default -> errors.isEmpty() ? "status " + answer.status() : String.join("; ", errors);
        });
  }
}
