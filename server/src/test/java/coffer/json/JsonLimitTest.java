package coffer.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonLimitTest {
  private static Object read(String text, JsonLimit limit) {
    byte[] bytes = text.getBytes(UTF_8);
    return Json.object(bytes, 0, bytes.length, limit);
  }

  @Test
  void namesAndTextsAreCountedTogether() {
    var limit = new JsonLimit(4, Long.MAX_VALUE);
    assertThat(read("{\"a\":\"b\",\"c\":\"d\"}", limit)).isNotNull();
    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(() -> read("{\"a\":\"b\",\"c\":[\"d\",\"e\"]}", limit))
        .withMessage("exceeded maximum number of strings")
        .matches(JsonException::tooComplex);
  }

  /// At 2,000 bytes a peer let these through or not.
  @ParameterizedTest
  @CsvSource({
    "1, 70, true",
    "1, 85, false",
    "[], 45, true",
    "[], 50, false",
    "{}, 20, true",
    "{}, 25, false",
  })
  void memoryIsEstimatedAboutAsThePeersDo(String item, int count, boolean allowed) {
    String text = "{\"a\":[" + (item + ",").repeat(count - 1) + item + "]}";
    var limit = new JsonLimit(Long.MAX_VALUE, 2_000);
    if (allowed) {
      assertThat(read(text, limit)).isNotNull();
    } else {
      assertThatExceptionOfType(JsonException.class)
          .isThrownBy(() -> read(text, limit))
          .withMessage("exceeded maximum estimated memory limits");
    }
  }

  @Test
  void otherMistakesAreNoMatterOfComplexity() {
    assertThatExceptionOfType(JsonException.class)
        .isThrownBy(() -> read("{", JsonLimit.NONE))
        .matches(e -> !e.tooComplex());
  }
}
