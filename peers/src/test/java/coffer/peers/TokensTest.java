package coffer.peers;

import static coffer.peers.Answers.assertRefused;
import static coffer.peers.Answers.auth;
import static coffer.peers.Answers.data;
import static coffer.peers.Answers.number;
import static coffer.peers.Answers.strings;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.vault.core.VaultTemplate;
import org.springframework.vault.support.VaultToken;
import org.springframework.vault.support.VaultTokenRequest;

/// Tokens by Spring Vault: made, looked at, renewed, revoked.
class TokensTest {
  @RegisterExtension static final RunningServer SERVER = new RunningServer();

  private final VaultTemplate root = SERVER.asRoot();

  private VaultToken make(VaultTemplate maker, VaultTokenRequest request) {
    return maker.opsForToken().create(request).getToken();
  }

  private VaultToken make(VaultTemplate maker) {
    return make(maker, VaultTokenRequest.builder().withPolicy("root").build());
  }

  private Map<String, Object> lookUp(VaultToken token) {
    return data(root.write("auth/token/lookup", Map.of("token", token.getToken())));
  }

  private void isGone(VaultToken token) {
    assertRefused(403, () -> SERVER.as(token.getToken()).read("auth/token/lookup-self"));
    assertRefused(403, () -> lookUp(token));
  }

  @Test
  void aTokenIsMadeAsItWasWished() {
    VaultToken token =
        make(
            root,
            VaultTokenRequest.builder()
                .withPolicy("peers-tokens")
                .displayName("walker")
                .meta(Map.of("purpose", "trial"))
                .ttl(Duration.ofMinutes(5))
                .explicitMaxTtl(Duration.ofHours(1))
                .numUses(0)
                .renewable()
                .build());
    Map<String, Object> seen = data(SERVER.as(token.getToken()).read("auth/token/lookup-self"));
    assertThat(seen)
        .containsEntry("display_name", "token-walker")
        .containsEntry("creation_ttl", 300)
        .containsEntry("explicit_max_ttl", 3600)
        .containsEntry("renewable", true)
        .containsEntry("orphan", false)
        .containsEntry("path", "auth/token/create")
        .containsEntry("type", "service")
        .containsEntry("meta", Map.of("purpose", "trial"));
    assertThat(strings(seen, "policies")).containsExactly("default", "peers-tokens");
    assertThat(number(seen, "ttl")).isBetween(290, 300);
    assertThat(lookUp(token)).containsEntry("id", token.getToken());
  }

  @Test
  void aTokenIsFoundByItsAccessorWhichDoesNotGiveItsId() {
    VaultToken token = make(root);
    Object accessor = lookUp(token).get("accessor");
    Map<String, Object> found =
        data(root.write("auth/token/lookup-accessor", Map.of("accessor", accessor)));
    assertThat(found).containsEntry("accessor", accessor).containsEntry("id", "");
    assertThat(root.list("auth/token/accessors")).contains((String) accessor);
    root.write("auth/token/revoke-accessor", Map.of("accessor", accessor));
    isGone(token);
  }

  @Test
  void aTokenIsRenewed() {
    VaultToken token =
        make(
            root,
            VaultTokenRequest.builder()
                .withPolicy("default")
                .ttl(Duration.ofMinutes(5))
                .renewable()
                .build());
    assertThat(lookUp(token)).doesNotContainKey("last_renewal_time");
    var renewed = root.opsForToken().renew(token);
    assertThat(renewed.getToken().getToken()).isEqualTo(token.getToken());
    assertThat(auth(renewed)).containsEntry("lease_duration", 300).containsEntry("renewable", true);
    assertThat(lookUp(token)).containsKey("last_renewal_time");
  }

  @Test
  void aTokenThatIsNotRenewableIsNotRenewed() {
    VaultToken token =
        make(
            root,
            VaultTokenRequest.builder()
                .withPolicy("default")
                .ttl(Duration.ofMinutes(5))
                .renewable(false)
                .build());
    assertRefused(400, () -> root.opsForToken().renew(token))
        .hasMessageContaining("lease is not renewable");
  }

  @Test
  void aRevokedTokenTakesItsChildrenWithIt() {
    VaultToken parent = make(root);
    VaultToken child = make(SERVER.as(parent.getToken()));
    VaultToken grandchild = make(SERVER.as(child.getToken()));
    root.opsForToken().revoke(parent);
    isGone(parent);
    isGone(child);
    isGone(grandchild);
  }

  @Test
  void anOrphanOutlivesItsMaker() {
    VaultToken maker = make(root);
    VaultToken orphan = SERVER.as(maker.getToken()).opsForToken().createOrphan().getToken();
    assertThat(lookUp(orphan)).containsEntry("orphan", true);
    root.opsForToken().revoke(maker);
    isGone(maker);
    assertThat(lookUp(orphan)).containsEntry("id", orphan.getToken());
    root.opsForToken().revoke(orphan);
  }

  @Test
  void childrenOfATokenRevokedAloneBecomeOrphans() {
    VaultToken parent = make(root);
    VaultToken child = make(SERVER.as(parent.getToken()));
    root.opsForToken().revokeOrphan(parent);
    isGone(parent);
    assertThat(lookUp(child)).containsEntry("orphan", true);
    root.opsForToken().revoke(child);
    isGone(child);
  }

  @Test
  void aTokenWithOneUseWorksOnce() {
    VaultToken token =
        make(root, VaultTokenRequest.builder().withPolicy("default").numUses(1).build());
    VaultTemplate user = SERVER.as(token.getToken());
    assertThat(data(user.read("auth/token/lookup-self"))).containsEntry("id", token.getToken());
    assertRefused(403, () -> user.read("auth/token/lookup-self"));
  }

  @Test
  void aTokenCannotGiveWhatItDoesNotHave() {
    VaultToken token = make(root, VaultTokenRequest.builder().withPolicy("default").build());
    assertRefused(403, () -> make(SERVER.as(token.getToken())))
        .hasMessageContaining("permission denied");
  }

  @Test
  void nobodyWithoutATokenIsLetIn() {
    assertRefused(403, () -> SERVER.as("no-such-token").read("auth/token/lookup-self"))
        .hasMessageContaining("permission denied");
  }
}
