package coffer.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.engine.Durations;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrantMetersTest {
  @ParameterizedTest
  @CsvSource({
    "0s, +Inf",
    "1s, 1m",
    "1m, 1m",
    "61s, 10m",
    "15m, 20m",
    "1h, 1h",
    "90m, 2h",
    "1d, 1d",
    "25h, 2d",
    "7d, 7d",
    "30d, 30d",
    "32d, +Inf"
  })
  void timesAreSortedByTheStepThatTheyDontExceed(String ttl, String step) {
    assertThat(GrantMeters.spelled(Durations.parse(ttl))).isEqualTo(step);
  }
}
