package coffer.sys;

import static coffer.engine.Operation.DELETE;
import static coffer.engine.Operation.READ;
import static coffer.engine.Operation.UPDATE;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.engine.Reply;
import coffer.json.Fields;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RootGenerationRoutesTest extends SealCalls {
  @Test
  void generatingARootTokenAnswersAsThePeersDo() {
    List<String> keys = open();
    String none = text("generate-root/attempt");
    assertThat(none)
        .isEqualTo(
            "{\"nonce\":\"\",\"started\":false,\"progress\":0,\"required\":2,"
                + "\"complete\":false,\"encoded_token\":\"\",\"encoded_root_token\":\"\","
                + "\"pgp_fingerprint\":\"\",\"otp\":\"\",\"otp_length\":28}");
    Fields begun = raw(UPDATE, "generate-root/attempt", Map.of());
    assertThat(begun.text("otp")).hasSize(28);
    assertThat(text("generate-root/attempt")).contains("\"otp\":\"\"", "\"otp_length\":28");
    String nonce = begun.text("nonce");
    refused(
        400,
        "'key' must be specified in request body as JSON",
        UPDATE,
        "generate-root/update",
        Map.of("nonce", nonce));
    Fields one = raw(UPDATE, "generate-root/update", share(keys.get(1), nonce));
    assertThat(one.number("progress")).isEqualTo(1);
    assertThat(one.flag("complete")).isFalse();
    Fields all = raw(UPDATE, "generate-root/update", share(keys.get(2), nonce));
    assertThat(all.flag("complete")).isTrue();
    assertThat(all.flag("started")).isTrue();
    assertThat(all.number("progress")).isEqualTo(2);
    assertThat(all.number("otp_length")).isZero();
    assertThat(all.text("encoded_token")).isEqualTo(all.text("encoded_root_token")).hasSize(38);
    assertThat(
            data(
                UPDATE,
                "decode-token",
                Map.of("encoded_token", all.text("encoded_token"), "otp", begun.text("otp"))))
        .isEqualTo("{\"token\":\"hvs.RootTokenOfTheTest000002\"}");
    assertThat(text("generate-root/attempt")).isEqualTo(none);
    assertThat(ask(DELETE, "generate-root/attempt")).isEqualTo(Reply.DONE);
    refused(
        400, "PGP keys are not supported", UPDATE, "generate-root/attempt", Map.of("pgp_key", "a"));
  }

  @Test
  void generatingARootTokenWithATokenAnswersAsThePeerDoes() {
    List<String> keys = open();
    assertThat(data(READ, "generate-root-token/attempt", Map.of()))
        .isEqualTo(
            "{\"complete\":false,\"otp\":\"\",\"otp_length\":28,\"progress\":0,\"required\":2,"
                + "\"started\":false}");
    Fields begun = parsed(data(UPDATE, "generate-root-token/attempt", Map.of()));
    assertThat(begun.map().keySet())
        .containsExactly(
            "complete",
            "nonce",
            "otp",
            "otp_length",
            "pgp_fingerprint",
            "progress",
            "required",
            "started");
    String nonce = begun.text("nonce");
    refused(400, "nonce is required", UPDATE, "generate-root-token/update", Map.of("key", "abcd"));
    refused(400, "key is required", UPDATE, "generate-root-token/update", Map.of("nonce", nonce));
    assertThat(
            without(data(UPDATE, "generate-root-token/update", share(keys.get(0), nonce)), nonce))
        .isEqualTo(
            "{\"complete\":false,\"encoded_token\":\"\",\"nonce\":\"…\",\"pgp_fingerprint\":\"\","
                + "\"progress\":1,\"required\":2,\"started\":true}");
    assertThat(data(UPDATE, "generate-root-token/update", share(keys.get(1), nonce)))
        .contains("\"complete\":true", "\"progress\":2");
    assertThat(ask(DELETE, "generate-root-token/attempt")).isEqualTo(Reply.DONE);
  }

  @ParameterizedTest
  @CsvSource({
    "'', x, provided 'encoded_token' or 'otp' is empty",
    "abcd, '', provided 'encoded_token' or 'otp' is empty",
    "abc, x, error xoring token: length of byte slices is not equivalent: 2 != 1",
    "a, x, error decoding base64'd token: illegal base64 data at input byte 0",
    "ab=, x, error decoding base64'd token: illegal base64 data at input byte 2",
    "abcde, x, error decoding base64'd token: illegal base64 data at input byte 4",
    "ab!c, x, error decoding base64'd token: illegal base64 data at input byte 2"
  })
  void whatIsNoTokenIsNotDecoded(String encoded, String password, String message) {
    refused(
        400, message, UPDATE, "decode-token", Map.of("encoded_token", encoded, "otp", password));
  }
}
