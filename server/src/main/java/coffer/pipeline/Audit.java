package coffer.pipeline;

import coffer.audit.AuditBroker;
import coffer.engine.Refusal;
import coffer.exchange.Answer;
import coffer.exchange.Request;
import java.util.List;

/// Records every request before it is carried out or refused, and every answer before it is given.
/// What can't be recorded doesn't happen, or isn't told.
final class Audit implements Step {
  private final AuditBroker broker;
  private final Meters meters;

  Audit(AuditBroker broker, Meters meters) {
    this.broker = broker;
    this.meters = meters;
  }

  /// Where there is nothing to record to, there is nothing to measure either: reading the clock
  /// would take longer.
  @Override
  public Answer take(Request request, Next next) {
    if (broker.isEnabled()) {
      record(request);
    }
    Answer answer = answer(request, next);
    if (broker.isEnabled()) {
      record(request, answer);
    }
    return answer;
  }

  private static Answer answer(Request request, Next next) {
    try {
      return next.take(request);
    } catch (Refusal refused) {
      return Answer.of(refused);
    }
  }

  private void record(Request request) {
    Refusal refusal = request.refusal();
    long start = System.nanoTime();
    try {
      broker.request(request, refusal == null ? List.of() : refusal.errors());
    } catch (Refusal unrecorded) {
      meters.auditRequestFailure().increment();
      throw unrecorded;
    } finally {
      meters.auditRequest().since(start);
    }
  }

  private void record(Request request, Answer answer) {
    long start = System.nanoTime();
    try {
      broker.response(request, answer);
    } catch (Refusal unrecorded) {
      meters.auditResponseFailure().increment();
      throw unrecorded;
    } finally {
      meters.auditResponse().since(start);
    }
  }
}
