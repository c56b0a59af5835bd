package coffer.boot;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.engine.Version;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BannerTest {
  private static final Map<String, String> ENVIRONMENT = Map.of("B", "secret", "A", "secret");

  private static ServerOptions dev(String... flags) {
    var given = new HashMap<>(Map.of("dev", "true"));
    for (String flag : flags) {
      given.put(flag, "true");
    }
    given.put("dev-tls-cert-dir", "/certs");
    return ServerOptions.read(List.of(), given, ENVIRONMENT);
  }

  @Test
  void theTableIsSortedAndItsKeysAreAligned() {
    assertThat(Banner.configuration(dev()))
        .isEqualTo(
            """

            ==> Vault server configuration:

                         Api Address: http://127.0.0.1:8200
               Environment Variables: A, B
                        Java Version: %s
                          Listener 1: tcp (addr: "127.0.0.1:8200", max_request_duration: "1m30s", \
            max_request_size: "33554432", tls: "disabled")
                           Log Level: info
                       Recovery Mode: false
                             Storage: inmem
                             Version: Coffer v%s
            """
                .formatted(Runtime.version(), Version.COMPATIBLE));
  }

  @Test
  void valuesOfTheEnvironmentAreNotShown() {
    assertThat(Banner.configuration(dev())).doesNotContain("secret");
  }

  @Test
  void aDevServerTellsHowToUseIt() {
    DevMode dev = dev().dev().orElseThrow();
    assertThat(Banner.dev(dev, "http://127.0.0.1:8200", "a2V5", "root"))
        .isEqualTo(
            """
            WARNING! dev mode is enabled! In this mode, Vault runs entirely in-memory
            and starts unsealed with a single unseal key. The root token is already
            authenticated to the CLI, so you can immediately begin using Vault.

            You may need to set the following environment variables:

                $ export VAULT_ADDR='http://127.0.0.1:8200'

            The unseal key and root token are displayed below in case you want to
            seal/unseal the Vault or re-authenticate.

            Unseal Key: a2V5
            Root Token: root

            Development mode should NOT be used in production installations!

            """);
  }

  @Test
  void aTokenThatIsntKeptIsntSaidToBe() {
    DevMode dev = dev("dev-no-store-token").dev().orElseThrow();
    assertThat(Banner.dev(dev, "", "", ""))
        .contains("single unseal key.\n\nYou may")
        .doesNotContain("authenticated to the CLI");
  }

  @Test
  void withTlsClientsAreToldWhomToTrust() {
    ServerOptions options = dev("dev-tls");
    assertThat(Banner.dev(options.dev().orElseThrow(), options.apiAddress(), "", ""))
        .contains(
            """
                $ export VAULT_ADDR='https://127.0.0.1:8200'
                $ export VAULT_CACERT='/certs/vault-ca.pem'
            """);
    assertThat(Banner.configuration(options)).contains("tls: \"enabled\"");
  }
}
