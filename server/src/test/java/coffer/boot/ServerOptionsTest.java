package coffer.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.config.ConfigException;
import coffer.config.HostPort;
import coffer.config.ListenerConfig;
import coffer.config.LogConfig.Format;
import coffer.config.LogConfig.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerOptionsTest {
  private static final Map<String, String> NONE = Map.of();

  @TempDir private Path folder;

  @Test
  void devModeNeedsNothing() {
    ServerOptions options = ServerOptions.read(List.of(), Map.of("dev", "true"), NONE);
    DevMode dev = options.dev().orElseThrow();
    assertThat(dev.address()).isEqualTo(new HostPort("127.0.0.1", 8200));
    assertThat(dev.rootToken()).isEmpty();
    assertThat(dev.storesToken()).isTrue();
    assertThat(dev.mountsKv()).isTrue();
    assertThat(dev.certificates()).isEmpty();
    assertThat(options.config().storage().orElseThrow().type()).isEqualTo("inmem");
    assertThat(options.config().general().ui()).isTrue();
    assertThat(options.apiAddress()).isEqualTo("http://127.0.0.1:8200");
    assertThat(options.notices()).isEmpty();
  }

  @Test
  void flagsShapeDevMode() {
    Map<String, String> flags =
        Map.of(
            "dev", "true",
            "dev-listen-address", "[::1]:1234",
            "dev-root-token-id", "root",
            "dev-no-store-token", "true",
            "dev-no-kv", "true");
    ServerOptions options = ServerOptions.read(List.of(), flags, NONE);
    DevMode dev = options.dev().orElseThrow();
    assertThat(dev.rootToken()).contains("root");
    assertThat(dev.storesToken()).isFalse();
    assertThat(dev.mountsKv()).isFalse();
    assertThat(options.apiAddress()).isEqualTo("http://[::1]:1234");
    assertThat(dev.toString()).doesNotContain("root");
  }

  @Test
  void theConfigurationComesOverDevModeAndItsListenersBesideIt() throws IOException {
    String file =
        file(
            """
            default_lease_ttl = "1h"
            listener "tcp" {
              address = "127.0.0.1:9999"
              tls_disable = true
            }
            """);
    ServerOptions options = ServerOptions.read(List.of(file), Map.of("dev", "true"), NONE);
    assertThat(options.config().defaultLeaseTtl()).isEqualTo(Duration.ofHours(1));
    assertThat(options.config().listeners())
        .extracting(listener -> ((ListenerConfig.Tcp) listener).address().port())
        .containsExactly(8200, 9999);
  }

  @Test
  void tlsOfDevModeReadsTheCertificatesThatWillBeMade() {
    Map<String, String> flags =
        Map.of("dev", "true", "dev-tls", "true", "dev-tls-cert-dir", folder.toString());
    ServerOptions options = ServerOptions.read(List.of(), flags, NONE);
    var tcp = (ListenerConfig.Tcp) options.config().listeners().getFirst();
    assertThat(tcp.tls().orElseThrow().cert()).isEqualTo(folder.resolve("vault-cert.pem"));
    assertThat(tcp.tls().orElseThrow().key()).isEqualTo(folder.resolve("vault-key.pem"));
    assertThat(options.apiAddress()).isEqualTo("https://127.0.0.1:8200");
    assertThat(options.dev().orElseThrow().authority()).contains(folder.resolve("vault-ca.pem"));
  }

  @Test
  void withoutAFolderTlsOfDevModeGetsOneOfItsOwnThatStaysTheSame() {
    Map<String, String> flags = Map.of("dev", "true", "dev-tls", "true");
    ServerOptions options = ServerOptions.read(List.of(), flags, NONE);
    Path own = options.dev().orElseThrow().certificates().orElseThrow();
    assertThat(own.getFileName().toString()).startsWith("vault-tls");
    assertThat(own).doesNotExist();
    assertThat(options.again().dev()).isEqualTo(options.dev());
  }

  @Test
  void flagsWinOverTheEnvironmentAndThatOverFiles() throws IOException {
    String file = file(server("log_level = \"warn\"\nlog_format = \"standard\"\n"));
    Map<String, String> environment =
        Map.of(
            "VAULT_LOG_LEVEL", "error",
            "BAO_LOG_FORMAT", "json",
            "VAULT_LOG_FORMAT", "standard");
    assertThat(ServerOptions.read(List.of(file), NONE, NONE).config().log().level())
        .contains(Level.WARN);
    assertThat(ServerOptions.read(List.of(file), NONE, environment).config().log())
        .matches(log -> log.level().orElseThrow() == Level.ERROR)
        .matches(log -> log.format().orElseThrow() == Format.JSON);
    Map<String, String> flags = Map.of("log-level", "trace", "log-rotate-bytes", "77");
    assertThat(ServerOptions.read(List.of(file), flags, environment).config().log())
        .matches(log -> log.level().orElseThrow() == Level.TRACE)
        .matches(log -> log.rotateBytes() == 77);
  }

  @Test
  void theApiAddressComesFromTheEnvironmentToo() throws IOException {
    String file = file(server("api_addr = \"http://a:1\"\n"));
    assertThat(ServerOptions.read(List.of(file), NONE, NONE).apiAddress()).isEqualTo("http://a:1");
    Map<String, String> environment = Map.of("VAULT_API_ADDR", "http://b:2");
    assertThat(ServerOptions.read(List.of(file), NONE, environment).apiAddress())
        .isEqualTo("http://b:2");
  }

  @Test
  void anAddressForAllInterfacesIsCalledByTheMachinesOwn() throws IOException {
    String file =
        file("storage \"inmem\" {}\nlistener \"tcp\" {\naddress=\":7\"\ntls_disable=1\n}");
    assertThat(ServerOptions.read(List.of(file), NONE, NONE).apiAddress())
        .isEqualTo("http://127.0.0.1:7");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          log-level          | foo | unknown log level: foo
          log-format         | foo | unknown log format: foo
          recovery           | true | recovery mode is not available: start without -recovery
          dev-listen-address | foo | Error initializing listener of type tcp: listen tcp: missing port in address "foo"
          """)
  void aFlagThatMeansNothingIsSaidInOneSentence(String flag, String value, String sentence) {
    assertThatThrownBy(
            () -> ServerOptions.read(List.of(), Map.of("dev", "true", flag, value), NONE))
        .isInstanceOf(ConfigException.class)
        .hasMessage(sentence);
  }

  @Test
  void aFileThatIsntThereIsNamed() {
    assertThatThrownBy(() -> ServerOptions.read(List.of("/no/where.hcl"), NONE, NONE))
        .hasMessage("error loading configuration from /no/where.hcl: no such file or directory");
  }

  @Test
  void aServerThatIsMeantToLastNeedsAStore() throws IOException {
    String file = file("listener \"tcp\" {\ntls_disable = true\n}");
    assertThatThrownBy(() -> ServerOptions.read(List.of(file), NONE, NONE))
        .hasMessage("a storage backend must be specified");
  }

  @Test
  void whatOnlyDevModeUnderstandsIsIgnoredElsewhereAndSaidSo() throws IOException {
    Map<String, String> flags = Map.of("dev-root-token-id", "root", "dev-listen-address", "a:1");
    ServerOptions options = ServerOptions.read(List.of(file(server(""))), flags, NONE);
    assertThat(options.dev()).isEmpty();
    assertThat(options.notices())
        .hasSize(3)
        .anyMatch(notice -> notice.startsWith("You cannot specify a custom root token ID outside"))
        .anyMatch(notice -> notice.startsWith("You cannot specify a custom address outside"))
        .anyMatch(notice -> notice.contains("WARNING: storage configured to use \"inmem\""))
        .noneMatch(notice -> notice.contains("a:1"));
  }

  @Test
  void filesAreReadAgainForAReload() throws IOException {
    String file = file(server("log_level = \"warn\"\n"));
    ServerOptions options = ServerOptions.read(List.of(file), NONE, NONE);
    file(server("log_level = \"debug\"\n"));
    assertThat(options.config().log().level()).contains(Level.WARN);
    assertThat(options.again().config().log().level()).contains(Level.DEBUG);
  }

  private static String server(String more) {
    return more
        + """
        storage "inmem" {}
        listener "tcp" {
          address = "127.0.0.1:8300"
          tls_disable = true
        }
        """;
  }

  private String file(String text) throws IOException {
    return Files.writeString(folder.resolve("a.hcl"), text).toString();
  }
}
