package coffer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`\"\"`|`\"\"`",
        "`\"a\"`|a",
        "`\"a b\"`|a b",
        "`\"1\"`|`\"1\"`",
        "`\"1.5\"`|`\"1.5\"`",
        "`\"1e3\"`|`\"1e3\"`",
        "`\"0x1f\"`|`\"0x1f\"`",
        "`\"2.7.2\"`|2.7.2",
        "`\"true\"`|`\"true\"`",
        "`\"No\"`|`\"No\"`",
        "`\"null\"`|`\"null\"`",
        "`\"2026-11-24T10:26:45Z\"`|`\"2026-11-24T10:26:45Z\"`",
        "`\"a: b\"`|`'a: b'`",
        "`\"a:b\"`|a:b",
        "`\"it's: x\"`|`'it''s: x'`",
        "`\"- x\"`|`'- x'`",
        "`\"-x\"`|-x",
        "`\"*x\"`|`'*x'`",
        "`\" x\"`|`' x'`",
        "`\"a #b\"`|`'a #b'`",
        "`\"a\\tb\"`|`\"a\\tb\"`",
        "12|12",
        "-12.50|-12.5",
        "1.5e10|1.5e+10",
        "1234567.5|1.2345675e+06",
        "0.00001|1e-05",
        "12345678901234567890|12345678901234567890",
        "true|true",
        "null|null",
        "{}|{}",
        "[]|[]"
      })
  void aTextIsQuotedWhereItWouldBeReadAsSomethingElse(String json, String yaml) {
    assertThat(Yaml.write(JsonReader.read(json))).isEqualTo(yaml + "\n");
  }

  @Test
  void mapsAndListsAreIndented() {
    String json =
        "{\"b\":[1,{\"c\":\"d\",\"e\":[2]}],\"a\":{\"x10\":1,\"x9\":{},\"_\":\"l1\\nl2\"}}";
    assertThat(Yaml.write(JsonReader.read(json)))
        .isEqualTo(
            """
            a:
              _: |-
                l1
                l2
              x9: {}
              x10: 1
            b:
            - 1
            - c: d
              e:
              - 2
            """);
  }
}
