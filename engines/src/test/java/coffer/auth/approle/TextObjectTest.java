package coffer.auth.approle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextObjectTest {
  @Test
  void anObjectOfTextsIsRead() {
    assertThat(TextObject.parse("{}")).contains(Map.of());
    assertThat(TextObject.parse(" { \"a\" : \"b\" ,\n\t\"c\":null } "))
        .contains(Map.of("a", "b", "c", ""));
    assertThat(TextObject.parse("{\"a\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD83D\\uDE00\"}"))
        .contains(Map.of("a", "\"\\/\b\f\n\r\té😀"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "{",
        "{}x",
        "[]",
        "null",
        "\"a\"",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1}",
        "{\"a\":[]}",
        "{\"a\":{}}",
        "{\"a\":true}",
        "{\"a\":\"b\",}",
        "{\"a\":\"b\"",
        "{\"a\":\"b",
        "{a:\"b\"}",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\u00g0\"}",
        "{\"a\":\"\\u00\"}",
        "{\"a\":\"\n\"}",
        "{\"a\":nul}"
      })
  void anythingElseIsNone(String text) {
    assertThat(TextObject.parse(text)).isEmpty();
  }
}
