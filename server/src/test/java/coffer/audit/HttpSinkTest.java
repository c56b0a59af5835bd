package coffer.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.engine.Refusal;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class HttpSinkTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final List<String> received = new CopyOnWriteArrayList<>();
  private final List<String> authorizations = new CopyOnWriteArrayList<>();
  private final HttpServer server = server();
  private volatile int status = 204;

  private HttpServer server() {
    try {
      HttpServer made =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      made.createContext(
          "/",
          exchange -> {
            String authorization = exchange.getRequestHeaders().getFirst("Authorization");
            if (authorization != null) {
              authorizations.add(authorization);
            }
            received.add(
                exchange.getRequestMethod()
                    + " "
                    + exchange.getRequestURI()
                    + " "
                    + exchange.getRequestHeaders().get("X-Key")
                    + " "
                    + new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
          });
      made.start();
      return made;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private static ByteBuffer text(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }

  private Sink sink(String headers) {
    String uri = "http://127.0.0.1:" + server.getAddress().getPort() + "/lines?of=audit";
    return HttpSink.of(Map.of("uri", uri, "headers", headers), TIMEOUT);
  }

  @Test
  void eachLineIsPosted() throws IOException {
    Sink sink = sink("{\"X-Key\": [\"a\", \"b\"]}");
    sink.write(text("one\n"));
    sink.write(text("two\n"));
    sink.close();

    assertThat(sink.lines()).isEqualTo(1);
    assertThat(received)
        .containsExactly("POST /lines?of=audit [a, b] one\n", "POST /lines?of=audit [a, b] two\n");
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 400, 500})
  void anythingButSuccessIsAFailure(int answered) {
    status = answered;
    Sink sink = sink("{}");

    assertThatThrownBy(() -> sink.write(text("one\n")))
        .hasMessage("failed to perform request: status code not 2xx: " + answered);
    assertThat(received).hasSize(1);
    sink.close();
  }

  @Test
  void aNameAndPasswordInTheAddressAreSent() throws IOException {
    String uri = "http://me:pass%20word@127.0.0.1:" + server.getAddress().getPort() + "/x";
    Sink sink = HttpSink.of(Map.of("uri", uri), TIMEOUT);
    sink.write(text("one\n"));
    sink.close();

    assertThat(authorizations).containsExactly("Basic bWU6cGFzcyB3b3Jk");
  }

  @Test
  void aServerThatIsNotThereIsSaidWithoutThePasswordInItsAddress() {
    Sink sink = HttpSink.of(Map.of("uri", "http://me:secret@127.0.0.1:1/x"), TIMEOUT);

    assertThatThrownBy(() -> sink.write(text("one\n")))
        .hasMessage(
            "failed to perform request: Post \"http://127.0.0.1:1/x\":"
                + " dial tcp 127.0.0.1:1: connect: connection refused");
    sink.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "zzz|{}|unsupported protocol scheme \"\"",
        "ftp://zzz|{}|unsupported protocol scheme \"ftp\"",
        "http:///x|{}|no Host in request URL",
        "http://h/x|zz|failed to parse headers: invalid JSON",
        "http://h/x|{\"a\":\"b\"}|failed to parse headers: \"a\" must be a list of strings",
        "http://h/x|{\"a b\":[\"b\"]}|failed to parse headers: \"a b\" can't be set",
        "http://h/x|{\"Host\":[\"b\"]}|failed to parse headers: \"Host\" can't be set",
      })
  void wrongOptionsAreRefused(String uri, String headers, String message) {
    assertThatThrownBy(() -> HttpSink.of(Map.of("uri", uri, "headers", headers), TIMEOUT))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining(message);
  }

  @Test
  void aUriIsNeeded() {
    assertThatThrownBy(() -> HttpSink.of(Map.of(), TIMEOUT))
        .isInstanceOf(Refusal.class)
        .hasMessage("uri is required");
  }
}
