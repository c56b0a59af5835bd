package coffer.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CorsTest {
  private static final String ON =
      "cors_enabled = true\n cors_allowed_origins = [\"http://a\"]\n"
          + " cors_allowed_headers = [\"X-More\"]";

  @Test
  void aPageOfAKnownOriginMayCall() {
    try (var door = TestDoor.open(ON)) {
      Wire.Reply reply = door.get("/v1/a", "Origin: http://a");
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.header("Access-Control-Allow-Origin")).isEqualTo("http://a");
      assertThat(reply.header("Vary")).isEqualTo("Origin");
      assertThat(door.get("/v1/a").header("Access-Control-Allow-Origin")).isEmpty();
    }
  }

  @Test
  void aPageOfAnotherMayNot() {
    try (var door = TestDoor.open(ON)) {
      Wire.Reply reply = door.get("/v1/a", "Origin: http://b");
      assertThat(reply.status()).isEqualTo(403);
      assertThat(reply.body()).isEqualTo("{\"errors\":[\"origin not allowed\"]}\n");
      assertThat(reply.header("Access-Control-Allow-Origin")).isEmpty();
    }
  }

  @Test
  void aBrowserMayAskBeforehand() {
    try (var door = TestDoor.open(ON)) {
      Wire.Reply reply =
          door.ask(
              Wire.request(
                  "OPTIONS",
                  "/v1/a",
                  "",
                  "Origin: http://a",
                  "Access-Control-Request-Method: LIST"));
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.body()).isEmpty();
      assertThat(reply.header("Access-Control-Allow-Methods")).contains("LIST", "PATCH");
      assertThat(reply.header("Access-Control-Allow-Headers")).contains("X-Vault-Token", "X-More");
      assertThat(reply.header("Access-Control-Max-Age")).isEqualTo("300");
      Wire.Reply unknown =
          door.ask(
              Wire.request(
                  "OPTIONS",
                  "/v1/a",
                  "",
                  "Origin: http://a",
                  "Access-Control-Request-Method: FOO"));
      assertThat(unknown.status()).isEqualTo(405);
      assertThat(unknown.header("Access-Control-Allow-Origin")).isEmpty();
    }
  }

  @Test
  void withoutRulesOriginsMeanNothing() {
    try (var door = TestDoor.open("")) {
      Wire.Reply reply = door.get("/v1/a", "Origin: http://b");
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.header("Access-Control-Allow-Origin")).isEmpty();
    }
  }

  @Test
  void rulesMayChangeWhileTheDoorIsOpen() {
    try (var door = TestDoor.open("")) {
      door.door().cors(new Cors(List.of("*"), List.of(), false));
      assertThat(door.get("/v1/a", "Origin: http://b").header("Access-Control-Allow-Origin"))
          .isEqualTo("http://b");
      door.door().cors(new Cors(List.of("*"), List.of(), true));
      assertThat(door.get("/v1/a", "Origin: http://b").header("Access-Control-Allow-Credentials"))
          .isEqualTo("true");
      door.door().cors(Cors.OFF);
      assertThat(door.get("/v1/a", "Origin: http://b").header("Access-Control-Allow-Origin"))
          .isEmpty();
    }
  }
}
