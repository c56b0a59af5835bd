package coffer.exchange;

import coffer.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/// The JSON that an [Answer] is sent as, and stored as where it is wrapped. Field by field as the
/// peers write it. Stateless.
public final class Envelope {
  private static final int SIZE = 1_024;

  /// The paths whose fields early clients look for beside `data`, not in it.
  private static final Set<String> REPEATED =
      Set.of(
          "sys/audit",
          "sys/auth",
          "sys/capabilities",
          "sys/capabilities-accessor",
          "sys/capabilities-self",
          "sys/config/auditing/request-headers",
          "sys/config/cors",
          "sys/ha-status",
          "sys/key-status",
          "sys/mounts",
          "sys/policy",
          "sys/rotate");

  /// The same for everything below these.
  private static final List<String> REPEATED_BELOW =
      List.of(
          "sys/audit-hash/",
          "sys/auth/",
          "sys/config/auditing/request-headers/",
          "sys/mounts/",
          "sys/policy/");

  private static final Set<String> OWN =
      Set.of(
          "request_id",
          "lease_id",
          "renewable",
          "lease_duration",
          "data",
          "wrap_info",
          "warnings",
          "auth");

  private Envelope() {}

  /// The whole body of an answer that isn't raw, without a newline at its end; empty for an answer
  /// that has none.
  ///
  /// @param requestId names the request; empty in the answer that stands for a wrapped one
  public static byte[] bytes(Answer answer, String requestId) {
    var out = new ByteArrayOutputStream(SIZE);
    write(answer, requestId, "", out);
    return out.toByteArray();
  }

  /// Writes the same to a caller, for whom some paths have a form of their own.
  ///
  /// @param path of the request
  public static void write(Answer answer, String requestId, String path, OutputStream out) {
    if (answer.status() == 204) {
      return;
    }
    try (JsonGenerator json = Json.generator(out)) {
      json.writeStartObject();
      if (isPlainError(answer)) {
        writeError(answer, json);
      } else {
        writeEnvelope(answer, requestId, path, json);
      }
      json.writeEndObject();
    }
  }

  /// Whether nothing but texts is sent; a 404 may have data or warnings all the same.
  public static boolean isPlainError(Answer answer) {
    boolean says = answer.data() != null || !answer.warnings().isEmpty();
    return !answer.errors().isEmpty() || (answer.failed() && !says);
  }

  private static void writeError(Answer answer, JsonGenerator json) {
    json.writeName("errors");
    Json.write(json, answer.errors());
    if (!answer.warnings().isEmpty()) {
      json.writeName("warnings");
      Json.write(json, answer.warnings());
    }
    if (answer.data() != null) {
      json.writeName("data");
      Json.write(json, answer.data());
    }
  }

  private static void writeEnvelope(
      Answer answer, String requestId, String path, JsonGenerator json) {
    if (answer.data() != null && isRepeated(path)) {
      repeat(answer.data(), json);
    }
    Answer.Lease lease = answer.lease();
    json.writeStringProperty("request_id", answer.wrapInfo() == null ? requestId : "");
    json.writeStringProperty("lease_id", lease == null ? "" : lease.id());
    json.writeBooleanProperty("renewable", lease != null && lease.renewable());
    json.writeNumberProperty("lease_duration", lease == null ? 0 : lease.ttl().toSeconds());
    json.writeName("data");
    Json.write(json, answer.data());
    json.writeName("wrap_info");
    writeWrapInfo(answer.wrapInfo(), json);
    json.writeName("warnings");
    Json.write(json, answer.warnings().isEmpty() ? null : answer.warnings());
    json.writeName("auth");
    writeAuth(answer.auth(), json);
  }

  private static boolean isRepeated(String path) {
    if (!path.startsWith("sys/")) {
      return false;
    }
    return REPEATED.contains(path) || REPEATED_BELOW.stream().anyMatch(path::startsWith);
  }

  private static void repeat(Map<String, ?> data, JsonGenerator json) {
    data.forEach(
        (name, value) -> {
          if (!OWN.contains(name)) {
            json.writeName(name);
            Json.write(json, value);
          }
        });
  }

  private static void writeWrapInfo(@Nullable WrapInfo info, JsonGenerator json) {
    if (info == null) {
      json.writeNull();
      return;
    }
    json.writeStartObject();
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

  private static void writeAuth(@Nullable Auth auth, JsonGenerator json) {
    if (auth == null) {
      json.writeNull();
      return;
    }
    json.writeStartObject();
    json.writeStringProperty("client_token", auth.clientToken());
    json.writeStringProperty("accessor", auth.accessor());
    writeTexts("policies", auth.policies(), json);
    writeUnlessEmpty("token_policies", auth.tokenPolicies(), json);
    writeUnlessEmpty("identity_policies", auth.identityPolicies(), json);
    json.writeName("metadata");
    Json.write(json, auth.metadata().isEmpty() ? null : auth.metadata());
    json.writeNumberProperty("lease_duration", auth.leaseDuration().toSeconds());
    json.writeBooleanProperty("renewable", auth.renewable());
    json.writeStringProperty("entity_id", auth.entity());
    json.writeStringProperty("token_type", auth.type());
    json.writeBooleanProperty("orphan", auth.orphan());
    json.writeNullProperty("mfa_requirement");
    json.writeNumberProperty("num_uses", auth.numUses());
    json.writeEndObject();
  }

  private static void writeUnlessEmpty(String name, List<String> texts, JsonGenerator json) {
    if (!texts.isEmpty()) {
      writeTexts(name, texts, json);
    }
  }

  private static void writeTexts(String name, List<String> texts, JsonGenerator json) {
    json.writeName(name);
    Json.write(json, texts);
  }
}
