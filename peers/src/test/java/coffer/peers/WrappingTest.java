package coffer.peers;

import static coffer.peers.Answers.assertRefused;
import static coffer.peers.Answers.data;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.vault.VaultException;
import org.springframework.vault.authentication.CubbyholeAuthentication;
import org.springframework.vault.authentication.CubbyholeAuthenticationOptions;
import org.springframework.vault.authentication.UnwrappingEndpoints;
import org.springframework.vault.core.VaultTemplate;
import org.springframework.vault.core.VaultWrappingOperations;
import org.springframework.vault.support.VaultResponse;
import org.springframework.vault.support.VaultToken;
import org.springframework.vault.support.WrappedMetadata;

/// Answers that are wrapped in a token for one use, by Spring Vault.
class WrappingTest {
  @RegisterExtension static final RunningServer SERVER = new RunningServer();

  private final VaultTemplate root = SERVER.asRoot();
  private final VaultWrappingOperations wrapping = root.opsForWrapping();

  @Test
  void whatIsWrappedIsUnwrappedOnce() {
    WrappedMetadata wrapped = wrapping.wrap(Map.of("k", "v"), Duration.ofMinutes(5));
    assertThat(wrapped.getTtl()).isEqualTo(Duration.ofMinutes(5));
    assertThat(wrapped.getPath()).isEqualTo("sys/wrapping/wrap");
    assertThat(data(wrapping.read(wrapped.getToken()))).isEqualTo(Map.of("k", "v"));
    assertThat(wrapping.read(wrapped.getToken())).isNull();
  }

  @Test
  void aLookUpTellsOfWhatIsWrappedAndLeavesItThere() {
    WrappedMetadata wrapped = wrapping.wrap(Map.of("k", "v"), Duration.ofMinutes(5));
    WrappedMetadata found = Objects.requireNonNull(wrapping.lookup(wrapped.getToken()));
    assertThat(found.getPath()).isEqualTo("sys/wrapping/wrap");
    assertThat(found.getTtl()).isEqualTo(Duration.ofMinutes(5));
    assertThat(found.getCreationTime()).isEqualTo(wrapped.getCreationTime());
    assertThat(data(wrapping.read(wrapped.getToken()))).isEqualTo(Map.of("k", "v"));
  }

  @Test
  void whatIsWrappedAgainIsThereUnderTheNewTokenOnly() {
    WrappedMetadata wrapped = wrapping.wrap(Map.of("k", "v"), Duration.ofMinutes(5));
    WrappedMetadata again = wrapping.rewrap(wrapped.getToken());
    assertThat(again.getToken()).isNotEqualTo(wrapped.getToken());
    assertThat(wrapping.lookup(wrapped.getToken())).isNull();
    assertThat(data(wrapping.read(again.getToken()))).isEqualTo(Map.of("k", "v"));
  }

  @Test
  void anyAnswerIsWrappedOnRequest() {
    root.write("secret/data/peers/wrapped", Map.of("data", Map.of("k", "v")));
    Map<String, String> wrapInfo =
        Objects.requireNonNull(wrapped(HttpMethod.GET, "secret/data/peers/wrapped").getWrapInfo());
    assertThat(wrapInfo)
        .containsEntry("creation_path", "secret/data/peers/wrapped")
        .containsEntry("ttl", "300");
    VaultResponse unwrapped =
        SERVER
            .as(Objects.requireNonNull(wrapInfo.get("token")))
            .write("sys/wrapping/unwrap", Map.of());
    assertThat(data(unwrapped)).containsEntry("data", Map.of("k", "v"));
  }

  private VaultResponse wrapped(HttpMethod method, String path) {
    return root.doWithSession(
        http -> {
          HttpHeaders headers = new HttpHeaders();
          headers.add("X-Vault-Wrap-TTL", "5m");
          return Objects.requireNonNull(
              http.exchange(path, method, new HttpEntity<>(headers), VaultResponse.class)
                  .getBody());
        });
  }

  @Test
  void somebodyLogsInWithAWrappedToken() {
    String initial =
        Objects.requireNonNull(
            Objects.requireNonNull(wrapped(HttpMethod.POST, "auth/token/create").getWrapInfo())
                .get("token"));
    VaultToken token = cubbyhole(initial).login();
    assertThat(data(SERVER.as(token.getToken()).read("auth/token/lookup-self")))
        .containsEntry("id", token.getToken());
    assertThatExceptionOfType(VaultException.class).isThrownBy(() -> cubbyhole(initial).login());
  }

  private static CubbyholeAuthentication cubbyhole(String initial) {
    return new CubbyholeAuthentication(
        CubbyholeAuthenticationOptions.builder()
            .initialToken(VaultToken.of(initial))
            .unwrappingEndpoints(UnwrappingEndpoints.SysWrapping)
            .wrapped()
            .build(),
        SERVER.client());
  }

  @Test
  void aTokenHasACubbyholeThatNobodyElseSees() {
    String one = root.opsForToken().create().getToken().getToken();
    SERVER.as(one).write("cubbyhole/note", Map.of("k", "v"));
    assertThat(data(SERVER.as(one).read("cubbyhole/note"))).isEqualTo(Map.of("k", "v"));
    assertThat(root.read("cubbyhole/note")).isNull();
  }

  @Test
  void aTokenThatWrapsIsGoodForNothingElse() {
    String wrapping =
        this.wrapping.wrap(Map.of("k", "v"), Duration.ofMinutes(5)).getToken().getToken();
    assertRefused(403, () -> SERVER.as(wrapping).read("secret/data/peers/any"));
  }
}
