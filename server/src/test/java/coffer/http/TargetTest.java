package coffer.http;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.http.Target.Api;
import coffer.http.Target.Elsewhere;
import coffer.http.Target.Unfit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {
  @ParameterizedTest
  @CsvSource({
    "/v1/secret/data/a, secret/data/a",
    "/v1/sys/health/, sys/health/",
    "/v1/a..b/...c, a..b/...c",
    "/v1/a;b=c, a;b=c",
    "/v1/a+b, a+b",
    "/v1/a%20b, a b",
    "/v1/a%2Fb, a/b",
    "/v1/a%2F%2Fb, a//b",
    "/v1/%C3%A9é, éé",
    "/v1/%F0%9F%98%80, 😀",
    "/v1/a%23%3f, a#?",
  })
  void aPathIsDecodedOnce(String raw, String path) {
    assertThat(Target.of(raw)).isEqualTo(new Api(path));
  }

  @Test
  void thePathOfTheApiItselfIsEmpty() {
    assertThat(Target.of("/v1/")).isEqualTo(new Api(""));
  }

  @ParameterizedTest
  @CsvSource({
    "/v1//, /v1/",
    "/v1/a//b, /v1/a/b",
    "/v1/a/./b, /v1/a/b",
    "/v1/a/../b/, /v1/b/",
    "/v1/a/.., /v1",
    "/v1/sys/health/., /v1/sys/health",
    "/v1/.., /",
    "/v1/../../../x, /x",
    "/v1/..//evil.example, /evil.example",
    "/v1/a b%20c//%C3%A9é, /v1/a%20b%20c/%C3%A9%C3%A9",
    "'/v1/a\"<b>//a', /v1/a%22%3Cb%3E/a",
  })
  void aRoundaboutPathLeadsToTheShortOne(String raw, String location) {
    assertThat(Target.of(raw)).isEqualTo(new Elsewhere(location));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "//", "//v1/a", "/v1", "/v1x", "/V1/a", "/ui/", "/x", "", "*", "/.."})
  void nothingElseIsThere(String raw) {
    assertThat(Target.of(raw)).isEqualTo(Target.NOWHERE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/v1/%2e%2e/x", "/v1/a/%2e%2e", "/v1/a/..%2fb", "/v1/%2E", "/v1/x%2F..%2Fy"})
  void dotsBehindPercentSignsAreRefused(String raw) {
    assertThat(Target.of(raw)).isEqualTo(new Unfit("relative paths not supported"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/%00",
        "/v1/a%0ab",
        "/v1/%7f",
        "/v1/%C2%80",
        "/v1/%C2%A0",
        "/v1/%E2%80%8B",
        "/v1/%E2%80%AE",
        "/v1/%EF%BB%BF",
        "/v1/%C2%AD",
        "/v1/%EF%BF%BF",
        "/x%00",
      })
  void whatNobodyCouldSeeIsRefused(String raw) {
    assertThat(Target.of(raw)).isEqualTo(new Unfit(""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/%",
        "/v1/%2",
        "/v1/%zz",
        "/v1/%FF",
        "/v1/%ED%A0%80",
        "/v1/%C0%AF",
        "/v1/\uFFFD"
      })
  void whatStandsForNoCharactersIsRefused(String raw) {
    assertThat(Target.of(raw)).isEqualTo(new Unfit(""));
  }
}
