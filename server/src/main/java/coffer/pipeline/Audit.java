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

  Audit(AuditBroker broker) {
    this.broker = broker;
  }

  @Override
  public Answer take(Request request, Next next) {
    Refusal refusal = request.refusal();
    broker.request(request, refusal == null ? List.of() : refusal.errors());
    Answer answer;
    try {
      answer = next.take(request);
    } catch (Refusal refused) {
      answer = Answer.of(refused);
    }
    broker.response(request, answer);
    return answer;
  }
}
