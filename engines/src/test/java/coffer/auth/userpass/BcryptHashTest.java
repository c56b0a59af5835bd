package coffer.auth.userpass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import coffer.engine.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BcryptHashTest {
  /// Of `allmine`, by another implementation.
  private static final String BODY = "XajjQvNhvvRt5GSeFk1xFeyqRrsxkhBkUiQeg0dt.wU1qD4aFDcga";

  private static final byte[] SALT = new byte[16];

  @ParameterizedTest
  @ValueSource(strings = {"$2$", "$2a$", "$2b$", "$2x$", "$2y$"})
  void everyVariantOfAForeignHashMatchesItsPassword(String variant) {
    BcryptHash hash = BcryptHash.given(variant + "10$" + BODY);
    assertThat(hash.matches("allmine")).isTrue();
    assertThat(hash.matches("allmin")).isFalse();
    assertThat(hash.matches("allmines")).isFalse();
    assertThat(hash.text()).isEqualTo("$2a$10$" + BODY);
  }

  @ParameterizedTest
  @CsvSource({
    "a, $2a$06$m0CrhHm10qJ3lXRY.5zDGO3rS2KdeeWLuGmsfGlMfOxih58VYVfxe",
    "abc, $2a$06$If6bvum7DFjUnE9p2uDeDu0YHzrHM6tf.iqN8.yx.jNN1ILEf7h0i",
    "abcdefghijklmnopqrstuvwxyz, $2a$06$.rCVZVOThsIa97pEDOxvGuRRgzG64bvtJ0938xuqzv18d3ZpQhstC",
  })
  void theVectorsOfBcryptMatch(String password, String hash) {
    assertThat(BcryptHash.given(hash).matches(password)).isTrue();
    assertThat(BcryptHash.given(hash).matches(password + "!")).isFalse();
  }

  @Test
  void aHashIsReadBackAsItWasWritten() {
    byte[] salt = {-1, 2, -3, 4, -5, 6, -7, 8, -9, 10, -11, 12, -13, 14, -15, 16};
    BcryptHash hash = BcryptHash.of("päss\u0000word", 5, salt);
    BcryptHash read = BcryptHash.given(hash.text());
    assertThat(read.text()).isEqualTo(hash.text()).startsWith("$2a$05$").hasSize(60);
    assertThat(read.matches("päss\u0000word")).isTrue();
    assertThat(read.matches("päss\u0000")).isFalse();
    assertThat(read.matches("päss")).isFalse();
  }

  @Test
  void noMoreThan72BytesCount() {
    BcryptHash hash = BcryptHash.of("x".repeat(72), 5, SALT);
    assertThat(hash.matches("x".repeat(80))).isTrue();
    assertThat(hash.matches("x".repeat(71))).isFalse();
  }

  @Test
  void bitsLeftOverInTheSpellingDontCount() {
    String spelled = BcryptHash.of("pw", 5, SALT).text();
    assertThat(spelled.charAt(28)).isEqualTo('.');
    String other = spelled.substring(0, 28) + "/" + spelled.substring(29);
    assertThat(BcryptHash.given(other).matches("pw")).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          x                                                               | password_hash is not a valid bcrypt hash
          $3a$10$XajjQvNhvvRt5GSeFk1xFeyqRrsxkhBkUiQeg0dt.wU1qD4aFDcga    | password_hash is not a valid bcrypt hash
          $2c$10$XajjQvNhvvRt5GSeFk1xFeyqRrsxkhBkUiQeg0dt.wU1qD4aFDcga    | password_hash is not a valid bcrypt hash
          $2a$xx$XajjQvNhvvRt5GSeFk1xFeyqRrsxkhBkUiQeg0dt.wU1qD4aFDcga    | password_hash is not a valid bcrypt hash
          $2a$10$XajjQvNhvvRt5GSeFk1xFeyqRrsxkhBkUiQeg0dt.wU1qD4aFDcg     | password_hash is not a valid bcrypt hash
          $2a$10$XajjQvNhvvRt5GSeFk1xFeyqRrsxkhBkUiQeg0dt.wU1qD4aFDcgax   | password_hash is not a valid bcrypt hash
          $2a$10$!ajjQvNhvvRt5GSeFk1xFeyqRrsxkhBkUiQeg0dt.wU1qD4aFDcga    | password_hash is not a valid bcrypt hash
          $2a$03$XajjQvNhvvRt5GSeFk1xFeyqRrsxkhBkUiQeg0dt.wU1qD4aFDcga    | password_hash is not a valid bcrypt hash
          $2a$32$XajjQvNhvvRt5GSeFk1xFeyqRrsxkhBkUiQeg0dt.wU1qD4aFDcga    | password_hash is not a valid bcrypt hash
          $2a$04$XajjQvNhvvRt5GSeFk1xFeyqRrsxkhBkUiQeg0dt.wU1qD4aFDcga    | bcrypt cost of 4 is too low, want 5 at minimum
          $2a$31$XajjQvNhvvRt5GSeFk1xFeyqRrsxkhBkUiQeg0dt.wU1qD4aFDcga    | bcrypt cost of 31 exceeds maximum cost of 12
          """)
  void aHashThatNobodyShouldBringIsRefused(String text, String message) {
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> BcryptHash.given(text))
        .withMessage(message);
  }

  @Test
  void aHashIsNotPrinted() {
    assertThat(BcryptHash.given("$2a$10$" + BODY)).hasToString("BcryptHash[cost=10]");
  }
}
