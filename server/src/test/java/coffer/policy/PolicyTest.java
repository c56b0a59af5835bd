package coffer.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import coffer.engine.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyTest {
  static Stream<Arguments> refused() {
    return Stream.of(
        Arguments.of(
            "path \"a\" { foo = \"x\" }",
            "path \"a\": 1 error occurred:\n\t* invalid key \"foo\" on line 1\n\n"),
        Arguments.of(
            "path \"a\" {\n foo=1\n bar=2 }",
            "path \"a\": "
                + errors("invalid key \"foo\" on line 2", "invalid key \"bar\" on line 3")),
        Arguments.of("x = 1", "1 error occurred:\n\t* invalid key \"x\" on line 1\n\n"),
        Arguments.of(
            "path \"a\" {\n  capabilities = [\"reed\"]\n}",
            "path \"a\": path \"a\": invalid capability \"reed\""),
        Arguments.of(
            "path \"a\" { policy = \"bad\" }", "path \"a\": path \"a\": invalid policy \"bad\""),
        Arguments.of(
            "path \"a\" {\n capabilities = \"read\"\n}",
            "path \"a\": At 2:17: capabilities must be a list, not a string"),
        Arguments.of(
            "path \"a\" { capabilities = [[\"read\"]] }",
            "path \"a\": At 1:28: expected a string, got a list"),
        Arguments.of(
            "path \"a\" { capabilities = [\"read\" }",
            "At 1:35: error parsing list, expected comma or list end, got: RBRACE"),
        Arguments.of(
            "path \"a/+*\" {}",
            "path \"a/+*\": path \"a/+*\": invalid use of wildcards ('+*' is forbidden)"),
        Arguments.of(
            "path \"a\" { min_wrapping_ttl = \"x\" }",
            "path \"a\": error parsing min_wrapping_ttl: time: invalid duration \"x\""),
        Arguments.of(
            "path \"a\" { min_wrapping_ttl = \"5m\" max_wrapping_ttl=\"1m\" }",
            "path \"a\": max_wrapping_ttl cannot be less than min_wrapping_ttl"),
        Arguments.of(
            "path \"a\" { expiration = \"x\" }",
            "path \"a\": path \"a\": invalid expiration time: could not parse string as date and"
                + " time"),
        Arguments.of(
            "path \"{{identity.entity.id\" {}",
            "path \"{{identity.entity.id\": failed to validate policy templating: unbalanced"
                + " templating characters"),
        Arguments.of(
            "path \"a\" { control_group { } }",
            "path \"a\": error handling control_group: "
                + errors("requires at least one factor but had none")),
        Arguments.of(
            "path \"a\" { control_group { factor \"x\" { controlled_capabilities=[\"foo\"] } } }",
            "path \"a\": error handling control_group: "
                + errors("path control_group Operation(s) not valid: foo")),
        Arguments.of(
            "path \"a\" { control_group { factor \"x\" { } } }",
            "path \"a\": error handling control_group: "
                + errors("factor 0: missing controlled capabilities")),
        Arguments.of("path { policy = \"read\" }", "At 1:1: path needs a name"),
        Arguments.of("path \"a\" \"b\" {}", "At 1:10: path takes one name"));
  }

  private static String errors(String... errors) {
    String head = errors.length == 1 ? "1 error occurred:" : errors.length + " errors occurred:";
    return head + "\n\t* " + String.join("\n\t* ", errors) + "\n\n";
  }

  @ParameterizedTest
  @MethodSource("refused")
  void aMistakeIsNamedWithItsPlace(String text, String message) {
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> Policy.parse("p", text))
        .withMessage("failed to parse policy: " + message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " ",
        "# nothing",
        "name = \"x\"",
        "\"path\" \"a\" { \"capabilities\" = [\"read\"] }",
        "{\"path\":{\"a\":{\"capabilities\":[\"read\"]}}}",
        "path \"{{identity.entity.id}}/*\" { capabilities = [\"read\"] }",
        "path \"a\" { capabilities = [\"read\",], comment = 5, mfa_methods = [\"x\"] }",
        "path \"\" { capabilities = [\"read\"] }",
      })
  void theLanguageIsAccepted(String text) {
    assertThat(Policy.parse("p", text).text()).isEqualTo(text);
  }

  @Test
  void everySettingOfARuleIsRead() {
    Rule rule =
        Policy.parse(
                "p",
                """

                path "/a/b" {
                  capabilities = ["read"]
                  capabilities = ["sudo"]
                  allowed_parameters = { "A" = ["x", 1], "*" = [] }
                  denied_parameters { b = [] }
                  required_parameters = ["c"]
                  min_wrapping_ttl = 5
                  max_wrapping_ttl = "1h"
                  pagination_limit = "7"
                  expiration = "2030-01-01T00:00:00Z"
                }
                """)
            .rules()
            .getFirst();
    assertThat(rule.path()).isEqualTo("a/b");
    assertThat(rule.line()).isEqualTo(2);
    assertThat(rule.capabilities()).isEqualTo(Capability.READ.bit() | Capability.SUDO.bit());
    assertThat(rule.allowed()).hasToString("{a=[x, 1], *=[]}");
    assertThat(rule.denied()).hasToString("{b=[]}");
    assertThat(rule.required()).containsExactly("c");
    assertThat(rule.minWrappingTtl()).isEqualTo(Duration.ofSeconds(5));
    assertThat(rule.maxWrappingTtl()).isEqualTo(Duration.ofHours(1));
    assertThat(rule.paginationLimit()).isEqualTo(7);
    assertThat(rule.expiration()).contains(Instant.parse("2030-01-01T00:00:00Z"));
  }

  @Test
  void theOldShorthandStandsForCapabilities() {
    assertThat(capabilities("read")).containsExactly("list", "read");
    assertThat(capabilities("write")).containsExactly("create", "delete", "list", "read", "update");
    assertThat(capabilities("sudo"))
        .containsExactly("create", "delete", "list", "read", "sudo", "update");
    assertThat(capabilities("deny")).containsExactly("deny");
  }

  private static List<String> capabilities(String old) {
    Policy policy = Policy.parse("p", "path \"a\" { policy = \"" + old + "\" }");
    return Acl.compile(List.of(policy), Instant.EPOCH).capabilities("a");
  }
}
