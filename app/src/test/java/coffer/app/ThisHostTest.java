package coffer.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThisHostTest {

  @Test
  void aPolicyIsLaidOut() {
    assertThat(new ThisHost().layOutPolicy("path \"a\" {\ncapabilities=[\"read\"] }"))
        .isEqualTo("path \"a\" {\n  capabilities = [\"read\"]\n}\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"path \"a\" {", "path \"a\" { capabilities = [\"nope\"] }", "x = 1"})
  void whatIsNoPolicyIsRefusedInWords(String text) {
    assertThatThrownBy(() -> new ThisHost().layOutPolicy(text))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .isNotEmpty();
  }
}
