package coffer.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFilesTest {
  @TempDir Path folder;

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void theFilesOfAFolderAreMergedInTheOrderOfTheirNames() throws IOException {
    write("b.hcl", "storage \"inmem\" {}\ncluster_name = \"b\"\nmax_lease_ttl = \"1h\"");
    write("a.json", "{\"cluster_name\": \"a\", \"ui\": true, \"max_lease_ttl\": \"2h\"}");
    write("c.txt", "not a configuration");
    write(".#d.hcl", "nor this");
    Files.createDirectory(folder.resolve("e.hcl"));
    ServerConfig config = ConfigFiles.load(List.of(folder));
    assertThat(config.general().clusterName()).contains("b");
    assertThat(config.general().ui()).isTrue();
    assertThat(config.maxLeaseTtl()).isEqualTo(Duration.ofHours(2));
    assertThat(config.storage()).isPresent();
  }

  @Test
  void severalPathsAddUp() throws IOException {
    Path one = write("one", "listener \"tcp\" { tls_disable = 1 }\nlog_level = \"warn\"");
    Path two = write("two", "listener \"unix\" { address = \"s\" }\nfoo = 1");
    ServerConfig config = ConfigFiles.load(List.of(one, two));
    assertThat(config.listeners()).hasSize(2);
    assertThat(config.log().level()).contains(LogConfig.Level.WARN);
    assertThat(config.warnings())
        .containsExactly(
            "unknown or unsupported field foo found in configuration at " + two + ":2:1");
  }

  @Test
  void aFileThatIsAlsoInAGivenFolderIsReadOnce() throws IOException {
    Path file = write("a.hcl", "listener \"tcp\" { tls_disable = 1 }");
    assertThat(ConfigFiles.load(List.of(folder, file)).listeners()).hasSize(1);
  }

  @Test
  void whatCannotBeReadIsSaidInOneSentence() throws IOException {
    Path missing = folder.resolve("missing.hcl");
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> ConfigFiles.load(List.of(missing)))
        .withMessage("error loading configuration from " + missing + ": no such file or directory");
    Path binary = Files.write(folder.resolve("x"), new byte[] {(byte) 0xff, (byte) 0xfe});
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> ConfigFiles.load(List.of(binary)))
        .withMessage("error loading configuration from " + binary + ": not UTF-8");
  }
}
