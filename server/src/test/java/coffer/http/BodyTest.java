package coffer.http;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.json.Fields;
import coffer.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BodyTest {
  private static final String FORM = "Content-Type: application/x-www-form-urlencoded";
  private static final String MERGE = "Content-Type: application/merge-patch+json";

  private static Fields fields(Wire.Reply reply) {
    assertThat(reply.status()).isEqualTo(200);
    byte[] body = reply.body().getBytes(StandardCharsets.ISO_8859_1);
    return new Fields(new Fields(new Fields(Json.object(body)).object("data")).object("fields"));
  }

  private static String chunked(String body) {
    return "PUT /v1/a HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n"
        + Integer.toHexString(body.length())
        + "\r\n"
        + body
        + "\r\n0\r\n\r\n";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"text/plain", "application/json; charset=utf-8", "garbage", "multipart/form-data"})
  void aBodyIsJsonWhateverItsTypeSays(String type) {
    try (var door = TestDoor.open("")) {
      Wire.Reply reply =
          door.put("/v1/a?x=y", "{\"a\": 1, \"b\": [\"c\"]}", "Content-Type: " + type);
      assertThat(fields(reply).map())
          .containsEntry("a", 1L)
          .containsEntry("b", List.of("c"))
          .hasSize(2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\r\n\t ", "null", " null "})
  void nothingIsNoFields(String body) {
    try (var door = TestDoor.open("")) {
      assertThat(fields(door.put("/v1/a", body)).map()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "\"a\"",
        "1",
        "true",
        "{",
        "{\"a\":",
        "{\"a\":1} x",
        "{\"a\":1,}",
        "{'a':1}",
        "hello",
        "{\"a\":NaN}",
        "{\"a\":01}",
        "{\"a\":\"\u0001\"}",
        "{\"a\":\"\u00ff\"}",
        "nul",
        "null 1",
      })
  void whatIsNoObjectIsRefused(String body) {
    try (var door = TestDoor.open("")) {
      Wire.Reply reply = door.put("/v1/a", body);
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.body()).startsWith("{\"errors\":[\"failed to decode JSON input: ");
    }
  }

  @Test
  void aFormIsReadUnlessItLooksLikeJson() {
    try (var door = TestDoor.open("")) {
      Wire.Reply form = door.put("/v1/a", "a=1&a=2&b=%C3%A9+&c", FORM + "; charset=utf-8");
      assertThat(fields(form).map())
          .containsEntry("a", "1,2")
          .containsEntry("b", "é ")
          .containsEntry("c", "");
      assertThat(fields(door.put("/v1/a", " {\"z\":1}", FORM)).number("z")).isEqualTo(1);
      Wire.Reply broken = door.put("/v1/a", "a=%zz", FORM);
      assertThat(broken.status()).isEqualTo(400);
      assertThat(broken.body()).isEqualTo("{\"errors\":[\"error parsing form data\"]}\n");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', 400, mime: no media type",
    "Content-Type: application/json, 415, 'PATCH requires Content-Type of"
        + " application/merge-patch+json, provided application/json'",
  })
  void aPatchMustSayThatItIsOne(String header, int status, String error) {
    try (var door = TestDoor.open("")) {
      Wire.Reply reply =
          door.ask(
              Wire.request(
                  "PATCH", "/v1/a", "{\"a\":1}", "X: y", header.isEmpty() ? "Y: z" : header));
      assertThat(reply.status()).isEqualTo(status);
      assertThat(reply.body()).isEqualTo("{\"errors\":[\"" + error + "\"]}\n");
      String patch = Wire.request("PATCH", "/v1/a", "{\"a\":1}", MERGE + "; charset=utf-8");
      assertThat(fields(door.ask(patch)).number("a")).isEqualTo(1);
    }
  }

  @Test
  void theBodyOfAReadCountsForNothing() {
    try (var door = TestDoor.open("");
        Wire wire = door.connect()) {
      Wire.Reply reply = wire.ask(Wire.request("GET", "/v1/a?x=1&x=2", "{\"broken"));
      assertThat(fields(reply).map()).containsEntry("x", List.of("1", "2")).hasSize(1);
      assertThat(wire.ask(Wire.request("DELETE", "/v1/a?y=z", "")).body()).contains("\"y\":\"z\"");
    }
  }

  @Test
  void aBodyInPiecesIsReadWhole() {
    try (var door = TestDoor.open("");
        Wire wire = door.connect()) {
      wire.send(
          "PUT /v1/a HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"a\":");
      wire.send("\r\n1\r\n1\r\n1\r\n}\r\n0\r\n\r\n");
      assertThat(fields(wire.reply()).number("a")).isEqualTo(1);
      String large = "x".repeat(300_000);
      Wire.Reply reply = wire.ask(chunked("{\"a\":\"" + large + "\"}"));
      assertThat(fields(reply).text("a")).isEqualTo(large);
    }
  }

  @Test
  void aBodyThatIsTooLargeIsRefusedHoweverItComes() {
    String body = "{\"a\":\"" + "x".repeat(2_000) + "\"}";
    try (var door = TestDoor.open("max_request_size = 2000")) {
      assertTooLarge(door.put("/v1/a", body));
      assertTooLarge(door.ask(chunked(body)));
      assertTooLarge(door.ask(Wire.request("GET", "/v1/a", body)));
      String unsent =
          "PUT /v1/a HTTP/1.1\r\nHost: test\r\nExpect: 100-continue\r\nContent-Length: 2001\r\n\r\n";
      assertTooLarge(door.ask(unsent));
      assertThat(fields(door.put("/v1/a", "{\"a\":\"" + "x".repeat(1_992) + "\"}")).text("a"))
          .hasSize(1_992);
    }
  }

  private static void assertTooLarge(Wire.Reply reply) {
    assertThat(reply.status()).isEqualTo(413);
    assertThat(reply.body()).isEqualTo("{\"errors\":[\"http: request body too large\"]}\n");
    assertThat(reply.header("Connection")).isEqualTo("close");
  }

  @Test
  void aClientThatAsksBeforehandIsToldToGoOn() {
    try (var door = TestDoor.open("");
        Wire wire = door.connect()) {
      wire.send(
          "PUT /v1/a HTTP/1.1\r\nHost: test\r\nExpect: 100-continue\r\nContent-Length: 7\r\n\r\n");
      assertThat(wire.reply(false).status()).isEqualTo(100);
      wire.send("{\"a\":1}");
      assertThat(fields(wire.reply()).number("a")).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'{\"a\":\"b\",\"c\":\"d\",\"e\":\"f\"}', exceeded maximum number of strings",
    "'{\"a\":[[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[],[]]}',"
        + " exceeded maximum estimated memory limits",
  })
  void moreThanALimitAllowsIsRefused(String body, String why) {
    String limits = "max_request_json_strings = 5\n max_request_json_memory = 1000";
    try (var door = TestDoor.open(limits)) {
      Wire.Reply reply = door.put("/v1/a", body);
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.body())
          .isEqualTo("{\"errors\":[\"refused JSON input due to high complexity: " + why + "\"]}\n");
      assertThat(door.put("/v1/a", "{\"a\":\"b\",\"c\":\"d\",\"e\":1}").status()).isEqualTo(200);
    }
  }

  @Test
  void nestingHasAnEnd() {
    try (var door = TestDoor.open("")) {
      String deep = "{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
      assertThat(door.put("/v1/a", deep).status()).isEqualTo(400);
    }
  }

  @Test
  void aBodyThatBreaksOffIsTheCallersFault() {
    try (var door = TestDoor.open("");
        Wire wire = door.connect();
        Wire other = door.connect()) {
      wire.send("PUT /v1/a HTTP/1.1\r\nHost: test\r\nContent-Length: 100\r\n\r\n{\"a\":");
      wire.finish();
      assertThat(wire.reply().status()).isEqualTo(400);
      other.send(
          "PUT /v1/a HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n");
      assertThat(other.reply().status()).isEqualTo(400);
    }
  }
}
