package coffer.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {
  @ParameterizedTest
  @CsvSource({
    "2026-11-24T15:09:28.286704643Z,2026-11-24T15:09:28.286704643Z",
    "2026-11-24T15:11:13.398287400Z,2026-11-24T15:11:13.3982874Z",
    "2026-11-24T15:11:13.000000001Z,2026-11-24T15:11:13.000000001Z",
    "2026-11-24T15:11:13.100Z,2026-11-24T15:11:13.1Z",
    "2026-11-24T15:11:13Z,2026-11-24T15:11:13Z",
    "2024-02-29T00:00:00Z,2024-02-29T00:00:00Z",
    "1969-12-31T23:59:59.5Z,1969-12-31T23:59:59.5Z",
    "0001-01-01T00:00:00Z,0001-01-01T00:00:00Z",
  })
  void aTimeHasAsManyDecimalsAsItNeeds(String instant, String written) {
    var line = new LineBuffer();
    new Times().write(Instant.parse(instant), line);

    assertThat(text(line)).isEqualTo('"' + written + '"');
  }

  @Test
  void theSecondIsNotTakenForTheOneBefore() {
    var times = new Times();
    var line = new LineBuffer();
    times.write(Instant.parse("2026-11-24T15:09:28.5Z"), line);
    times.write(Instant.parse("2026-11-24T15:09:28.25Z"), line);
    times.write(Instant.parse("2027-01-01T00:00:00Z"), line);

    assertThat(text(line))
        .isEqualTo(
            "\"2026-11-24T15:09:28.5Z\",\"2026-11-24T15:09:28.25Z\",\"2027-01-01T00:00:00Z\"");
  }

  /// What the peer leaves in the clear.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "2024-01-02T03:04:05Z",
        "2024-01-02T03:04:05.1+02:00",
        "2024-01-02T03:04:05,5Z",
        "0000-01-01T00:00:00Z",
        "2024-02-29T23:59:59.1234567890123Z",
        "2024-01-02T03:04:05-24:00",
        "2024-01-02T03:04:05+23:60",
      })
  void aTimeIsNoSecret(String text) {
    assertThat(Times.isTime(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2024-02-31T03:04:05Z",
        "2023-02-29T03:04:05Z",
        "2024-01-02t03:04:05Z",
        "2024-01-02T24:04:05Z",
        "2024-01-02T03:04:60Z",
        "2024-01-02T03:04:05.Z",
        "2024-01-02T03:04:05.5",
        "2024-01-02T03:04:05+25:00",
        "2024-01-02T03:04:05+0200",
        "2024-13-02T03:04:05Z",
        "2024-00-02T03:04:05Z",
        "2024-01-00T03:04:05Z",
        "2024-01-02 03:04:05Z",
        "2024-01-02T03:04:05Z and a secret",
        "20x4-01-02T03:04:05Z",
      })
  void whatOnlyLooksLikeATimeMayBeASecret(String text) {
    assertThat(Times.isTime(text)).isFalse();
  }

  private static String text(LineBuffer line) {
    return StandardCharsets.UTF_8.decode(line.text()).toString();
  }
}
