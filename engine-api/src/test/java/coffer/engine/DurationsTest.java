package coffer.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationsTest {
  @ParameterizedTest
  @CsvSource({
    "'', PT0S",
    "0, PT0S",
    "0s, PT0S",
    "90, PT90S",
    "+5, PT5S",
    "-5, PT-5S",
    "2d, PT48H",
    "1h30m, PT1H30M",
    "1.5h, PT1H30M",
    ".5s, PT0.5S",
    "5.s, PT5S",
    "-1m30s, PT-1M-30S",
    "250ms, PT0.25S",
    "3us, PT0.000003S",
    "3µs, PT0.000003S",
    "3μs, PT0.000003S",
    "7ns, PT0.000000007S",
    "1m1m, PT2M",
    "768h, PT768H",
    "0.3333333333333333333h, PT19M59.999999999S",
  })
  void aTextReadsAsTheDurationItSpells(String text, Duration expected) {
    assertThat(Durations.parse(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          1x        | time: unknown unit "x" in duration "1x"
          1.5       | time: missing unit in duration "1.5"
          abc       | time: invalid duration "abc"
          -         | time: invalid duration "-"
          .s        | time: invalid duration ".s"
          1h 2m     | time: unknown unit "h " in duration "1h 2m"
          1.5d      | time: invalid duration "1.5d"
          1h2d      | time: invalid duration "1h2d"
          9999999999| time: invalid duration "9999999999"
          3000000h  | time: invalid duration "3000000h"
          """)
  void whatIsNoDurationIsRefusedInGosWords(String text, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Durations.parse(text))
        .withMessage(message);
  }

  @Test
  void numbersAreSeconds() {
    assertThat(Durations.parse((Object) 90L)).isEqualTo(Duration.ofSeconds(90));
    assertThat(Durations.parse((Object) 1.9)).isEqualTo(Duration.ofSeconds(1));
    assertThat(Durations.parse((Object) null)).isEqualTo(Duration.ZERO);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Durations.parse((Object) new BigDecimal("1.5")));
    assertThatIllegalArgumentException().isThrownBy(() -> Durations.parse((Object) true));
    assertThatIllegalArgumentException().isThrownBy(() -> Durations.parse((Object) Double.NaN));
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, 0s",
    "PT1H30M, 1h30m0s",
    "PT768H, 768h0m0s",
    "PT90S, 1m30s",
    "PT1.5S, 1.5s",
    "PT0.25S, 250ms",
    "PT0.0025S, 2.5ms",
    "PT0.000003S, 3µs",
    "PT0.000000007S, 7ns",
    "PT-1M-30S, -1m30s",
    "PT1H, 1h0m0s",
    "PT60S, 1m0s",
    "PT61.001S, 1m1.001s",
  })
  void aDurationIsWrittenAsGoWritesIt(Duration duration, String expected) {
    assertThat(Durations.format(duration)).isEqualTo(expected);
    assertThat(Durations.parse(expected)).isEqualTo(duration);
  }

  @Test
  void aHugeTextIsRefusedAndNotEchoedInFull() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Durations.parse("9".repeat(100_000)))
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(200));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Durations.parse("1h".repeat(100_000)))
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(200));
  }
}
