package coffer.http;

import coffer.exchange.Answer;
import java.nio.charset.StandardCharsets;

/// A request that the door answers itself, because it can't become one that others understand.
final class TurnedAway extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Answer answer;
  private final boolean closing;

  /// @param closing whether the connection is of no use any more
  TurnedAway(Answer answer, boolean closing) {
    super(answer.toString(), null, false, false);
    this.answer = answer;
    this.closing = closing;
  }

  TurnedAway(int status, String... errors) {
    this(Answer.error(status, errors), false);
  }

  /// With a sentence in place of JSON: for people who look at a port.
  static TurnedAway saying(int status, String sentence) {
    byte[] text = (sentence + "\n").getBytes(StandardCharsets.UTF_8);
    return new TurnedAway(Answer.raw(status, "text/plain; charset=utf-8", text), false);
  }

  Answer answer() {
    return answer;
  }

  boolean closing() {
    return closing;
  }
}
