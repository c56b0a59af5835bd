package coffer.audit;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineBufferTest {
  @Test
  void piecesAreDividedByCommas() {
    var line = new LineBuffer();
    line.add('{');
    line.name("a\"b");
    line.openList();
    line.number(-12);
    line.bool(true);
    line.nothing();
    line.open();
    line.close();
    line.openList();
    line.closeList();
    line.string("x");
    line.closeList();
    line.name(LineBuffer.quoted("c"));
    line.number("1E+2");
    line.close();

    assertThat(text(line)).isEqualTo("{\"a\\\"b\":[-12,true,null,{},[],\"x\"],\"c\":1E+2}");
  }

  @Test
  void aLineStaysALineWhateverIsInIt() {
    var line = new LineBuffer();
    line.string("a\nb\rc\u2028d\u2029e\u0085f\u0000g\u007f");

    assertThat(text(line).lines()).hasSize(1);
    assertThat(text(line)).isEqualTo("\"a\\nb\\rc\\u2028d\\u2029e\u0085f\\u0000g\\u007f\"");
  }

  @Test
  void halfACharacterBecomesTheSignForNone() {
    var line = new LineBuffer();
    line.string("a\ud800b\udc00");

    assertThat(text(line)).isEqualTo("\"a\ufffdb\ufffd\"");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void anyTextCanBeReadBack(long seed) {
    var random = new Random(seed);
    var texts = new ArrayList<String>();
    for (int i = 0; i < 50; i++) {
      texts.add(text(random));
    }
    var line = new LineBuffer();
    line.openList();
    texts.forEach(line::string);
    line.closeList();

    assertThat(Json.value(line.text().array(), 0, line.length())).isEqualTo(texts);
  }

  private static String text(Random random) {
    var text = new StringBuilder();
    int length = random.nextInt(300);
    int[] most = {0x7f, 0x7ff, 0xffff, 0x10ffff};
    for (int i = 0; i < length; i++) {
      int point = random.nextInt(most[random.nextInt(most.length)] + 1);
      if (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE) {
        text.appendCodePoint(point);
      }
    }
    return text.toString();
  }

  @Test
  void aValueCanBeRepeated() {
    var line = new LineBuffer();
    line.open();
    line.name("a");
    line.string("value");
    line.name("b");
    line.again(5, 7);
    line.close();

    Map<String, Object> read = Json.object(line.text().array(), 0, line.length());
    assertThat(read).isEqualTo(Map.of("a", "value", "b", "value"));
  }

  private static String text(LineBuffer line) {
    return StandardCharsets.UTF_8.decode(line.text()).toString();
  }
}
