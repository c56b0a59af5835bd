package coffer.hcl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HclTest {
  private static Object plain(String text) {
    return Hcl.parse(text).plain();
  }

  @Test
  void everyKindOfValueIsRead() {
    String text =
        """
        # a comment
        // another
        a = "text" /* and one more */
        "b" = 12, c = -3
        d = 0x1F
        e = 010
        f = 1.5
        g = 2e3
        h = true
        i = ["x", 1, ["y"], { z = false },]
        j { k = "l" }
        m "n" { o = "p" }
        """;
    assertThat(plain(text).toString())
        .isEqualTo(
            "{a=text, b=12, c=-3, d=31, e=8, f=1.5, g=2E+3, h=true, i=[x, 1, [y], {z=false}],"
                + " j={k=l}, m={n={o=p}}}");
  }

  static Stream<Arguments> literals() {
    return Stream.of(
        Arguments.of("\"a\\n\\t\\\"\\\\\"", "a\n\t\"\\"),
        Arguments.of("\"\\u00e9\\U0001F600\\x41\\101\"", "é😀AA"),
        Arguments.of("\"${ \"quoted\" }\"", "${ \"quoted\" }"),
        Arguments.of("\"${a{b}}c\"", "${a{b}}c"),
        Arguments.of("\"$x{\"", "$x{"));
  }

  @ParameterizedTest
  @MethodSource("literals")
  void escapesAreUndoneButNotBetweenBraces(String literal, String expected) {
    assertThat(plain("a = " + literal)).isEqualTo(Map.of("a", expected));
  }

  @Test
  void heredocsKeepTheirLinesAndLoseTheIndentationIfAsked() {
    assertThat(plain("a = <<EOF\n one\n  two\n EOF\n")).isEqualTo(Map.of("a", " one\n  two\n"));
    assertThat(plain("a = <<-EOF\n one\n  two\n EOF\n")).isEqualTo(Map.of("a", "one\n two\n"));
    assertThat(plain("a = <<-EOF\none\n  two\n EOF\n")).isEqualTo(Map.of("a", "one\n  two\n"));
  }

  @Test
  void jsonGivesTheSameTree() {
    String hcl = "path \"a\" { capabilities = [\"read\"] }\npath \"b\" { min = 5 }";
    String json = "{\"path\": {\"a\": {\"capabilities\": [\"read\"]}, \"b\": {\"min\": 5}}}";
    String list = "{\"path\": [{\"a\": {\"capabilities\": [\"read\"]}}, {\"b\": [{\"min\": 5}]}]}";
    assertThat(plain(json)).isEqualTo(plain(hcl));
    for (String text : List.of(hcl, json, list)) {
      assertThat(Hcl.parse(text).stanzas("path", "name"))
          .extracting(stanza -> stanza.label().name(), stanza -> stanza.body().plain().toString())
          .hasToString("[(\"a\", \"{capabilities=[read]}\"), (\"b\", \"{min=5}\")]");
    }
  }

  @Test
  void everyNodeKnowsItsPlace() {
    Value.Body body = Hcl.parse("a = 1\n  bé \"x\" {\n  c = [2]\n}");
    Item block = body.items().get(1);
    assertThat(block.at()).hasToString("2:3");
    assertThat(block.keys().get(1).at()).hasToString("2:6");
    assertThat(block.value().at()).hasToString("2:10");
    assertThat(block.value().body().items().getFirst().value().list().getFirst().at())
        .hasToString("3:8");
    Value.Body json = Hcl.parse("{\n \"a\": {\"b\": 1}}");
    assertThat(json.items().getFirst().at()).hasToString("2:2");
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        Arguments.of(
            "path \"a\" { capabilities = [\"read\" }",
            "1:35: error parsing list, expected comma or list end, got: RBRACE"),
        Arguments.of("path \"a\" {", "1:11: object expected closing RBRACE got: EOF"),
        Arguments.of(
            "path \"a\"",
            "1:9: key 'path \"a\"' expected start of object ('{') or assignment ('=')"),
        Arguments.of(
            "path \"a\" { x }", "1:14: key 'x' expected start of object ('{') or assignment ('=')"),
        Arguments.of("path \"a\" = { }", "1:10: nested object expected: LBRACE got: ASSIGN"),
        Arguments.of("a = 0x", "1:7: illegal hexadecimal number"),
        Arguments.of("}", "1:1: expected: IDENT | STRING | ASSIGN | LBRACE got: RBRACE"),
        Arguments.of("a : 5", "1:3: illegal char"),
        Arguments.of("path 'a' {}", "1:6: illegal char"),
        Arguments.of("path \"a\\q\" {}", "1:9: illegal char escape"),
        Arguments.of("a = \0", "1:5: unexpected null character (0x00)"),
        Arguments.of("/* x", "1:5: comment not terminated"),
        Arguments.of("/ x", "1:1: expected '/' for comment"),
        Arguments.of("= 3", "1:1: no object keys found!"),
        Arguments.of("a = \"x\n", "1:7: literal not terminated"),
        Arguments.of("a = <<EOF\nx\n", "3:1: heredoc not terminated"),
        Arguments.of("a = b", "1:5: Unknown token: IDENT b"),
        Arguments.of("a = [b]", "1:6: unexpected token while parsing list: IDENT"),
        Arguments.of(
            "{\"a\": 1} x",
            "1:10: invalid JSON: Unrecognized token 'x': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void aTextThatIsNotHclIsRefusedWithItsPlace(String text, String message) {
    assertThatExceptionOfType(HclException.class)
        .isThrownBy(() -> Hcl.parse(text))
        .withMessage("At " + message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "{\"a\":", "{\"a\": }", "{\"a\": [}", "{\"a\": tru}", "{a: 1}"})
  void brokenJsonIsRefused(String text) {
    assertThatExceptionOfType(HclException.class)
        .isThrownBy(() -> Hcl.parse(text))
        .withMessageMatching("At 1:[0-9]+: invalid JSON: .*");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a {", "a = [", "{\"a\":", "a = { b "})
  void deepNestingIsRefusedAndDoesNotOverflowTheStack(String level) {
    assertThatExceptionOfType(HclException.class)
        .isThrownBy(() -> Hcl.parse(level.repeat(100_000)));
  }

  @Test
  void aMebibyteOfRulesIsReadAndMoreThanTheLimitIsNot() {
    String rule = "path \"secret/a\" { capabilities = [\"read\"] }\n";
    String text = rule.repeat(2 * 1024 * 1024 / rule.length());
    assertThat(Hcl.parse(text).items()).hasSizeGreaterThan(40_000);
    assertThatExceptionOfType(HclException.class)
        .isThrownBy(() -> Hcl.parse("#".repeat(Hcl.MAX_LENGTH + 1)));
  }

  @Test
  void aValueOfTheWrongKindIsRefused() {
    Value.Body body = Hcl.parse("a = \"x\"\nb = [1]\nc = \"1h\"\nd = 90\ne = 1.5\nf = \"true\"");
    assertThat(body.values("c").getFirst().duration()).isEqualTo(Duration.ofHours(1));
    assertThat(body.values("d").getFirst().duration()).isEqualTo(Duration.ofSeconds(90));
    assertThat(body.values("e").getFirst().duration()).isEqualTo(Duration.ofSeconds(1));
    assertThat(body.values("f").getFirst().flag()).isTrue();
    assertThatExceptionOfType(HclException.class)
        .isThrownBy(() -> body.values("a").getFirst().integer())
        .withMessage("At 1:5: not a whole number");
    assertThatExceptionOfType(HclException.class)
        .isThrownBy(() -> body.values("b").getFirst().text())
        .withMessage("At 2:5: expected a string, got a list");
    assertThatExceptionOfType(HclException.class)
        .isThrownBy(() -> body.values("a").getFirst().duration())
        .withMessage("At 1:5: time: invalid duration \"x\"");
  }

  @Test
  void aHugeExponentIsNoBurden() {
    Value.Body body = Hcl.parse("a = 1e999999999");
    assertThatExceptionOfType(HclException.class)
        .isThrownBy(() -> body.values("a").getFirst().duration());
    assertThatExceptionOfType(HclException.class)
        .isThrownBy(() -> body.values("a").getFirst().integer());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void noTextMakesTheParserThrowAnythingElse(long seed) {
    var random = new Random(seed);
    List<String> seeds =
        List.of(
            "path \"secret/*\" {\n  capabilities = [\"read\", \"list\"] # c\n  x = <<-E\n a\n E\n}\n",
            "{\"path\": {\"a\": {\"capabilities\": [\"read\", 1.5e3, null, true]}}}",
            "listener \"tcp\" { address = \"${ a }\" }\n/* c */ a = 0x1F\nb = -1.5\n",
            "name = \"\\u00e9\\n\\101\"\npath \"{{identity.entity.id}}\" { policy = \"write\" }");
    for (int round = 0; round < 4_000; round++) {
      String text = mutate(seeds.get(random.nextInt(seeds.size())), random);
      try {
        Hcl.parse(text).plain();
        assertThat(Hcl.format(text)).isNotNull();
      } catch (HclException e) {
        assertThat(e.at().line()).isPositive();
        assertThat(e.at().column()).isPositive();
      }
    }
  }

  private static String mutate(String seed, Random random) {
    String alphabet = "{}[]\"\\#/*=,<>-E\n\r\t .$+aé\0\ud83d0129exu'";
    var text = new StringBuilder(seed);
    int changes = 1 + random.nextInt(6);
    for (int i = 0; i < changes && !text.isEmpty(); i++) {
      int at = random.nextInt(text.length());
      char c = alphabet.charAt(random.nextInt(alphabet.length()));
      switch (random.nextInt(4)) {
        case 0 -> text.setCharAt(at, c);
        case 1 -> text.insert(at, c);
        case 2 -> text.deleteCharAt(at);
        default -> text.insert(at, text.substring(random.nextInt(at + 1), at));
      }
    }
    return text.toString();
  }
}
