package coffer.pipeline;

import coffer.engine.Refusal;
import coffer.exchange.Answer;
import coffer.exchange.Request;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/// Turns what is thrown into answers: a refusal says why, anything else is a bug or a broken disk
/// and is told to the log only.
final class Guard implements Step {
  private static final Logger LOG = System.getLogger(Guard.class.getName());

  @Override
  public Answer take(Request request, Next next) {
    try {
      return next.take(request);
    } catch (Refusal refusal) {
      return Answer.of(refusal);
    } catch (RuntimeException | StackOverflowError e) {
      LOG.log(Level.ERROR, "request " + request.id() + " to " + request.path() + " failed", e);
      return Answer.error(500, "internal error");
    }
  }
}
