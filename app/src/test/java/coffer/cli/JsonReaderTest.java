package coffer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "null",
        "true",
        "-0.5e+10",
        "12345678901234567890",
        "\"a\\\"b\\\\c\\n\\t\\u0001\"",
        "{\"a\":[1,2,{\"b\":null}],\"c\":\"é\"}",
        "[[],{},\"\"]"
      })
  void whatIsReadIsWrittenAgainAsItWas(String json) {
    assertThat(JsonWriter.compact(JsonReader.read(json))).isEqualTo(json);
  }

  @Test
  void keysComeSorted() {
    assertThat(JsonWriter.compact(JsonReader.read("{\"b\":1,\"a\":2}")))
        .isEqualTo("{\"a\":2,\"b\":1}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`{`|unexpected end of JSON input",
        "``|unexpected end of JSON input",
        "`{\"a\"}`|invalid character '}' after object key",
        "`[1 2]`|invalid character '2' after array element",
        "`nul`|invalid character 'n' in literal null",
        "`{} x`|invalid character 'x' after top-level value",
        "`\"\\x\"`|invalid character 'x' in string escape code",
        "`-`|unexpected end of JSON input",
        "`01`|invalid character '1' after top-level value"
      })
  void whatIsNoJsonIsRefusedInWords(String json, String words) {
    assertThatThrownBy(() -> JsonReader.read(json))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(words);
  }

  @Test
  void nestingHasAnEnd() {
    assertThatThrownBy(() -> JsonReader.read("[".repeat(600)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("exceeded max depth");
  }
}
