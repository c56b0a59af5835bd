package coffer.exchange;

import coffer.engine.Refusal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a request is answered with. Immutable.
///
/// @param status of HTTP
/// @param data null where there is none
/// @param lease null where nothing was lent
/// @param auth null where no token was made or renewed
/// @param wrapInfo where the real answer went; null where it is this one
/// @param raw stands for the whole body; null for the usual envelope
public record Answer(
    int status,
    @Nullable Map<String, ?> data,
    @Nullable Lease lease,
    @Nullable Auth auth,
    @Nullable WrapInfo wrapInfo,
    List<String> warnings,
    List<String> errors,
    @Nullable Raw raw) {

  /// How long an answer's data lasts.
  ///
  /// @param id empty for data that is not lent but should be read again after a while
  public record Lease(String id, Duration ttl, boolean renewable) {}

  /// A body of its own form.
  ///
  /// @param contentType empty for a body that has none
  public record Raw(String contentType, byte[] body) {}

  /// 204.
  public static final Answer NOTHING = of(204, null);

  public static Answer of(int status, @Nullable Map<String, ?> data) {
    return new Answer(status, data, null, null, null, List.of(), List.of(), null);
  }

  public static Answer of(Map<String, ?> data) {
    return of(200, data);
  }

  public static Answer of(Auth auth) {
    return new Answer(200, null, null, auth, null, List.of(), List.of(), null);
  }

  public static Answer raw(int status, String contentType, byte[] body) {
    var raw = new Raw(contentType, body);
    return new Answer(status, null, null, null, null, List.of(), List.of(), raw);
  }

  public static Answer error(int status, String... errors) {
    return new Answer(status, null, null, null, null, List.of(), List.of(errors), null);
  }

  public static Answer of(Refusal refusal) {
    int status = refusal.why().status();
    return new Answer(status, null, null, null, null, List.of(), refusal.errors(), null);
  }

  /// With the lease of what was lent.
  public Answer with(Lease lent) {
    return new Answer(status, data, lent, auth, wrapInfo, warnings, errors, raw);
  }

  /// In place of what was wrapped.
  public static Answer of(WrapInfo wrapInfo, List<String> warnings) {
    return new Answer(200, null, null, null, wrapInfo, warnings, List.of(), null);
  }

  /// With further warnings.
  public Answer warned(List<String> more) {
    if (more.isEmpty()) {
      return this;
    }
    var all = new ArrayList<>(warnings);
    all.addAll(more);
    int said = status == 204 ? 200 : status;
    return new Answer(said, data, lease, auth, wrapInfo, List.copyOf(all), errors, raw);
  }

  /// Whether it says that the request failed.
  public boolean failed() {
    return status >= 400;
  }

  /// Nothing of what it says.
  @Override
  public String toString() {
    return "Answer[" + status + "]";
  }
}
