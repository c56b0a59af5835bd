package coffer.peers;

import static coffer.peers.Answers.assertRefused;
import static coffer.peers.Answers.data;
import static coffer.peers.Answers.string;
import static coffer.peers.Answers.strings;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.vault.authentication.AppRoleAuthentication;
import org.springframework.vault.authentication.AppRoleAuthenticationOptions;
import org.springframework.vault.authentication.AppRoleAuthenticationOptions.RoleId;
import org.springframework.vault.authentication.AppRoleAuthenticationOptions.SecretId;
import org.springframework.vault.core.VaultTemplate;
import org.springframework.vault.support.VaultMount;
import org.springframework.vault.support.VaultResponse;
import org.springframework.vault.support.VaultToken;

/// Logging in as a role, by Spring Vault.
class AppRoleTest {
  private static final String MOUNT = "peers-roles";
  private static final String ROLES = "auth/" + MOUNT + "/role/";

  @RegisterExtension static final RunningServer SERVER = new RunningServer();

  private final VaultTemplate root = SERVER.asRoot();

  @BeforeAll
  static void mount() {
    SERVER.asRoot().opsForSys().authMount(MOUNT, VaultMount.create("approle"));
  }

  private void role(String name, Map<String, Object> fields) {
    Map<String, Object> all = new HashMap<>(fields);
    all.put("role_id", name + "-id");
    root.write(ROLES + name, all);
  }

  private AppRoleAuthentication login(RoleId role, SecretId secret) {
    return new AppRoleAuthentication(
        AppRoleAuthenticationOptions.builder()
            .path(MOUNT)
            .appRole("pulled")
            .roleId(role)
            .secretId(secret)
            .build(),
        SERVER.operations());
  }

  @Test
  void aRoleLogsInWithASecretIdAndGetsATokenOfItsOwn() {
    role("web", Map.of("token_policies", "peers-a", "token_ttl", "20m"));
    Map<String, Object> made =
        data(root.write(ROLES + "web/secret-id", Map.of("metadata", "{\"team\":\"blue\"}")));
    AppRoleAuthentication login =
        login(RoleId.provided("web-id"), SecretId.provided(string(made, "secret_id")));
    Map<String, Object> token = data(SERVER.as(login).read("auth/token/lookup-self"));
    assertThat(token)
        .containsEntry("display_name", MOUNT)
        .containsEntry("path", "auth/" + MOUNT + "/login")
        .containsEntry("meta", Map.of("role_name", "web", "team", "blue"))
        .containsEntry("creation_ttl", 1200);
    assertThat(strings(token, "policies")).containsExactly("default", "peers-a");
  }

  @Test
  void aTokenThatMayPullsBothIds() {
    role("pulled", Map.of());
    VaultToken mine = VaultToken.of("root");
    assertThat(login(RoleId.pull(mine), SecretId.pull(mine)).login().getToken()).isNotEmpty();
  }

  @Test
  void aSecretIdTravelsInAWrapping() {
    role("wrapped", Map.of());
    VaultToken wrapping = VaultToken.of(wrapped("wrapped").get("token"));
    AppRoleAuthentication login = login(RoleId.provided("wrapped-id"), SecretId.wrapped(wrapping));
    assertThat(login.login().getToken()).isNotEmpty();
  }

  @Test
  void aSecretIdInAWrappingIsDestroyedByItsAccessor() {
    role("lost", Map.of());
    Map<String, String> info = wrapped("lost");
    String accessor = Objects.requireNonNull(info.get("wrapped_accessor"));
    root.write(ROLES + "lost/secret-id-accessor/destroy", Map.of("secret_id_accessor", accessor));
    VaultResponse unwrapped =
        SERVER.as(Objects.requireNonNull(info.get("token"))).write("sys/wrapping/unwrap", Map.of());
    Map<String, Object> ids =
        Map.of("role_id", "lost-id", "secret_id", string(data(unwrapped), "secret_id"));
    assertRefused(400, () -> root.write("auth/" + MOUNT + "/login", ids))
        .hasMessageContaining("invalid role or secret ID");
  }

  /// What the answer says of the wrapping that a new secret id of the role is in.
  private Map<String, String> wrapped(String role) {
    VaultResponse answer =
        root.doWithSession(
            http -> {
              HttpHeaders headers = new HttpHeaders();
              headers.add("X-Vault-Wrap-TTL", "5m");
              return http.exchange(
                      ROLES + role + "/secret-id",
                      HttpMethod.POST,
                      new HttpEntity<>(Map.of(), headers),
                      VaultResponse.class)
                  .getBody();
            });
    return Objects.requireNonNull(Objects.requireNonNull(answer).getWrapInfo());
  }

  @Test
  void aSecretIdLogsInAsOftenAsItMay() {
    role("limited", Map.of("secret_id_num_uses", 2));
    String secret = string(data(root.write(ROLES + "limited/secret-id")), "secret_id");
    AppRoleAuthentication login = login(RoleId.provided("limited-id"), SecretId.provided(secret));
    login.login();
    login.login();
    Map<String, Object> ids = Map.of("role_id", "limited-id", "secret_id", secret);
    assertRefused(400, () -> root.write("auth/" + MOUNT + "/login", ids))
        .hasMessageContaining("invalid role or secret ID");
  }
}
