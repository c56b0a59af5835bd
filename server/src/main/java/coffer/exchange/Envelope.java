package coffer.exchange;

import coffer.json.Json;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// The form in which answers are sent and wrapped: one JSON object with a fixed set of keys. Errors
/// have a form of their own.
public final class Envelope {
  private static final int SIZE = 1_024;

  private Envelope() {}

  /// The whole body of an answer, without a line end.
  ///
  /// @param requestId names the request; empty in the answer that stands for a wrapped one
  public static byte[] bytes(Answer answer, String requestId) {
    return bytes(answer, requestId, false);
  }

  /// @param spread whether the fields of the data are repeated beside it, for early clients
  public static byte[] bytes(Answer answer, String requestId, boolean spread) {
    var out = new ByteArrayOutputStream(SIZE);
    try (JsonGenerator json = Json.generator(out)) {
      if (answer.failed() && answer.data() == null) {
        errors(json, answer);
      } else {
        envelope(json, answer, answer.wrapInfo() == null ? requestId : "", spread);
      }
    }
    return out.toByteArray();
  }

  private static void errors(JsonGenerator json, Answer answer) {
    json.writeStartObject();
    json.writeName("errors");
    Json.write(json, answer.errors());
    if (!answer.warnings().isEmpty()) {
      json.writeName("warnings");
      Json.write(json, answer.warnings());
    }
    json.writeEndObject();
  }

  private static void envelope(
      JsonGenerator json, Answer answer, String requestId, boolean spread) {
    json.writeStartObject();
    if (spread && answer.data() != null) {
      for (Map.Entry<String, ?> field : answer.data().entrySet()) {
        json.writeName(field.getKey());
        Json.write(json, field.getValue());
      }
    }
    json.writeStringProperty("request_id", requestId);
    Answer.Lease lease = answer.lease();
    json.writeStringProperty("lease_id", lease == null ? "" : lease.id());
    json.writeBooleanProperty("renewable", lease != null && lease.renewable());
    json.writeNumberProperty("lease_duration", lease == null ? 0 : lease.ttl().toSeconds());
    json.writeName("data");
    Json.write(json, answer.data());
    wrapInfo(json, answer.wrapInfo());
    json.writeName("warnings");
    Json.write(json, answer.warnings().isEmpty() ? null : answer.warnings());
    auth(json, answer.auth());
    json.writeEndObject();
  }

  private static void wrapInfo(JsonGenerator json, @Nullable WrapInfo info) {
    if (info == null) {
      json.writeNullProperty("wrap_info");
      return;
    }
    json.writeObjectPropertyStart("wrap_info");
    json.writeStringProperty("token", info.token());
    json.writeStringProperty("accessor", info.accessor());
    json.writeNumberProperty("ttl", info.ttl().toSeconds());
    json.writeStringProperty("creation_time", info.created().toString());
    json.writeStringProperty("creation_path", info.creationPath());
    if (!info.wrappedAccessor().isEmpty()) {
      json.writeStringProperty("wrapped_accessor", info.wrappedAccessor());
    }
    json.writeEndObject();
  }

  private static void auth(JsonGenerator json, @Nullable Auth auth) {
    if (auth == null) {
      json.writeNullProperty("auth");
      return;
    }
    json.writeObjectPropertyStart("auth");
    json.writeStringProperty("client_token", auth.clientToken());
    json.writeStringProperty("accessor", auth.accessor());
    list(json, "policies", auth.policies());
    list(json, "token_policies", auth.tokenPolicies());
    if (!auth.identityPolicies().isEmpty()) {
      list(json, "identity_policies", auth.identityPolicies());
    }
    json.writeName("metadata");
    Json.write(json, auth.metadata().isEmpty() ? null : auth.metadata());
    Duration ttl = auth.leaseDuration();
    json.writeNumberProperty("lease_duration", ttl.toSeconds());
    json.writeBooleanProperty("renewable", auth.renewable());
    json.writeStringProperty("entity_id", auth.entity());
    json.writeStringProperty("token_type", auth.type());
    json.writeBooleanProperty("orphan", auth.orphan());
    json.writeNullProperty("mfa_requirement");
    json.writeNumberProperty("num_uses", auth.numUses());
    json.writeEndObject();
  }

  private static void list(JsonGenerator json, String name, List<String> items) {
    json.writeName(name);
    Json.write(json, items);
  }
}
