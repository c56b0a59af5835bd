package coffer.quota;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.boot.TestServer;
import coffer.boot.TestServer.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whoever asks too often is turned away until the interval is over.
class RateLimitTest {
  private final TestServer server = TestServer.start();

  @AfterEach
  void stop() {
    server.close();
  }

  private Reply limit(String name, Map<String, ?> fields) {
    return server.root().write("sys/quotas/rate-limit/" + name, fields);
  }

  private int ask() {
    return server.root().read("cubbyhole/a").status();
  }

  @Test
  void anAddressMayAskSoOftenInAnInterval() {
    limit("few", Map.of("path", "cubbyhole", "rate", 2, "interval", "10s"));

    assertThat(List.of(ask(), ask(), ask())).containsExactly(404, 404, 429);

    server.advance(Duration.ofSeconds(9));
    assertThat(ask()).isEqualTo(429);
    server.advance(Duration.ofSeconds(1));
    assertThat(ask()).isEqualTo(404);
  }

  @Test
  void whoAskedForMoreCanBeBlockedForLonger() {
    limit("few", Map.of("path", "cubbyhole", "rate", 1, "interval", "1s", "block_interval", "60s"));
    assertThat(List.of(ask(), ask())).containsExactly(404, 429);

    server.advance(Duration.ofSeconds(59));
    assertThat(ask()).isEqualTo(429);
    server.advance(Duration.ofSeconds(1));
    assertThat(ask()).isEqualTo(404);
  }

  @Test
  void aRefusalSaysWhy() {
    limit("none", Map.of("path", "cubbyhole", "rate", 0.5));

    Reply reply = server.root().read("cubbyhole/a");

    assertThat(reply.errors())
        .containsExactly("request path \"cubbyhole/a\": rate limit quota exceeded");
  }

  @Test
  void theLimitWithTheLongestPathCounts() {
    limit("mount", Map.of("path", "cubbyhole/", "rate", 1));
    limit("path", Map.of("path", "cubbyhole/a", "rate", 2));
    limit("all", Map.of("rate", 0.5));

    assertThat(List.of(ask(), ask(), ask())).containsExactly(404, 404, 429);
    assertThat(server.root().read("cubbyhole/b").status()).isEqualTo(404);
    assertThat(server.root().read("cubbyhole/b").status()).isEqualTo(429);
    assertThat(server.root().read("auth/token/lookup-self").status()).isEqualTo(429);
  }

  @Test
  void exemptPathsAreNotCounted() {
    server
        .root()
        .write("sys/quotas/config", Map.of("rate_limit_exempt_paths", List.of("cubbyhole/*")));
    limit("none", Map.of("path", "cubbyhole", "rate", 0.5));

    assertThat(ask()).isEqualTo(404);
  }

  @Test
  void limitsSurviveARestart() {
    limit("few", Map.of("path", "cubbyhole", "rate", 1, "interval", "1h"));
    server.restart();

    assertThat(List.of(ask(), ask())).containsExactly(404, 429);
    assertThat(server.root().list("sys/quotas/rate-limit").names()).isEqualTo(List.of("few"));
    server.root().delete("sys/quotas/rate-limit/few");
    assertThat(ask()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "0; cubbyhole; is invalid",
        "-1; cubbyhole; is invalid",
        "1; nosuch; invalid mount path \"nosuch/\"",
      })
  void badLimitsAreRefused(int rate, String path, String problem) {
    Reply reply = limit("bad", Map.of("rate", rate, "path", path));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.errors()).first().asString().contains(problem);
  }

  @Test
  void onePathHasOneLimit() {
    limit("one", Map.of("path", "cubbyhole", "rate", 1));

    assertThat(limit("two", Map.of("path", "cubbyhole/", "rate", 2)).errors())
        .containsExactly("quota rule with similar properties exists under the name \"one\"");
  }
}
