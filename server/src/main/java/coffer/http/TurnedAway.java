package coffer.http;

import coffer.exchange.Answer;

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

  Answer answer() {
    return answer;
  }

  boolean closing() {
    return closing;
  }
}
