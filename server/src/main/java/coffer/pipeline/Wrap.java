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
  private static final String SECRET_ID_ACCESSOR = "secret_id_accessor";

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
    String path = request.path();
    WrapInfo info =
        wrapping.wrap(
            request.transaction(),
            path,
            ttl,
            wrapped(answer, request.id()),
            accessor(path, answer));
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

  /// The accessor of what is in the answer, by which it can be taken back unseen: of a token, or of
  /// the secret id that a login method made.
  private static String accessor(String path, Answer answer) {
    if (answer.auth() != null) {
      return answer.auth().accessor();
    }
    return path.startsWith("auth/")
            && answer.data() != null
            && answer.data().get(SECRET_ID_ACCESSOR) instanceof String accessor
        ? accessor
        : "";
  }
}
