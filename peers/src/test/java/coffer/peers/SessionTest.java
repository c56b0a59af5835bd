package coffer.peers;

import static coffer.peers.Answers.assertRefused;
import static coffer.peers.Answers.data;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.scheduling.concurrent.SimpleAsyncTaskScheduler;
import org.springframework.vault.authentication.LifecycleAwareSessionManager;
import org.springframework.vault.authentication.LoginToken;
import org.springframework.vault.core.VaultTemplate;
import org.springframework.vault.support.VaultToken;
import org.springframework.vault.support.VaultTokenRequest;

/// The session manager of Spring Vault, which keeps its token alive and revokes it at the end.
class SessionTest {
  @RegisterExtension static final RunningServer SERVER = new RunningServer();

  private final VaultTemplate root = SERVER.asRoot();
  private final SimpleAsyncTaskScheduler scheduler = new SimpleAsyncTaskScheduler();
  private final LifecycleAwareSessionManager session =
      new LifecycleAwareSessionManager(this::login, scheduler, SERVER.client());

  private VaultToken login() {
    VaultToken token =
        root.opsForToken()
            .create(
                VaultTokenRequest.builder()
                    .withPolicy("default")
                    .ttl(Duration.ofMinutes(5))
                    .renewable()
                    .build())
            .getToken();
    return LoginToken.renewable(token.toCharArray(), Duration.ofMinutes(5));
  }

  @AfterEach
  void stopScheduling() {
    scheduler.close();
  }

  private Map<String, Object> lookUp(VaultToken token) {
    return data(root.write("auth/token/lookup", Map.of("token", token.getToken())));
  }

  @Test
  void aSessionKeepsItsTokenAndRenewsIt() {
    VaultToken token = session.getSessionToken();
    assertThat(session.getSessionToken()).isEqualTo(token);
    assertThat(lookUp(token)).doesNotContainKey("last_renewal_time");
    assertThat(session.renewToken()).isTrue();
    assertThat(session.getSessionToken().getToken()).isEqualTo(token.getToken());
    assertThat(lookUp(token)).containsKey("last_renewal_time");
    session.destroy();
  }

  @Test
  void aSessionThatEndsRevokesItsToken() {
    VaultToken token = session.getSessionToken();
    session.destroy();
    assertRefused(403, () -> lookUp(token));
  }

  @Test
  void aSessionWhoseTokenWasRevokedLogsInAgain() {
    VaultToken token = session.getSessionToken();
    root.opsForToken().revoke(token);
    assertThat(session.renewToken()).isFalse();
    assertThat(session.getSessionToken().getToken()).isNotEqualTo(token.getToken());
    session.destroy();
  }
}
