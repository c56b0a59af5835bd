package coffer.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;

import coffer.engine.Operation;
import coffer.engine.Version;
import coffer.sys.CrossOrigins;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What `sys/` says of the server, and the settings that have no room of their own.
class SystemInfoTest {
  private final TestServer server =
      TestServer.configured(
          "raw_storage_endpoint = true\nintrospection_endpoint = true\nmax_lease_ttl = \"1h\"",
          new Lender().type());

  @AfterEach
  void close() {
    server.close();
  }

  private String holder(String rules) {
    server.root().write("sys/policies/acl/mine", Map.of("policy", rules));
    return server.root().write("auth/token/create", Map.of("policies", List.of("mine"))).token();
  }

  @ParameterizedTest
  @CsvSource({
    "READ, sys/config/cors",
    "UPDATE, sys/config/cors",
    "LIST, sys/config/ui/headers/",
    "READ, sys/config/ui/headers/X-Mine",
    "LIST, sys/plugins/catalog/auth/",
    "READ, sys/plugins/catalog/auth/userpass",
    "LIST, sys/raw/",
    "READ, sys/raw/core/a",
    "UPDATE, sys/raw/core/a",
    "DELETE, sys/raw/core/a",
    "READ, sys/internal/inspect/router/root"
  })
  void someOfItNeedsSudo(Operation operation, String path) {
    String all = "capabilities = [\"create\", \"read\", \"update\", \"delete\", \"list\"]";
    String token = holder("path \"sys/*\" { " + all + " }");
    assertThat(server.as(token).call(operation, path, Map.of()).status()).isEqualTo(403);
    assertThat(server.root().call(operation, path, Map.of()).status()).isNotEqualTo(403);
  }

  @ParameterizedTest
  @CsvSource({
    "READ, sys/metrics",
    "READ, sys/in-flight-req",
    "READ, sys/loggers",
    "READ, sys/host-info",
    "LIST, sys/version-history/",
    "READ, sys/config/state/sanitized",
    "READ, sys/internal/counters/tokens",
    "READ, sys/plugins/catalog",
    "READ, sys/internal/ui/version"
  })
  void theRestNeedsAPolicyAlone(Operation operation, String path) {
    String token = holder("path \"sys/*\" { capabilities = [\"read\", \"list\"] }");
    assertThat(server.as(token).call(operation, path, Map.of()).status()).isEqualTo(200);
    assertThat(server.as("").call(operation, path, Map.of()).status()).isEqualTo(403);
  }

  @Test
  void rulesForOtherOriginsAreToldToTheDoors() {
    var told = new ArrayList<CrossOrigins.Rules>();
    server.rooms().onCrossOrigins(told::add);
    server
        .root()
        .write(
            "sys/config/cors", Map.of("allowed_origins", "https://a", "allowed_headers", "X-Mine"));
    server.root().delete("sys/config/cors");
    assertThat(told)
        .containsExactly(
            new CrossOrigins.Rules(List.of(), List.of(), false),
            new CrossOrigins.Rules(List.of("https://a"), List.of("X-Mine"), false),
            new CrossOrigins.Rules(List.of(), List.of(), false));
  }

  @Test
  void rulesForOtherOriginsOutliveTheProcess() {
    server.root().write("sys/config/cors", Map.of("allowed_origins", "https://a,https://b"));
    server.restart();
    var told = new ArrayList<CrossOrigins.Rules>();
    server.rooms().onCrossOrigins(told::add);
    assertThat(told)
        .containsExactly(
            new CrossOrigins.Rules(List.of("https://a", "https://b"), List.of(), false));
    assertThat(server.root().read("sys/config/cors").data().get("enabled")).isEqualTo(true);
  }

  @Test
  void headersOfTheUserInterfaceAreSpelledAsHeadersAre() {
    server.root().write("sys/config/ui/headers/x-MINE", Map.of("values", List.of("a", "b")));
    assertThat(server.root().list("sys/config/ui/headers").names()).isEqualTo(List.of("X-Mine"));
    assertThat(server.root().read("sys/config/ui/headers/X-mine").data().get("value"))
        .isEqualTo("a");
    assertThat(server.root().write("sys/config/ui/headers/a b", Map.of("values", "c")).status())
        .isEqualTo(404);
  }

  @Test
  void whatRunsHereIsNotedOnce() {
    Object first = server.root().list("sys/version-history").data();
    server.advance(Duration.ofDays(1));
    server.restart();
    assertThat(server.root().list("sys/version-history").data()).isEqualTo(first);
    assertThat(server.root().list("sys/version-history").names())
        .isEqualTo(List.of(Version.COMPATIBLE));
  }

  @Test
  void theConfigurationIsShown() {
    assertThat(server.root().read("sys/config/state/sanitized").data())
        .extracting(data -> data.get("max_lease_ttl"), data -> data.get("raw_storage_endpoint"))
        .containsExactly(3_600L, true);
  }

