package coffer.peers;

import static coffer.peers.Answers.assertRefused;
import static coffer.peers.Answers.auth;
import static coffer.peers.Answers.data;
import static coffer.peers.Answers.strings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.vault.VaultException;
import org.springframework.vault.authentication.UsernamePasswordAuthentication;
import org.springframework.vault.authentication.UsernamePasswordAuthenticationOptions;
import org.springframework.vault.core.VaultTemplate;
import org.springframework.vault.support.VaultMount;

/// Logging in with a name and a password, by Spring Vault.
class UserpassTest {
  private static final String MOUNT = "peers-users";

  @RegisterExtension static final RunningServer SERVER = new RunningServer();

  private final VaultTemplate root = SERVER.asRoot();

  @BeforeAll
  static void mount() {
    SERVER.asRoot().opsForSys().authMount(MOUNT, VaultMount.create("userpass"));
  }

  private void user(String name, String password, Map<String, Object> fields) {
    Map<String, Object> all = new HashMap<>(fields);
    all.put("password", password);
    root.write("auth/" + MOUNT + "/users/" + name, all);
  }

  private UsernamePasswordAuthentication login(String name, String password) {
    return new UsernamePasswordAuthentication(
        UsernamePasswordAuthenticationOptions.builder()
            .path(MOUNT)
            .username(name)
            .password(password)
            .build(),
        SERVER.operations());
  }

  private Map<String, Object> lookUpAs(String name, String password) {
    return data(SERVER.as(login(name, password)).read("auth/token/lookup-self"));
  }

  private void isTurnedAway(String name, String password) {
    assertThatExceptionOfType(VaultException.class)
        .isThrownBy(() -> login(name, password).login())
        .withMessageContaining("invalid username or password");
  }

  @Test
  void aUserLogsInAndGetsATokenOfTheirOwn() {
    user("walker", "pass", Map.of("token_policies", "peers-a,peers-b", "token_ttl", "20m"));
    Map<String, Object> token = lookUpAs("walker", "pass");
    assertThat(token)
        .containsEntry("display_name", MOUNT + "-walker")
        .containsEntry("path", "auth/" + MOUNT + "/login/walker")
        .containsEntry("meta", Map.of("username", "walker"))
        .containsEntry("creation_ttl", 1200)
        .containsEntry("orphan", true);
    assertThat(strings(token, "policies")).containsExactly("default", "peers-a", "peers-b");
  }

  @Test
  void theNameCountsInAnyCase() {
    user("Case", "pass", Map.of());
    assertThat(lookUpAs("CASE", "pass")).containsEntry("meta", Map.of("username", "case"));
  }

  @Test
  void aWrongPasswordAndAnUnknownUserAreTurnedAwayAlike() {
    user("known", "pass", Map.of());
    isTurnedAway("known", "Pass");
    isTurnedAway("unknown", "pass");
  }

  @Test
  void aUserComesInByTheNewPasswordOnly() {
    user("changes", "old", Map.of());
    root.write("auth/" + MOUNT + "/users/changes/password", Map.of("password", "new"));
    isTurnedAway("changes", "old");
    assertThat(lookUpAs("changes", "new")).containsEntry("num_uses", 0);
  }

  @Test
  void aDeletedUserDoesNotComeIn() {
    user("leaves", "pass", Map.of());
    root.delete("auth/" + MOUNT + "/users/leaves");
    isTurnedAway("leaves", "pass");
  }

  @Test
  void aTokenIsRenewedWhileThePoliciesStayTheSame() {
    user("renews", "pass", Map.of("token_policies", "peers-a", "token_ttl", "20m"));
    String id = login("renews", "pass").login().getToken();
    root.write("auth/" + MOUNT + "/users/renews", Map.of("token_ttl", "30m"));
    VaultTemplate user = SERVER.as(id);
    assertThat(auth(user.write("auth/token/renew-self", Map.of())))
        .containsEntry("lease_duration", 1800);
    root.write("auth/" + MOUNT + "/users/renews/policies", Map.of("token_policies", "peers-b"));
    assertRefused(500, () -> user.write("auth/token/renew-self", Map.of()))
        .hasMessageContaining("policies have changed, not renewing");
  }

  @Test
  void nobodyBecomesRootByLoggingIn() {
    user("climber", "pass", Map.of("token_policies", "root"));
    assertThatExceptionOfType(VaultException.class)
        .isThrownBy(() -> login("climber", "pass").login())
        .withMessageContaining("auth methods cannot create root tokens");
  }

  @Test
  void usersAreListedWithoutTheirPasswords() {
    user("listed", "pass", Map.of("token_policies", List.of("peers-a")));
    assertThat(root.list("auth/" + MOUNT + "/users")).contains("listed");
    Map<String, Object> shown = data(root.read("auth/" + MOUNT + "/users/listed"));
    assertThat(strings(shown, "token_policies")).containsExactly("peers-a");
    assertThat(shown).doesNotContainKeys("password", "password_hash");
  }
}
