package coffer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What comes from outside is read or refused, and nothing else happens.
class RobustTest {
  private static final String JSON =
      "{\"a\":[1,-2.5e3,true,null,\"x\\u00e9\\n\"],\"b\":{\"c\":{}},\"d\":\"\"}";
  private static final String HTTP =
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX: y\r\n\r\n5\r\nhello\r\n0\r\n\r\n";

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void brokenJsonIsRefused(int seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 5_000; i++) {
      String broken = broken(random, JSON);
      try {
        JsonWriter.compact(JsonReader.read(broken));
        Yaml.write(JsonReader.read(broken));
      } catch (IllegalArgumentException refused) {
        assertThat(refused.getMessage()).isNotEmpty();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void brokenAnswersAreRefused(int seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 5_000; i++) {
      byte[] broken = broken(random, HTTP).getBytes(StandardCharsets.ISO_8859_1);
      try {
        new AnswerReader(new ByteArrayInputStream(broken)).read("GET x");
      } catch (IOException refused) {
        assertThat(refused.getMessage()).isNotEmpty();
      }
    }
  }

  private static String broken(Random random, String whole) {
    StringBuilder text = new StringBuilder(whole);
    for (int i = random.nextInt(4); i >= 0; i--) {
      int at = random.nextInt(text.length());
      switch (random.nextInt(3)) {
        case 0 -> text.setCharAt(at, (char) random.nextInt(128));
        case 1 -> text.deleteCharAt(at);
        default -> text.insert(at, whole, 0, random.nextInt(whole.length()));
      }
    }
    return text.toString();
  }

  @Test
  void aRootTokenIsDecodedByItsPassword() {
    byte[] encoded = {'s' ^ 'o', '.' ^ 't', 'x' ^ 'p'};
    String text = Base64.getEncoder().withoutPadding().encodeToString(encoded);
    assertThat(GenerateRoot.decode(text, "otp")).isEqualTo("s.x");
  }

  @ParameterizedTest
  @CsvSource({
    "secret/,secret/a/b,data,secret/data/a/b",
    "secret/,secret,data,secret/data",
    "secret/,secret/,metadata,secret/metadata",
    "ns1/ns2/secret/,secret/a,data,secret/data/a",
    "ns1/ns2/kv/,ns2/kv/a,data,ns2/kv/data/a",
  })
  void thePartOfAKeysPathStandsBehindTheMount(
      String mount, String path, String part, String whole) {
    assertThat(new KvPath(mount, true, path).api(part)).isEqualTo(whole);
    assertThat(new KvPath(mount, false, path).api(part)).isEqualTo(path);
  }

  @ParameterizedTest
  @CsvSource({
    "0,0s",
    "59,59s",
    "60,1m",
    "61,1m1s",
    "3600,1h",
    "3601,1h1s",
    "2764800,768h",
    "5400,1h30m"
  })
  void durationsAreShownWithoutTheZerosAtTheirEnd(long seconds, String shown) {
    assertThat(Go.human(seconds)).isEqualTo(shown);
  }
}
