package coffer.pipeline;

import coffer.exchange.Answer;
import coffer.exchange.Envelope;
import coffer.exchange.Request;
import coffer.exchange.WrapInfo;
import coffer.wrapping.Wrapping;
import java.time.Duration;
import java.util.List;

/// Keeps the answer for whoever brings the right token, where the caller wishes so.
final class Wrap implements Step {
  private static final String JSON = "application/json";

  /// Moves from one wrapping to another, by itself.
  private static final String REWRAP = "sys/wrapping/rewrap";

  private final Wrapping wrapping;

  Wrap(Wrapping wrapping) {
    this.wrapping = wrapping;
  }

  @Override
  public Answer take(Request request, Next next) {
    Answer answer = next.take(request);
    Duration ttl = request.wrapTtl();
    if (ttl == null || !says(answer) || request.path().equals(REWRAP)) {
      return answer;
    }
    String accessor = answer.auth() == null ? "" : answer.auth().accessor();
    WrapInfo info =
        wrapping.wrap(
            request.transaction(), request.path(), ttl, wrapped(answer, request.id()), accessor);
    return Answer.of(info, List.of());
  }

  /// Whether there is something in it to be kept: refusals and answers without a body aren't.
  private static boolean says(Answer answer) {
    return answer.status() != 204 && (!answer.failed() || !Envelope.isPlainError(answer));
  }

  private static Wrapping.Wrapped wrapped(Answer answer, String requestId) {
    Answer.Raw raw = answer.raw();
    return raw == null
        ? new Wrapping.Wrapped(answer.status(), JSON, Envelope.bytes(answer, requestId))
        : new Wrapping.Wrapped(answer.status(), raw.contentType(), raw.body());
  }
}
