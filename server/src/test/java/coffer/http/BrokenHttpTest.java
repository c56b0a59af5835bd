package coffer.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests that were good and have been broken at random. Whatever comes, the door answers without
/// a crash or closes the connection in time, and goes on.
@Timeout(120)
class BrokenHttpTest {
  private static final int TRIES = 400;
  private static final String TIMES =
      "http_read_header_timeout = \"500ms\"\n http_read_timeout = \"500ms\"\n"
          + " http_idle_timeout = \"500ms\"\n max_request_size = 5000";

  private static final List<String> GOOD =
      List.of(
          Wire.request("GET", "/v1/secret/data/a%20b?version=1&list=true", "", "X-Vault-Token: t"),
          Wire.request("PUT", "/v1/secret/data/a", "{\"data\":{\"a\":[1,2.5e3,null,\"\\u00e9\"]}}"),
          Wire.request("PATCH", "/v1/a", "{}", "Content-Type: application/merge-patch+json"),
          Wire.request(
              "POST", "/v1/a", "a=1&b=%20", "Content-Type: application/x-www-form-urlencoded"),
          Wire.request("GET", "/v1/a/../b//c", "", "X-Forwarded-For: 1.2.3.4"),
          String.join(
              "\r\n",
              List.of(
                  "PUT /v1/a HTTP/1.1",
                  "Host: a",
                  "Transfer-Encoding: chunked",
                  "",
                  "5",
                  "{\"a\":",
                  "2;x=y",
                  "1}",
                  "0",
                  "Trailer: x",
                  "",
                  "")),
          Wire.request(
              "GET",
              "/v1/a",
              "",
              "Connection: Upgrade, HTTP2-Settings",
              "Upgrade: h2c",
              "HTTP2-Settings: AAMAAABkAAQAAP__"),
          "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\u0004\0\0\0\0\0\0\0\1\1\5\0\0\0\1\u0082");

  private static final List<String> BITS =
      List.of(
          "\r\n",
          "\n",
          "\0",
          " ",
          ":",
          "/",
          "..",
          "%",
          "%2e",
          "%00",
          "%ff",
          "?",
          "#",
          "\u00ff",
          "{",
          "}",
          "[",
          "]",
          "\"",
          "\\u",
          "1e999",
          "-",
          "Content-Length: 5\r\n",
          "Content-Length: 99999999999999999999\r\n",
          "Transfer-Encoding: chunked\r\n",
          "Transfer-Encoding: gzip, chunked\r\n",
          "Expect: 100-continue\r\n",
          "Host: b\r\n",
          "HTTP/1.0",
          "HTTP/9",
          "ffffffffff\r\n",
          "0\r\n\r\n",
          "http://x/",
          "*",
          ";",
          "&",
          "=");

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void nothingBreaksTheDoor(long seed) {
    var random = new Random(seed);
    try (var door = TestDoor.open(TIMES)) {
      for (int i = 0; i < TRIES; i++) {
        String request = broken(GOOD.get(random.nextInt(GOOD.size())), random);
        try (Wire wire = door.connect()) {
          wire.send(request);
          wire.finish();
          assertThat(wire.rest())
              .as("seed %d, try %d: %s", seed, i, request)
              .doesNotContainPattern("HTTP/1.[01] 50[0-4]")
              .doesNotContain("Exception");
        }
      }
      assertThat(door.get("/v1/a").status()).isEqualTo(200);
    }
  }

  private static String broken(String good, Random random) {
    var text = new StringBuilder(good);
    for (int changes = 1 + random.nextInt(4); changes > 0 && !text.isEmpty(); changes--) {
      int at = random.nextInt(text.length());
      switch (random.nextInt(5)) {
        case 0 -> text.insert(at, BITS.get(random.nextInt(BITS.size())));
        case 1 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(10)));
        case 2 -> text.setCharAt(at, (char) random.nextInt(256));
        case 3 -> text.setLength(at);
        default -> text.insert(at, text.substring(at, at + random.nextInt(text.length() - at)));
      }
    }
    return text.toString();
  }

  @ParameterizedTest
  @ValueSource(longs = {5, 6})
  void norDoesAnyBody(long seed) {
    var random = new Random(seed);
    try (var door = TestDoor.open(TIMES);
        Wire wire = door.connect()) {
      for (int i = 0; i < TRIES; i++) {
        String body = broken("{\"a\":{\"b\":[true,-0.5E-3,\"\\ud83d\\ude00\",[{}]]}}", random);
        Wire.Reply reply = wire.ask(Wire.request("PUT", "/v1/a", body));
        assertThat(reply.status()).as("seed %d, try %d: %s", seed, i, body).isIn(200, 400);
      }
    }
  }
}
