package coffer.boot;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.auth.userpass.Userpass;
import coffer.boot.TestServer.Reply;
import coffer.engine.Operation;
import coffer.engine.Param;
import coffer.engine.Route;
import coffer.engine.Template.Segment;
import coffer.mount.Mounted;
import coffer.secrets.kv.KvTypes;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Random requests to every route there is: whatever is asked, nobody is told of an internal error.
class RandomRequestsTest {
  private static final int REQUESTS = 4_000;

  /// What would end the server or the caller's token, or write files.
  private static final List<String> SPARED =
      List.of("sys/seal", "sys/raw", "sys/quotas/", "sys/audit/", "auth/token/revoke-self");

  private static final List<String> WORDS =
      List.of(
          "",
          "a",
          "secret",
          "default",
          "root",
          "..",
          "a//b",
          "%2f",
          "\u0000",
          "ü😀",
          "-1",
          "0",
          "1",
          "99999999999999999999",
          "1h",
          "-1h",
          "1e9",
          "true",
          "null",
          "{}",
          "[",
          "path \"x\" {",
          "path \"a/*\" { capabilities = [\"read\"] }",
          "x".repeat(3_000),
          "cGF0aA==",
          "$2a$10$abcdefghijklmnopqrstuv",
          "127.0.0.1/33",
          "2026-01-01T00:00:00Z");

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void noRequestEndsInAnInternalError(long seed) {
    var random = new Random(seed);
    try (TestServer server =
        TestServer.start(
            KvTypes.KV, KvTypes.GENERIC, Userpass.type(new SecureRandom()), new Lender().type())) {
      server.root().write("sys/mounts/secret", Map.of("type", "kv-v2"));
      server.root().write("sys/mounts/plain", Map.of("type", "kv"));
      server.root().write("sys/mounts/lend", Map.of("type", "lender"));
      server.root().write("sys/auth/people", Map.of("type", "userpass"));
      List<Ask> asks = asks(server);
      for (int i = 0; i < REQUESTS; i++) {
        Ask ask = asks.get(random.nextInt(asks.size()));
        String path = ask.path(random);
        Map<String, Object> fields = ask.fields(random);
        Reply reply = server.root().call(ask.route().operation(), path, fields);
        assertThat(reply.errors())
            .as("%s %s %s with seed %d:\n%s", ask.route(), path, fields, seed, server.log())
            .doesNotContain("internal error");
      }
      assertThat(server.root().read("auth/token/lookup-self").status()).isEqualTo(200);
    }
  }

  private static List<Ask> asks(TestServer server) {
    var asks = new ArrayList<Ask>();
    for (Mounted mounted : server.mounts()) {
      for (Route route : mounted.engine().routes()) {
        String path = mounted.entry().path() + route.template();
        if (SPARED.stream().noneMatch(path::startsWith)) {
          asks.add(new Ask(mounted.entry().path(), route));
        }
      }
    }
    return asks;
  }

  /// A route that can be asked at random.
  private record Ask(String mount, Route route) {
    String path(Random random) {
      var path = new StringBuilder(mount);
      for (Segment segment : route.template().segments()) {
        if (path.length() > mount.length()) {
          path.append('/');
        }
        switch (segment) {
          case Segment.Literal literal -> path.append(literal.text());
          case Segment.One one -> path.append(word(random));
          case Segment.Rest rest -> path.append(word(random));
        }
      }
      return path.toString();
    }

    Map<String, Object> fields(Random random) {
      var fields = new HashMap<String, Object>();
      for (Param<?> param : route.params()) {
        if (random.nextInt(3) > 0) {
          fields.put(param.name(), value(random, 0));
        }
      }
      return fields;
    }
  }

  private static String word(Random random) {
    return WORDS.get(random.nextInt(WORDS.size()));
  }

  private static Object value(Random random, int depth) {
    return switch (random.nextInt(depth > 2 ? 7 : 9)) {
      case 0, 1, 2 -> word(random);
      case 3 -> random.nextLong();
      case 4 -> (long) random.nextInt(100);
      case 5 -> random.nextBoolean();
      case 6 ->
          random.nextBoolean()
              ? new BigDecimal("1e300")
              : BigInteger.ONE.shiftLeft(random.nextInt(200));
      case 7 -> List.of(value(random, depth + 1), value(random, depth + 1));
      default -> Map.of(word(random), value(random, depth + 1));
    };
  }

  /// What an operation on the whole server would be, so that all of them are in use here.
  @ParameterizedTest
  @ValueSource(strings = {"", "/", "sys", "sys/", "//", "auth", "auth/token", "\u0000"})
  void noPathEndsInAnInternalError(String path) {
    try (TestServer server = TestServer.start()) {
      for (Operation operation : Operation.values()) {
        assertThat(server.root().call(operation, path, Map.of()).errors())
            .doesNotContain("internal error");
      }
    }
  }
}
