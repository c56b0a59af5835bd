package coffer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientTest {
  private static final String BUSY = "HTTP/1.1 503 X\r\nContent-Length: 0\r\n\r\n";
  private static final String DONE =
      "HTTP/1.1 200 X\r\nContent-Length: 20\r\n\r\n{\"data\":{\"a\": \"b\"}} ";

  private final RecordedServer server = RecordedServer.onTcp();

  @AfterEach
  void stop() {
    server.close();
  }

  private Client client(int retries) {
    Tls tls = new Tls("", "", "", "", "", false);
    Connection connection =
        new Connection(
            Address.parse(server.address()),
            null,
            tls,
            Duration.ofSeconds(10),
            retries,
            Duration.ZERO,
            false);
    return new Client(connection, new HashMap<>(), "t", "", Dry.SEND);
  }

  @Test
  void aServerThatIsBusyIsAskedAgain() {
    server.raw("GET /v1/a", BUSY, BUSY, DONE);
    Secret secret = client(2).read("a", "Error");
    assertThat(Objects.requireNonNull(secret).field("a")).isEqualTo("b");
    assertThat(server.asked()).hasSize(3);
  }

  @Test
  void butNotForEver() {
    server.raw("GET /v1/a", BUSY);
    assertThatThrownBy(() -> client(2).read("a", "Error"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("Code: 503");
    assertThat(server.asked()).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource({"403,1", "501,1", "500,2", "502,2", "412,2", "429,2"})
  void onlyWhatMayPassIsAskedAgain(int status, int times) {
    server.on("GET /v1/a", status, "{\"errors\":[\"x\"]}");
    assertThatThrownBy(() -> client(1).read("a", "Error")).isInstanceOf(Failure.class);
    assertThat(server.asked()).hasSize(times);
  }

  @Test
  void whatIsNotThereIsNothing() {
    assertThat(client(0).read("a", "Error")).isNull();
    assertThatThrownBy(() -> client(0).write("a", null, "Error"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("Code: 404");
  }

  @Test
  void anAnswerWithNothingUsualInItIsDataAsAWhole() {
    server.on("GET /v1/a", 200, "{\"sealed\":false,\"t\":3}");
    Secret secret = client(0).read("a", "Error");
    assertThat(Objects.requireNonNull(secret).field("t")).isEqualTo(Numeral.of(3));
  }
}
