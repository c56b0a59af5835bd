package coffer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.cli.Command.Shape;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParserTest {
  private static final Flag<String> NAME = Flag.text("name", "").env("NAME").alias("n");
  private static final Flag<Boolean> FORCE = Flag.truth("force", "");
  private static final Flag<Integer> COUNT = Flag.number("count", "").or(7);
  private static final Flag<Duration> TTL = Flag.duration("ttl", "");
  private static final Flag<List<String>> POLICY = Flag.list("policy", "");
  private static final Flag<Map<String, String>> META = Flag.pairs("meta", "");
  private static final Command COMMAND =
      Command.of("test", "", Shape.LOCAL, call -> 0).flags(NAME, FORCE, COUNT, TTL, POLICY, META);

  private Options options = new Options(new Env(Map.of()));

  private List<String> parse(String... words) {
    return Parser.parse(COMMAND, List.of(words), options);
  }

  @Test
  void aValueStandsAfterAnEqualsSignOrInTheNextWord() {
    assertThat(parse("-name=a", "--count", "3", "rest")).containsExactly("rest");
    assertThat(options.get(NAME)).isEqualTo("a");
    assertThat(options.get(COUNT)).isEqualTo(3);
  }

  @Test
  void anAliasIsTheSameFlag() {
    parse("-n=a");
    assertThat(options.get(NAME)).isEqualTo("a");
    assertThat(options.has(NAME)).isTrue();
  }

  @Test
  void aTruthTakesNoNextWord() {
    assertThat(parse("-force", "false")).containsExactly("false");
    assertThat(options.get(FORCE)).isTrue();
    parse("-force=false");
    assertThat(options.get(FORCE)).isFalse();
  }

  @Test
  void flagsEndWhereArgumentsBegin() {
    assertThat(parse("a", "-force")).containsExactly("a", "-force");
    assertThat(parse("--", "-force")).containsExactly("-force");
    assertThat(parse("-", "-force")).containsExactly("-", "-force");
    assertThat(options.has(FORCE)).isFalse();
  }

  @Test
  void listsAndPairsGrow() {
    parse("-policy=a", "-policy", "b", "-meta=k=v", "-meta=l=w=x");
    assertThat(options.get(POLICY)).containsExactly("a", "b");
    assertThat(options.get(META)).containsExactly(Map.entry("k", "v"), Map.entry("l", "w=x"));
  }

  @Test
  void whatIsLeftOutComesFromTheEnvironmentAndThenFromTheDeclaration() {
    assertThat(options.get(COUNT)).isEqualTo(7);
    options = new Options(new Env(Map.of("VAULT_NAME", "v", "BAO_NAME", "b")));
    assertThat(options.get(NAME)).isEqualTo("b");
    options = new Options(new Env(Map.of("VAULT_NAME", "v")));
    assertThat(options.get(NAME)).isEqualTo("v");
    options = new Options(new Env(Map.of("VAULT_NAME", "v", "BAO_NAME", "")));
    assertThat(options.get(NAME)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"90,90", "90s,90", "1h30m,5400", "2d,172800"})
  void aDurationIsInGosSyntaxOrInSeconds(String text, int seconds) {
    parse("-ttl", text);
    assertThat(options.get(TTL)).isEqualTo(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "-nope,flag provided but not defined: -nope",
        "-name,flag needs an argument: -name",
        "-=x,bad flag syntax: -=x",
        "---x,bad flag syntax: ---x",
        "-ttl=x,`invalid value \"x\" for flag -ttl: time: invalid duration \"x\"`",
        "-count=x,`invalid value \"x\" for flag -count: strconv.ParseInt: parsing \"x\": invalid syntax`",
        "-force=x,`invalid boolean value \"x\" for -force: strconv.ParseBool: parsing \"x\": invalid syntax`",
        "-meta=x,`invalid value \"x\" for flag -meta: missing = in KV pair: \"x\"`"
      })
  void whatCantBeReadIsRefusedInWords(String word, String words) {
    assertThatThrownBy(() -> parse(word)).isInstanceOf(Failure.class).hasMessage(words);
  }
}
