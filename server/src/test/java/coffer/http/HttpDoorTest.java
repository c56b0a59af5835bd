package coffer.http;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.exchange.Answer;
import coffer.exchange.Request;
import coffer.json.Fields;
import coffer.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpDoorTest {
  private static final String PLAIN = "";

  /// The data of an answer.
  private static Fields data(Wire.Reply reply) {
    byte[] body = reply.body().getBytes(StandardCharsets.ISO_8859_1);
    return new Fields(new Fields(Json.object(body)).object("data"));
  }

  @Test
  void anAnswerHasTheHeadersOfThePeers() {
    try (var door = TestDoor.open(PLAIN)) {
      Wire.Reply reply = door.get("/v1/a");
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
      assertThat(reply.header("Content-Type")).isEqualTo("application/json");
      assertThat(reply.header("Strict-Transport-Security"))
          .isEqualTo("max-age=31536000; includeSubDomains");
      assertThat(reply.header("Content-Length")).isEqualTo(Integer.toString(reply.body().length()));
      assertThat(reply.header("Server")).isEmpty();
      assertThat(reply.body()).endsWith("}\n").startsWith("{\"request_id\":\"");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /v1/a, read, a",
    "HEAD, /v1/a, read, a",
    "LIST, /v1/a, list, a/",
    "SCAN, /v1/a/, scan, a/",
    "GET, /v1/a?list=true, list, a/",
    "GET, /v1/a?scan=1, scan, a/",
    "GET, /v1/a?list=false, read, a",
    "POST, /v1/a?list=true, update, a",
    "PUT, /v1/a, update, a",
    "DELETE, /v1/a, delete, a",
    "GET, /v1/a?help=1, help, a",
    "POST, /v1/a?help=0, help, a",
    "GET, /v1/a?help=, read, a",
  })
  void aMethodAndAQueryMeanAnOperation(String method, String target, String word, String path) {
    var seen = new LinkedHashMap<String, String>();
    Function<Request, Answer> handler =
        request -> {
          seen.put(request.operation().word(), request.path());
          return Answer.NOTHING;
        };
    try (var door = TestDoor.open(PLAIN, handler)) {
      assertThat(door.ask(Wire.request(method, target, "")).status()).isEqualTo(204);
    }
    assertThat(seen).containsOnly(Map.entry(word, path));
  }

  @ParameterizedTest
  @CsvSource({
    "FOO, /v1/a, 405",
    "get, /v1/a, 405",
    "OPTIONS, /v1/a, 405",
    "TRACE, /v1/a, 405",
    "FOO, /x, 404",
    "GET, /, 404",
    "GET, /ui/, 404",
    "GET, /v1/a?list=foo, 400",
    "GET, /v1/a?list=1&scan=1, 400",
    "PATCH, /v1/a, 400",
  })
  void whatMeansNothingIsTurnedAway(String method, String target, int status) {
    try (var door = TestDoor.open(PLAIN)) {
      Wire.Reply reply = door.ask(Wire.request(method, target, ""));
      assertThat(reply.status()).isEqualTo(status);
      assertThat(reply.body()).startsWith("{\"errors\":[").endsWith("]}\n");
    }
  }

  @Test
  void aRoundaboutPathIsRedirectedWithItsQuery() {
    try (var door = TestDoor.open(PLAIN)) {
      Wire.Reply get = door.get("/v1/a//b?c=d&e=%20");
      assertThat(get.status()).isEqualTo(307);
      assertThat(get.header("Location")).isEqualTo("/v1/a/b?c=d&e=%20");
      assertThat(get.body())
          .isEqualTo("<a href=\"/v1/a/b?c=d&amp;e=%20\">Temporary Redirect</a>.\n\n");
      Wire.Reply put = door.put("/v1/a//b", "{}");
      assertThat(put.header("Location")).isEqualTo("/v1/a/b");
      assertThat(put.body()).isEmpty();
    }
  }

  @Test
  void everyRequestHasAVirtualThreadOfItsOwn() {
    try (var door = TestDoor.open(PLAIN)) {
      assertThat(data(door.get("/v1/a")).flag("virtual")).isTrue();
    }
  }

  @Test
  void aRequestThatBlocksHoldsNoOtherUp() {
    var released = new CountDownLatch(1);
    Function<Request, Answer> handler =
        request -> {
          if (request.path().equals("slow")) {
            await(released);
          }
          return Answer.NOTHING;
        };
    try (var door = TestDoor.open(PLAIN, handler);
        Slow slow = new Slow(door, 300)) {
      assertThat(door.get("/v1/fast").status()).isEqualTo(204);
      released.countDown();
      slow.answered();
    }
  }

  /// Many requests that wait.
  private static final class Slow implements AutoCloseable {
    private final List<Wire> wires = new java.util.ArrayList<>();

    Slow(TestDoor door, int count) {
      for (int i = 0; i < count; i++) {
        Wire wire = door.connect();
        wires.add(wire);
        wire.send(Wire.request("GET", "/v1/slow", ""));
      }
    }

    void answered() {
      wires.forEach(wire -> assertThat(wire.reply().status()).isEqualTo(204));
    }

    @Override
    public void close() {
      wires.forEach(Wire::close);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aHandlerThatCrashesAnswersWithoutASaying() {
    Function<Request, Answer> handler =
        request -> {
          throw new IllegalStateException("a secret");
        };
    try (var door = TestDoor.open(PLAIN, handler)) {
      Wire.Reply reply = door.get("/v1/a");
      assertThat(reply.status()).isEqualTo(500);
      assertThat(reply.body()).isEqualTo("{\"errors\":[\"internal error\"]}\n");
    }
  }

  @Test
  void anAnswerThatCannotBeWrittenIsACrashToo() {
    try (var door = TestDoor.open(PLAIN, request -> Answer.of(Map.of("a", new Object())))) {
      Wire.Reply reply = door.get("/v1/a");
      assertThat(reply.status()).isEqualTo(500);
      assertThat(reply.body()).isEqualTo("{\"errors\":[\"internal error\"]}\n");
    }
  }

  @Test
  void rawAnswersAreSentAsTheyAre() {
    byte[] bytes = {0, 1, (byte) 0xff};
    try (var door = TestDoor.open(PLAIN, request -> Answer.raw(201, "x/y", bytes))) {
      Wire.Reply reply = door.get("/v1/a");
      assertThat(reply.status()).isEqualTo(201);
      assertThat(reply.header("Content-Type")).isEqualTo("x/y");
      assertThat(reply.body()).isEqualTo("\0\1\u00ff");
    }
  }

  @Test
  void anAnswerHasTheHeadersThatItsRequestWasGiven() {
    Function<Request, Answer> handler =
        request -> {
          request.answerHeader("Retry-After", "7");
          return Answer.error(429, "request path \"a\": rate limit quota exceeded");
        };
    try (var door = TestDoor.open(PLAIN, handler)) {
      assertThat(door.get("/v1/a").header("Retry-After")).isEqualTo("7");
    }
  }

  @Test
  void aHeadHasNoBodyButItsLength() {
    try (var door = TestDoor.open(PLAIN);
        Wire wire = door.connect()) {
      Wire.Reply head = wire.ask(Wire.request("HEAD", "/v1/a", ""));
      assertThat(head.status()).isEqualTo(200);
      assertThat(head.header("Content-Length")).isNotEqualTo("0");
      assertThat(wire.ask(Wire.request("GET", "/v1/a", "")).status()).isEqualTo(200);
    }
  }

  @Test
  void configuredHeadersDependOnTheStatus() {
    String settings =
        "custom_response_headers { \"default\" = { \"X-A\" = [\"b\", \"c\"] }"
            + " \"4xx\" = { \"X-A\" = [\"d\"] \"X-Four\" = [\"4\"] }"
            + " \"404\" = { \"X-404\" = [\"y\"] } }";
    try (var door = TestDoor.open(settings, request -> Answer.NOTHING)) {
      Wire.Reply fine = door.get("/v1/a");
      assertThat(fine.header("X-A")).isEqualTo("b; c");
      assertThat(fine.header("X-Four")).isEmpty();
      Wire.Reply absent = door.get("/x");
      assertThat(absent.header("X-A")).isEqualTo("d");
      assertThat(absent.header("X-Four")).isEqualTo("4");
      assertThat(absent.header("X-404")).isEqualTo("y");
    }
  }

  @Test
  void aDoorMayAskForAHeaderThatNoPageCanSend() {
    try (var door = TestDoor.open("require_request_header = true")) {
      Wire.Reply without = door.get("/v1/a");
      assertThat(without.status()).isEqualTo(412);
      assertThat(without.body())
          .isEqualTo("{\"errors\":[\"missing \\\"X-Vault-Request\\\" header\"]}\n");
      assertThat(door.get("/v1/a", "X-Vault-Request: TRUE").status()).isEqualTo(412);
      assertThat(door.get("/v1/a", "X-Vault-Request: true").status()).isEqualTo(200);
    }
  }

  @Test
  void aDoorForMetricsOpensToNothingElse() {
    try (var door = TestDoor.open("telemetry { metrics_only = true }")) {
      assertThat(door.get("/v1/sys/metrics").status()).isEqualTo(200);
      var other = door.get("/v1/sys/health");
      assertThat(other.status()).isEqualTo(404);
      assertThat(other.body()).isEqualTo("this listener only serves the metrics endpoint\n");
    }
  }

  @Test
  void aDoorMayKeepMetricsToItself() {
    try (var door = TestDoor.open("telemetry { disallow_metrics = true }")) {
      var metrics = door.get("/v1/sys/metrics");
      assertThat(metrics.status()).isEqualTo(403);
      assertThat(metrics.body()).isEqualTo("metrics endpoint is disabled for this listener\n");
      assertThat(door.get("/v1/sys/health").status()).isEqualTo(200);
    }
  }

  @Test
  void whoStopsLetsRunningRequestsFinishAndNobodyElseIn() throws InterruptedException {
    var inside = new CountDownLatch(1);
    var released = new CountDownLatch(1);
    Function<Request, Answer> handler =
        request -> {
          if (request.path().equals("slow")) {
            inside.countDown();
            await(released);
          }
          return Answer.NOTHING;
        };
    try (var door = TestDoor.open(PLAIN, handler);
        Wire idle = door.connect();
        Wire slow = door.connect()) {
      assertThat(idle.ask(Wire.request("GET", "/v1/a", "")).status()).isEqualTo(204);
      slow.send(Wire.request("GET", "/v1/slow", ""));
      inside.await();
      int port = door.port();
      Thread stopping = Thread.ofVirtual().start(() -> door.door().stop(Duration.ofMinutes(1)));
      refusedAt(port);
      Wire.Reply late = idle.ask(Wire.request("GET", "/v1/a", ""));
      assertThat(late.status()).isEqualTo(503);
      assertThat(late.header("Connection")).isEqualTo("close");
      released.countDown();
      assertThat(slow.reply().status()).isEqualTo(204);
      stopping.join();
    }
  }

  private static void refusedAt(int port) {
    while (true) {
      try {
        Wire.to(port).close();
        Thread.onSpinWait();
      } catch (java.io.UncheckedIOException e) {
        return;
      }
    }
  }

  @Test
  void aRequestThatDoesNotEndIsCutOffWhenTheTimeIsOver() {
    var inside = new CountDownLatch(1);
    Function<Request, Answer> handler =
        request -> {
          inside.countDown();
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return Answer.NOTHING;
        };
    try (var door = TestDoor.open(PLAIN, handler);
        Wire wire = door.connect()) {
      wire.send(Wire.request("GET", "/v1/a", ""));
      await(inside);
      door.door().stop(Duration.ofMillis(50));
      assertThat(wire.rest()).isEmpty();
    }
  }

  @Test
  void aDoorSaysWhereItIs() {
    try (var door = TestDoor.open(PLAIN)) {
      assertThat(door.door().descriptions())
          .containsExactly(
              "tcp (addr: \"127.0.0.1:%d\", max_request_size: \"33554432\", tls: \"disabled\")"
                  .formatted(door.port()));
    }
  }

  @Test
  void aPortThatIsTakenIsReportedInASentence() {
    try (var door = TestDoor.open(PLAIN)) {
      var second =
          TestDoor.made(
              "tls_disable = true\n address = \"127.0.0.1:" + door.port() + "\"", TestDoor::tell);
      org.assertj.core.api.Assertions.assertThatThrownBy(() -> second.door().start())
          .isInstanceOf(coffer.config.ConfigException.class)
          .hasMessage("listening at 127.0.0.1:" + door.port() + " failed: Address already in use");
    }
  }
}
