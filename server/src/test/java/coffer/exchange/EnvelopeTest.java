package coffer.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Field by field what a peer sent, but for the order of fields within `data`.
class EnvelopeTest {
  private static final Auth AUTH =
      new Auth(
          "s.afP6w5UrZGLrKyedHo408w6x",
          "yy4N8Rfi2kYC5egmXyPVZFUU",
          List.of("default"),
          List.of("default"),
          List.of(),
          Map.of("a", "b"),
          Duration.ofDays(32),
          true,
          "",
          "service",
          false,
          3,
          "token");

  private static String text(Answer answer) {
    return text(answer, "secret/data/a");
  }

  private static String text(Answer answer, String path) {
    var out = new ByteArrayOutputStream();
    Envelope.write(answer, "id", path, out);
    return out.toString(UTF_8);
  }

  private static String envelope(String data, String wrapInfo, String warnings, String auth) {
    return ("{\"request_id\":\"id\",\"lease_id\":\"\",\"renewable\":false,\"lease_duration\":0,"
            + "\"data\":%s,\"wrap_info\":%s,\"warnings\":%s,\"auth\":%s}")
        .formatted(data, wrapInfo, warnings, auth);
  }

  @Test
  void dataHasNullsAroundIt() {
    assertThat(text(Answer.of(Map.of("a", 1L))))
        .isEqualTo(envelope("{\"a\":1}", "null", "null", "null"));
  }

  @Test
  void aLeaseIsTold() {
    Answer answer =
        Answer.of(Map.of()).with(new Answer.Lease("aws/creds/a/1", Duration.ofHours(1), true));
    assertThat(text(answer))
        .startsWith(
            "{\"request_id\":\"id\",\"lease_id\":\"aws/creds/a/1\",\"renewable\":true,"
                + "\"lease_duration\":3600,\"data\":{},");
  }

  @Test
  void aTokenIsHandedOut() {
    assertThat(text(Answer.of(AUTH)))
        .isEqualTo(
            envelope(
                "null",
                "null",
                "null",
                "{\"client_token\":\"s.afP6w5UrZGLrKyedHo408w6x\","
                    + "\"accessor\":\"yy4N8Rfi2kYC5egmXyPVZFUU\",\"policies\":[\"default\"],"
                    + "\"token_policies\":[\"default\"],\"metadata\":{\"a\":\"b\"},"
                    + "\"lease_duration\":2764800,\"renewable\":true,\"entity_id\":\"\","
                    + "\"token_type\":\"service\",\"orphan\":false,\"mfa_requirement\":null,"
                    + "\"num_uses\":3}"));
  }

  @Test
  void aWrappedAnswerHasNoRequestId() {
    var info =
        new WrapInfo(
            "s.JY8KBTr2slSwA63ut0aAhAtG",
            "UF5CZyzDEoaaIdfwMF1z63lR",
            Duration.ofMinutes(1),
            Instant.parse("2026-11-24T15:25:37.838629974Z"),
            "auth/token/create",
            "w53gG3voqXXdeZHJJhckrbe4");
    String wrapInfo =
        "{\"token\":\"s.JY8KBTr2slSwA63ut0aAhAtG\",\"accessor\":\"UF5CZyzDEoaaIdfwMF1z63lR\","
            + "\"ttl\":60,\"creation_time\":\"2026-11-24T15:25:37.838629974Z\","
            + "\"creation_path\":\"auth/token/create\","
            + "\"wrapped_accessor\":\"w53gG3voqXXdeZHJJhckrbe4\"}";
    assertThat(text(Answer.of(info, List.of())))
        .isEqualTo(envelope("null", wrapInfo, "null", "null").replace("\"id\"", "\"\""));
  }

  @Test
  void anErrorIsAListOfTexts() {
    assertThat(text(Answer.error(403, "permission denied")))
        .isEqualTo("{\"errors\":[\"permission denied\"]}");
    assertThat(text(Answer.error(404))).isEqualTo("{\"errors\":[]}");
    assertThat(text(Answer.error(400, "no").warned(List.of("careful"))))
        .isEqualTo("{\"errors\":[\"no\"],\"warnings\":[\"careful\"]}");
  }

  @Test
  void whatIsNotThereMayHaveDataOrWarningsAllTheSame() {
    assertThat(text(Answer.of(404, Map.of("metadata", Map.of()))))
        .isEqualTo(envelope("{\"metadata\":{}}", "null", "null", "null"));
    assertThat(text(Answer.error(404).warned(List.of("not supported"))))
        .isEqualTo(envelope("null", "null", "[\"not supported\"]", "null"));
  }

  @Test
  void nothingIsNothing() {
    assertThat(text(Answer.NOTHING)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "sys/mounts, true",
    "sys/mounts/secret/tune, true",
    "sys/auth, true",
    "sys/auth/token, true",
    "sys/audit, true",
    "sys/audit-hash/file, true",
    "sys/policy, true",
    "sys/policy/a, true",
    "sys/capabilities-self, true",
    "sys/key-status, true",
    "sys/ha-status, true",
    "sys/config/cors, true",
    "sys/config/auditing/request-headers/x, true",
    "sys/policies/acl, false",
    "sys/rotate/config, false",
    "sys/leases/lookup/, false",
    "sys/wrapping/lookup, false",
    "secret/data/a, false",
    "auth/token/lookup-self, false",
  })
  void someFieldsAreBesideTheDataToo(String path, boolean repeated) {
    String usual = envelope("{\"a\":1,\"warnings\":2}", "null", "null", "null");
    var data = new java.util.LinkedHashMap<String, Object>();
    data.put("a", 1L);
    data.put("warnings", 2L);
    assertThat(text(Answer.of(data), path))
        .isEqualTo(repeated ? "{\"a\":1," + usual.substring(1) : usual);
  }

  @Test
  void whatIsStoredForLaterRepeatsNothing() {
    assertThat(new String(Envelope.bytes(Answer.of(Map.of("a", 1L)), "id"), UTF_8))
        .isEqualTo(envelope("{\"a\":1}", "null", "null", "null"));
  }
}
