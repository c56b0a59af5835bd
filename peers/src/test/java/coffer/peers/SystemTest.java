package coffer.peers;

import static coffer.peers.Answers.assertRefused;
import static coffer.peers.Answers.data;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.vault.core.VaultSysOperations;
import org.springframework.vault.core.VaultTemplate;
import org.springframework.vault.support.VaultHealth;
import org.springframework.vault.support.VaultInitializationRequest;
import org.springframework.vault.support.VaultMount;
import org.springframework.vault.support.VaultUnsealStatus;

/// The state of a server and its mounts, by Spring Vault.
class SystemTest {
  @RegisterExtension static final RunningServer SERVER = new RunningServer();

  private final VaultTemplate root = SERVER.asRoot();
  private final VaultSysOperations sys = root.opsForSys();

  @Test
  void aDevServerIsHealthy() {
    VaultHealth health = sys.health();
    assertThat(health.isInitialized()).isTrue();
    assertThat(health.isSealed()).isFalse();
    assertThat(health.isStandby()).isFalse();
    assertThat(health.getServerTimeUtc()).isPositive();
    assertThat(Objects.requireNonNull(health.getVersion())).matches("\\d+\\.\\d+\\.\\d+.*");
  }

  @Test
  void aDevServerIsUnsealedByOneKey() {
    VaultUnsealStatus status = sys.getUnsealStatus();
    assertThat(status.isSealed()).isFalse();
    assertThat(status.getSecretShares()).isEqualTo(1);
    assertThat(status.getSecretThreshold()).isEqualTo(1);
    assertThat(status.getProgress()).isZero();
  }

  @Test
  void aServerIsInitializedOnce() {
    assertThat(sys.isInitialized()).isTrue();
    assertRefused(400, () -> sys.initialize(VaultInitializationRequest.create(1, 1)))
        .hasMessageContaining("already initialized");
  }

  @Test
  void aMountComesAndGoesWithItsSecrets() {
    sys.mount(
        "peers-mount",
        VaultMount.builder()
            .type("kv")
            .description("for a while")
            .config(Map.of("default_lease_ttl", "1h"))
            .options(Map.of("version", "1"))
            .build());
    VaultMount mount = Objects.requireNonNull(sys.getMounts().get("peers-mount/"));
    assertThat(mount.getType()).isEqualTo("kv");
    assertThat(mount.getDescription()).isEqualTo("for a while");
    assertThat(mount.getConfig()).containsEntry("default_lease_ttl", 3600);
    assertThat(mount.getOptions()).isEqualTo(Map.of("version", "1"));
    root.write("peers-mount/a", Map.of("k", "v"));
    sys.unmount("peers-mount");
    assertThat(sys.getMounts()).doesNotContainKey("peers-mount/");
    assertRefused(404, () -> root.write("peers-mount/a", Map.of("k", "v")));
    sys.mount("peers-mount", VaultMount.create("kv"));
    assertThat(root.read("peers-mount/a")).isNull();
    sys.unmount("peers-mount");
  }

  @Test
  void aPathIsTakenOnce() {
    sys.mount("peers-taken", VaultMount.create("kv"));
    assertRefused(400, () -> sys.mount("peers-taken", VaultMount.create("kv")))
        .hasMessageContaining("path is already in use at peers-taken/");
    assertRefused(400, () -> sys.mount("peers-taken/below", VaultMount.create("kv")));
  }

  @Test
  void anEngineThatNobodyKnowsIsNotMounted() {
    assertRefused(400, () -> sys.mount("peers-unknown", VaultMount.create("no-such-engine")));
    assertThat(sys.getMounts()).doesNotContainKey("peers-unknown/");
  }

  @Test
  void aDevServerHasTheUsualMounts() {
    assertThat(sys.getMounts()).containsKeys("secret/", "sys/", "cubbyhole/", "identity/");
    assertThat(sys.getAuthMounts()).containsKey("token/");
  }

  @Test
  void anAuthMethodComesAndGoes() {
    sys.authMount("peers-auth", VaultMount.create("userpass"));
    assertThat(Objects.requireNonNull(sys.getAuthMounts().get("peers-auth/")).getType())
        .isEqualTo("userpass");
    sys.authUnmount("peers-auth");
    assertThat(sys.getAuthMounts()).doesNotContainKey("peers-auth/");
  }

  @Test
  void aMountIsTuned() {
    sys.mount("peers-tuned", VaultMount.create("kv"));
    root.write("sys/mounts/peers-tuned/tune", Map.of("max_lease_ttl", "2h"));
    assertThat(data(root.read("sys/mounts/peers-tuned/tune"))).containsEntry("max_lease_ttl", 7200);
    sys.unmount("peers-tuned");
  }
}
