package coffer.audit;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.engine.Operation;
import coffer.engine.Refusal;
import coffer.engine.Refusal.Why;
import coffer.exchange.Answer;
import coffer.exchange.Request;
import coffer.policy.Acl;
import coffer.policy.Policy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What lines say beyond the peer's, and of what the peer's lines have no example.
class ScribeTest {
  private static final Acl ACL =
      Acl.compile(
          List.of(
              Policy.parse(
                  "p",
                  """
                  path "secret/+/a*" { capabilities = ["read"] }
                  path "secret/data/d" { capabilities = ["deny"] }
                  path "sys/audit" { capabilities = ["read"] }
                  """)),
          Instant.EPOCH);

  private final Scribe scribe =
      new Scribe(new LineOptions(false, true, false, ""), new Salt("salt"), new ClientIds()::of);

  private String line(Request request) {
    var line = new LineBuffer();
    scribe.request(request, List.of(), Map.of(), Instant.EPOCH, line);
    return StandardCharsets.UTF_8.decode(line.text()).toString();
  }

  private String line(Request request, Answer answer) {
    var line = new LineBuffer();
    scribe.response(request, answer, Map.of(), Instant.EPOCH, line);
    return StandardCharsets.UTF_8.decode(line.text()).toString();
  }

  private static Request judged(Operation operation, String path) {
    Request request = Exchanges.request(operation, path, Map.of());
    request.token(Exchanges.token("accessor"));
    request.verdict(ACL.judge(operation, path, Map.of(), null));
    return request;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "READ|secret/data/abc|{\"allowed\":true,\"granting_policies\":[{\"name\":\"p\","
            + "\"namespace_id\":\"root\",\"type\":\"acl\",\"line\":1}],\"rule\":\"secret/+/a*\"}",
        "READ|secret/data/d|{\"allowed\":false,\"denying_policies\":[{\"name\":\"p\","
            + "\"namespace_id\":\"root\",\"type\":\"acl\",\"line\":2}],\"rule\":\"secret/data/d\","
            + "\"reason\":\"the rule denies\"}",
        "UPDATE|secret/data/abc|{\"allowed\":false,\"denying_policies\":[{\"name\":\"p\","
            + "\"namespace_id\":\"root\",\"type\":\"acl\",\"line\":1}],\"rule\":\"secret/+/a*\","
            + "\"reason\":\"the rule lacks the capability\"}",
        "READ|other|{\"allowed\":false,\"reason\":\"no rule matches the path\"}",
      })
  void aLineSaysWhyARequestWasAllowedOrDenied(Operation operation, String path, String results) {
    assertThat(line(judged(operation, path))).contains("\"policy_results\":" + results + ",");
  }

  @Test
  void aRequestThatLacksSudoAloneIsNotAllowed() {
    Request request = judged(Operation.READ, "sys/audit");
    request.refusal(new Refusal(Why.DENIED, "permission denied"));

    assertThat(line(request))
        .contains("\"allowed\":false", "\"reason\":\"the rule lacks sudo\"")
        .doesNotContain("granting_policies");
  }

  @ParameterizedTest
  @CsvSource({"1,2", "-1,1", "0,0"})
  void theUsesOfATokenAreThoseWithThisOne(long left, long remaining) {
    Request request = judged(Operation.READ, "secret/data/abc");
    request.token(Exchanges.token("accessor").withUses(left));
    String field = "\"remaining_uses\":" + remaining + ",";

    assertThat(line(request).contains(field)).isEqualTo(remaining != 0);
  }

  @Test
  void aBodyThatIsNoJsonIsHashedAsAWhole() {
    byte[] body = {'a', (byte) 0xff, 0};
    Answer answer = Answer.raw(200, "application/octet-stream", body);

    assertThat(line(judged(Operation.READ, "secret/data/abc"), answer))
        .containsPattern(
            "\"data\":\\{\"http_content_type\":\"hmac-sha256:[0-9a-f]{64}\","
                + "\"http_raw_body\":\"hmac-sha256:[0-9a-f]{64}\",\"http_status_code\":200}");
  }

  @Test
  void warningsAndLeasesAreInTheClear() {
    Answer answer =
        Answer.of(Map.of("password", "hidden"))
            .with(new Answer.Lease("database/creds/r/1", Duration.ofHours(1), true))
            .warned(List.of("mind the gap"));

    assertThat(line(judged(Operation.READ, "secret/data/abc"), answer))
        .contains("\"secret\":{\"lease_id\":\"database/creds/r/1\"},\"data\":{")
        .contains("},\"warnings\":[\"mind the gap\"]}")
        .doesNotContain("hidden");
  }

  @Test
  void noTextOfALineIsLeftForTheNext() {
    Request request = Exchanges.request(Operation.UPDATE, "sys/x", Map.of("a", "one", "b", "one"));
    String first = line(request);

    assertThat(line(request)).isEqualTo(first);
    assertThat(first.split("hmac-sha256:", -1)).hasSize(3);
  }
}
