package coffer.peers;

import static coffer.peers.Answers.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.vault.core.VaultKeyValueMetadataOperations;
import org.springframework.vault.core.VaultKeyValueOperationsSupport.KeyValueBackend;
import org.springframework.vault.core.VaultVersionedKeyValueOperations;
import org.springframework.vault.support.VaultMetadataRequest;
import org.springframework.vault.support.VaultMount;
import org.springframework.vault.support.Versioned;
import org.springframework.vault.support.Versioned.Version;

/// Key/value secrets with versions, by Spring Vault.
class VersionedKeyValueTest {
  private static final String MOUNT = "peers-kv2";

  @RegisterExtension static final RunningServer SERVER = new RunningServer();

  private final VaultVersionedKeyValueOperations secrets =
      SERVER.asRoot().opsForVersionedKeyValue(MOUNT);
  private final VaultKeyValueMetadataOperations metadata = secrets.opsForKeyValueMetadata();

  @BeforeAll
  static void mount() {
    SERVER
        .asRoot()
        .opsForSys()
        .mount(MOUNT, VaultMount.builder().type("kv").options(Map.of("version", "2")).build());
  }

  private Versioned<Map<String, Object>> read(String path) {
    return Objects.requireNonNull(secrets.get(path));
  }

  private Versioned<Map<String, Object>> read(String path, int version) {
    return Objects.requireNonNull(secrets.get(path, Version.from(version)));
  }

  private void write(String path, int times) {
    for (int i = 1; i <= times; i++) {
      secrets.put(path, Map.of("value", i));
    }
  }

  @Test
  void everyWriteMakesAVersionThatStaysReadable() {
    Versioned.Metadata first = secrets.put("history", Map.of("value", "one"));
    Versioned.Metadata second = secrets.put("history", Map.of("value", "two"));
    assertThat(first.getVersion()).isEqualTo(Version.from(1));
    assertThat(second.getVersion()).isEqualTo(Version.from(2));
    assertThat(second.getCreatedAt()).isAfterOrEqualTo(first.getCreatedAt());
    assertThat(read("history").getRequiredData()).isEqualTo(Map.of("value", "two"));
    assertThat(read("history", 1).getRequiredData()).isEqualTo(Map.of("value", "one"));
    assertThat(secrets.get("history", Version.from(3))).isNull();
    assertThat(secrets.get("no-history")).isNull();
  }

  @Test
  void aWriteIsRefusedWhoseVersionIsNotTheCurrentOne() {
    secrets.put("cas", Versioned.create(Map.of("value", 1), Version.unversioned()));
    assertRefused(
            400,
            () -> secrets.put("cas", Versioned.create(Map.of("value", 2), Version.unversioned())))
        .hasMessageContaining("check-and-set parameter did not match the current version");
    secrets.put("cas", Versioned.create(Map.of("value", 2), Version.from(1)));
    assertRefused(
        400, () -> secrets.put("cas", Versioned.create(Map.of("value", 3), Version.from(1))));
    assertThat(read("cas").getRequiredData()).isEqualTo(Map.of("value", 2));
  }

  @Test
  void aDeletedVersionIsHiddenUntilItIsUndeleted() {
    write("undelete", 2);
    secrets.delete("undelete");
    Versioned<Map<String, Object>> hidden = read("undelete");
    assertThat(hidden.hasData()).isFalse();
    assertThat(hidden.getRequiredMetadata().isDeleted()).isTrue();
    assertThat(hidden.getRequiredMetadata().isDestroyed()).isFalse();
    assertThat(read("undelete", 1).hasData()).isTrue();
    secrets.undelete("undelete", Version.from(2));
    assertThat(read("undelete").getRequiredData()).isEqualTo(Map.of("value", 2));
  }

  @Test
  void versionsAreDeletedOneByOne() {
    write("some", 3);
    secrets.delete("some", Version.from(1), Version.from(2));
    assertThat(read("some", 1).hasData()).isFalse();
    assertThat(read("some", 2).hasData()).isFalse();
    assertThat(read("some").getRequiredData()).isEqualTo(Map.of("value", 3));
  }

  @Test
  void aDestroyedVersionIsGoneForEver() {
    write("destroy", 1);
    secrets.destroy("destroy", Version.from(1));
    secrets.undelete("destroy", Version.from(1));
    Versioned<Map<String, Object>> destroyed = read("destroy");
    assertThat(destroyed.hasData()).isFalse();
    assertThat(destroyed.getRequiredMetadata().isDestroyed()).isTrue();
  }

  @Test
  void metadataTellsOfAllVersions() {
    metadata.put(
        "told",
        VaultMetadataRequest.builder()
            .maxVersions(2)
            .deleteVersionAfter(Duration.ofHours(3))
            .build());
    write("told", 3);
    var told = Objects.requireNonNull(metadata.get("told"));
    assertThat(told.getCurrentVersion()).isEqualTo(3);
    assertThat(told.getOldestVersion()).isEqualTo(2);
    assertThat(told.getMaxVersions()).isEqualTo(2);
    assertThat(told.getDeleteVersionAfter()).isEqualTo(Duration.ofHours(3));
    assertThat(told.isCasRequired()).isFalse();
    assertThat(told.getVersions())
        .extracting(Versioned.Metadata::getVersion)
        .containsExactlyInAnyOrder(Version.from(2), Version.from(3));
  }

  @Test
  void metadataKeepsWhatItsWriterAdds() {
    write("owned", 1);
    SERVER
        .asRoot()
        .write(MOUNT + "/metadata/owned", Map.of("custom_metadata", Map.of("owner", "peers")));
    assertThat(read("owned").getRequiredMetadata().getCustomMetadata())
        .isEqualTo(Map.of("owner", "peers"));
  }

  @Test
  void aSecretThatDemandsAVersionIsNotWrittenWithout() {
    metadata.put("strict", VaultMetadataRequest.builder().casRequired().build());
    assertRefused(400, () -> secrets.put("strict", Map.of("value", 1)))
        .hasMessageContaining("check-and-set parameter required for this call");
    secrets.put("strict", Versioned.create(Map.of("value", 1), Version.unversioned()));
    assertThat(read("strict").getRequiredData()).isEqualTo(Map.of("value", 1));
  }

  @Test
  void deletedMetadataTakesAllVersionsWithIt() {
    write("all", 2);
    metadata.delete("all");
    assertThat(secrets.get("all")).isNull();
    assertThat(secrets.list("/")).doesNotContain("all");
  }

  @Test
  void namesAreListedFolderByFolder() {
    write("list/b", 1);
    write("list/a", 1);
    write("list/c/d", 1);
    assertThat(secrets.list("list")).containsExactly("a", "b", "c/");
  }

  @Test
  void aPatchChangesWhatItNames() {
    var plain = SERVER.asRoot().opsForKeyValue(MOUNT, KeyValueBackend.KV_2);
    plain.put("patch", Map.of("keep", "1", "change", "2"));
    assertThat(plain.patch("patch", Map.of("change", "3"))).isTrue();
    assertThat(read("patch").getRequiredData()).isEqualTo(Map.of("keep", "1", "change", "3"));
    assertThat(read("patch").getVersion()).isEqualTo(Version.from(2));
  }
}