  @Test
  void settingsOfStorageAndSealsAreNotShown() {
    try (var configured =
        TestServer.configured(
            """
            storage "rocksdb" {
              path = "/a/secret/place"
            }
            seal "transit" {
              token = "a-secret-token"
            }
            listener "tcp" {
              address       = "127.0.0.1:1234"
              tls_cert_file = "/a/secret/place"
              tls_key_file  = "/a/secret/place"
            }
            """)) {
      var shown = configured.root().read("sys/config/state/sanitized").data();
      assertThat(shown.toString())
          .contains("rocksdb", "transit", "127.0.0.1:1234", "tls_disable=false")
          .doesNotContain("secret-token", "/a/secret");
    }
  }

  @Test
  void tokensAreCounted() {
    for (int i = 0; i < 3; i++) {
      server.root().write("auth/token/create", Map.of("policies", "default"));
    }
    assertThat(server.root().read("sys/internal/counters/tokens").data())
        .isEqualTo(Map.of("counters", Map.of("service_tokens", Map.of("total", 4L))));
  }

  @Test
  void theLevelOfALogIsChangedAndReset() {
    server.root().write("sys/loggers/core", Map.of("level", "error"));
    assertThat(server.root().read("sys/loggers/core").data()).isEqualTo(Map.of("core", "error"));
    server.root().delete("sys/loggers/core");
    assertThat(server.root().read("sys/loggers/core").data()).isEqualTo(Map.of("core", "info"));
    server.root().write("sys/loggers", Map.of("level", "warn"));
    assertThat(server.root().read("sys/loggers").data().get("core")).isEqualTo("warn");
    assertThat(server.root().delete("sys/loggers/no-such").errors())
        .containsExactly("logger \"no-such\" not found");
  }

  @Test
  void theCatalogShowsWhatCanBeMountedAndNothingElse() {
    assertThat(server.root().read("sys/plugins/catalog").data().get("secret"))
        .isEqualTo(List.of("lender"));
    assertThat(server.root().read("sys/plugins/catalog").data().get("auth")).isEqualTo(List.of());
    assertThat(server.root().read("sys/plugins/catalog/secret/system").status()).isEqualTo(404);
    assertThat(
            server
                .root()
                .write("sys/plugins/catalog/secret/mine", Map.of("command", "mine"))
                .errors())
        .containsExactly(
            "plugins outside of the server are not supported: what can be mounted is built in");
  }

  @Test
  void whatIsStoredCanBeReadAndChangedKeyByKey() {
    assertThat(server.root().write("sys/raw/a/b", Map.of("value", "c")).status()).isEqualTo(204);
    assertThat(server.root().read("sys/raw/a/b").data()).isEqualTo(Map.of("value", "c"));
    server.restart();
    assertThat(server.root().list("sys/raw/a").names()).isEqualTo(List.of("b"));
    server.root().delete("sys/raw/a/b");
    assertThat(server.root().read("sys/raw/a/b").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({"core/keyring", "core/seal-config", "core/root-key"})
  void whatTheSealGuardsCantBeReadOrWritten(String key) {
    var errors = List.of("cannot access \"" + key + "\"");
    assertThat(server.root().read("sys/raw/" + key).errors()).isEqualTo(errors);
    assertThat(server.root().write("sys/raw/" + key, Map.of("value", "a")).errors())
        .isEqualTo(errors);
    assertThat(server.root().delete("sys/raw/" + key).errors()).isEqualTo(errors);
    assertThat(server.root().list("sys/raw/core").names().toString())
        .doesNotContain(key.substring("core/".length()));
  }

  @Test
  void whatIsStoredIsHiddenUnlessConfigured() {
    try (var usual = TestServer.start()) {
      assertThat(usual.root().list("sys/raw").status()).isEqualTo(404);
      assertThat(usual.root().read("sys/internal/inspect/router/root").status()).isEqualTo(404);
    }
  }

  @Test
  void mountsAreListedByWhatTheyAreFoundBy() {
    var byPath = server.root().read("sys/internal/inspect/router/root").data().get("root");
    assertThat(byPath)
        .asInstanceOf(LIST)
        .hasSize(4)
        .first()
        .asInstanceOf(MAP)
        .containsEntry("mount_path", "token/")
        .containsKeys("accessor", "uuid", "storage_prefix", "mount_type");
  }

  @Test
  void aSealedServerSaysWhatItCan() {
    server.root().write("sys/seal");
    assertThat(server.as("").read("sys/seal-backend-status").status()).isEqualTo(200);
    assertThat(server.as("").read("sys/internal/ui/feature-flags").status()).isEqualTo(200);
    assertThat(server.as("").read("sys/replication/status").status()).isEqualTo(503);
  }
}
