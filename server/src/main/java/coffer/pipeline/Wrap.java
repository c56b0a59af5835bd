package coffer.pipeline;

import coffer.exchange.Answer;
import coffer.exchange.Envelope;
import coffer.exchange.Request;
import coffer.exchange.WrapInfo;
import coffer.wrapping.Wrapping;
import java.time.Duration;

/// Keeps the answer for whoever brings the right token, where the caller wishes so.
final class Wrap implements Step {
  private final Wrapping wrapping;

  Wrap(Wrapping wrapping) {
    this.wrapping = wrapping;
  }

  @Override
  public Answer take(Request request, Next next) {
    Answer answer = next.take(request);
    Duration ttl = request.wrapTtl();
    if (ttl == null || answer.failed() || answer.status() == 204 || answer.wrapInfo() != null) {
      return answer;
    }
    byte[] bytes =
        answer.raw() == null ? Envelope.bytes(answer, request.id()) : answer.raw().body();
    String accessor = answer.auth() == null ? "" : answer.auth().accessor();
    WrapInfo info = wrapping.wrap(request.transaction(), request.path(), ttl, bytes, accessor);
    return Answer.of(info, answer.warnings());
  }
}
