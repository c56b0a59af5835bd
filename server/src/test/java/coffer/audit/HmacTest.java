package coffer.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HmacTest {
  /// The second is of RFC 4231; the others were computed by another program.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "key|''|5d5d139563c95b5967b9bd9a8c9b233a9dedb45072794cd232dc1b74832607d0",
        "Jefe|what do ya want for nothing?"
            + "|5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        "key|Grüße, 世界 😀|5344743705c42668865772824870b25fdfafc422c31b3aa1a3f9d8f528379e1e",
        "key|@long|93e90fae43aaedff279f1539ceeba71c34e3fe343306881cafc0d2e2d65e6105",
      })
  void aTextIsHashedByTheSalt(String salt, String text, String hash) {
    String whole = text.equals("@long") ? "0123456789".repeat(200) : text;
    var hmac = new Hmac(salt);
    var line = new LineBuffer();
    hmac.write(whole, line);

    assertThat(hmac.spelled(whole)).isEqualTo("hmac-sha256:" + hash);
    assertThat(written(line)).isEqualTo("\"hmac-sha256:" + hash + "\"");
    assertThat(line.length()).isEqualTo(Hmac.WRITTEN);
  }

  private static String written(LineBuffer line) {
    return StandardCharsets.UTF_8.decode(line.text()).toString();
  }
}
