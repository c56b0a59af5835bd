package coffer.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Half a character from outside becomes a whole one, and what is kept can be read again.
class SurrogatesTest {
  private static Map<String, Object> read(String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    return Json.object(bytes, 0, bytes.length, new JsonLimit(10, 10_000));
  }

  @Test
  void halvesWithoutTheirOtherHalfAreReplaced() {
    assertThat(read("{\"a\": \"x\\udc00y\\ud83d\"}"))
        .containsExactly(Map.entry("a", "x\ufffdy\ufffd"));
  }

  @Test
  void pairsAndEverythingElseAreLeftAlone() {
    assertThat(read("{\"\\ud83d\\ude00\": \"ü😀\"}")).containsExactly(Map.entry("😀", "ü😀"));
  }
}
