package coffer.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.engine.Refusal;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineOptionsTest {
  @Test
  void valuesAreHashedUnlessADeviceSaysOtherwise() {
    assertThat(LineOptions.read(Map.of("file_path", "x"), false))
        .isEqualTo(new LineOptions(false, true, false, ""));
    assertThat(
            LineOptions.read(
                Map.of(
                    "log_raw", "true",
                    "hmac_accessor", "0",
                    "elide_list_responses", "T",
                    "prefix", "x",
                    "format", "json"),
                true))
        .isEqualTo(new LineOptions(true, false, true, "x"));
  }

  /// As the peer says it.
  @ParameterizedTest
  @CsvSource({
    "log_raw,maybe,'strconv.ParseBool: parsing \"maybe\": invalid syntax'",
    "log_raw,'','strconv.ParseBool: parsing \"\": invalid syntax'",
    "hmac_accessor,maybe,'strconv.ParseBool: parsing \"maybe\": invalid syntax'",
    "elide_list_responses,maybe,'strconv.ParseBool: parsing \"maybe\": invalid syntax'",
    "format,xx,unknown format type \"xx\"",
    "prefix,x,audit log prefixing is not allowed",
    "format,jsonx,'jsonx formatting has been removed, consider switching to json by omitting"
        + " \"format\" or setting it to \"json\"'",
  })
  void wrongOptionsAreRefused(String option, String value, String message) {
    assertThatThrownBy(() -> LineOptions.read(Map.of(option, value), false))
        .isInstanceOf(Refusal.class)
        .hasMessage(message);
  }
}
