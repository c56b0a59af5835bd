package coffer.pipeline;

import coffer.engine.Refusal;
import coffer.engine.Refusal.Why;
import coffer.exchange.Answer;
import coffer.exchange.Request;
import coffer.quota.Quotas;
import coffer.telemetry.Counter;
import coffer.telemetry.Metrics;

/// Turns away whoever asks more often than a limit allows, before anything is done for them.
final class Limit implements Step {
  private final Quotas quotas;
  private final Counter violations;

  Limit(Quotas quotas, Metrics metrics) {
    this.quotas = quotas;
    this.violations = metrics.counter("quota.rate_limit.violation");
  }

  @Override
  public Answer take(Request request, Next next) {
    Quotas.Counted counted = quotas.count(request.path(), request.connection().remoteAddress());
    if (counted == null) {
      return next.take(request);
    }
    if (quotas.config().headers()) {
      request.answerHeader("X-Ratelimit-Limit", Long.toString(counted.limit().rate().longValue()));
      request.answerHeader("X-Ratelimit-Remaining", Long.toString(counted.left()));
      request.answerHeader("X-Ratelimit-Reset", Long.toString(counted.resetSeconds()));
    }
    if (!counted.allowed()) {
      violations.increment();
      request.answerHeader("Retry-After", Long.toString(counted.resetSeconds()));
      throw new Refusal(
          Why.LIMITED, "request path \"" + request.path() + "\": rate limit quota exceeded");
    }
    return next.take(request);
  }
}
