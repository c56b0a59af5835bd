package coffer.pipeline;

import coffer.exchange.Answer;
import coffer.exchange.Request;

/// One thing that is done with every request. Used by many threads.
interface Step {
  /// Answers the request, or has it answered by the steps further in.
  Answer take(Request request, Next next);

  /// The steps further in.
  @FunctionalInterface
  interface Next {
    Answer take(Request request);
  }
}
