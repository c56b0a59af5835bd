package coffer.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class KindTest {
  private static final String SEVERAL = "decoding failed due to the following error(s):\n\n";

  static List<Arguments> unreadable() {
    return List.of(
        Arguments.of(
            Kind.INTEGER,
            "many",
            "'' cannot parse value as 'int': strconv.ParseInt: invalid syntax"),
        Arguments.of(
            Kind.INTEGER,
            new BigInteger("99999999999999999999"),
            "'' cannot parse value as 'int': strconv.ParseInt: value out of range"),
        Arguments.of(
            Kind.BOOLEAN,
            "perhaps",
            "'' cannot parse value as 'bool': strconv.ParseBool: invalid syntax"),
        Arguments.of(
            Kind.TEXTS,
            Map.of("a", "b"),
            SEVERAL
                + "'[0]' expected type 'string', got unconvertible type 'map[string]interface {}'"),
        Arguments.of(
            Kind.STRINGS,
            List.of("a", List.of("b")),
            SEVERAL + "'[1]' expected type 'string', got unconvertible type '[]interface {}'"),
        Arguments.of(Kind.TTL, List.of(1L), "could not parse duration from input"),
        Arguments.of(Kind.TTL, true, "could not parse duration from input"),
        Arguments.of(Kind.TTL, "-5m", "cannot provide negative value '-300'"));
  }

  @ParameterizedTest
  @MethodSource("unreadable")
  void whatCannotBeReadIsRefusedInTheWordsOfThePeers(Kind<?> kind, Object value, String message) {
    assertThatThrownBy(() -> kind.read("f", value))
        .isInstanceOf(Refusal.class)
        .hasMessage("Field validation failed: error converting input for field \"f\": " + message);
  }

  @Test
  void aListOfTextsKeepsTheCommasOfAText() {
    assertThat(Kind.TEXTS.read("f", "a,b")).containsExactly("a,b");
    assertThat(Kind.STRINGS.read("f", "a, b")).containsExactly("a", "b");
    assertThat(Kind.TEXTS.read("f", List.of("a", 5L))).containsExactly("a", "5");
  }

  @Test
  void aTimeToLiveHasWholeSeconds() {
    assertThat(Kind.TTL.read("f", "1500ms")).isEqualTo(Duration.ofSeconds(1));
  }
}
