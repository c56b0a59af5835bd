package coffer.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.vault.core.VaultKeyValueOperations;
import org.springframework.vault.core.VaultKeyValueOperationsSupport.KeyValueBackend;
import org.springframework.vault.support.VaultMount;

/// Key/value secrets without versions, by Spring Vault.
class KeyValueTest {
  private static final String MOUNT = "peers-kv1";

  @RegisterExtension static final RunningServer SERVER = new RunningServer();

  private final VaultKeyValueOperations secrets =
      SERVER.asRoot().opsForKeyValue(MOUNT, KeyValueBackend.KV_1);

  @BeforeAll
  static void mount() {
    SERVER
        .asRoot()
        .opsForSys()
        .mount(MOUNT, VaultMount.builder().type("kv").options(Map.of("version", "1")).build());
  }

  /// A record that the client turns into JSON and back.
  record Door(String key, int floor) {}

  @Test
  void aSecretIsReadAsItWasWritten() {
    Map<String, Object> secret =
        Map.of("text", "pässwörd €", "number", 5, "list", List.of(1, "two"), "flag", true);
    secrets.put("read/one", secret);
    assertThat(Objects.requireNonNull(secrets.get("read/one")).getRequiredData()).isEqualTo(secret);
  }

  @Test
  void aSecretIsReadAsARecord() {
    secrets.put("typed", new Door("k", 3));
    assertThat(Objects.requireNonNull(secrets.get("typed", Door.class)).getRequiredData())
        .isEqualTo(new Door("k", 3));
  }

  @Test
  void aSecretWrittenAgainIsReplacedWhole() {
    secrets.put("again", Map.of("a", "1", "b", "2"));
    secrets.put("again", Map.of("c", "3"));
    assertThat(Objects.requireNonNull(secrets.get("again")).getRequiredData())
        .isEqualTo(Map.of("c", "3"));
  }

  @Test
  void whatIsNotThereIsNull() {
    assertThat(secrets.get("nowhere")).isNull();
    assertThat(secrets.list("nowhere")).isEmpty();
  }

  @Test
  void namesAreListedFolderByFolder() {
    for (String path : List.of("tree/b", "tree/a", "tree/c/d", "tree/c/e")) {
      secrets.put(path, Map.of("k", "v"));
    }
    assertThat(secrets.list("tree")).containsExactly("a", "b", "c/");
    assertThat(secrets.list("tree/c")).containsExactly("d", "e");
  }

  @Test
  void aDeletedSecretIsGone() {
    secrets.put("gone", Map.of("k", "v"));
    secrets.delete("gone");
    assertThat(secrets.get("gone")).isNull();
    secrets.delete("gone");
  }
}
