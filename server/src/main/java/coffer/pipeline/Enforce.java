package coffer.pipeline;

import coffer.engine.Refusal;
import coffer.exchange.Answer;
import coffer.exchange.Request;

/// Refuses what was found to be refused, now that it has been recorded.
final class Enforce implements Step {
  @Override
  public Answer take(Request request, Next next) {
    Refusal refusal = request.refusal();
    if (refusal != null) {
      throw refusal;
    }
    return next.take(request);
  }
}
