package coffer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.cli.Cli.Run;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpTest {
  private static final String OK = "HTTP/1.1 200 OK\r\n";
  private static final String SECRET = "{\"request_id\":\"r\",\"data\":{\"a\":\"b\"}}";

  @TempDir Path home;
  private final RecordedServer server = RecordedServer.onTcp();

  @AfterEach
  void stop() {
    server.close();
  }

  private Cli cli() {
    return new Cli(server.address(), home);
  }

  @Test
  void aBodyMayComeInChunks() {
    server.raw(
        "GET /v1/a",
        OK
            + "Transfer-Encoding: chunked\r\n\r\n10;x=y\r\n"
            + SECRET.substring(0, 16)
            + "\r\n"
            + Integer.toHexString(SECRET.length() - 16)
            + "\r\n"
            + SECRET.substring(16)
            + "\r\n0\r\nTrailer: x\r\n\r\n");
    assertThat(cli().run("read", "-field=a", "a").out()).isEqualTo("b");
  }

  @Test
  void aBodyMayEndWithTheConnection() {
    server.raw("GET /v1/a", OK + "Connection: close\r\n\r\n" + SECRET);
    assertThat(cli().run("read", "-field=a", "a").out()).isEqualTo("b");
  }

  @Test
  void anInterimAnswerIsPassedOver() {
    server.raw(
        "GET /v1/a",
        "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"
            + OK
            + "Content-Length: "
            + SECRET.length()
            + "\r\n\r\n"
            + SECRET);
    assertThat(cli().run("read", "-field=a", "a").out()).isEqualTo("b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SSH-2.0-x\\r\\n|malformed HTTP response \"SSH-2.0-x\"",
        "HTTP/1.1 200 OK\\r\\nno colon\\r\\n\\r\\n|malformed MIME header line: no colon",
        "HTTP/1.1 200 OK\\r\\nContent-Length: x\\r\\n\\r\\n|bad length of the response body \"x\"",
        "HTTP/1.1 200 OK\\r\\nContent-Length: -1\\r\\n\\r\\n|bad length of the response body \"-1\"",
        "HTTP/1.1 200 OK\\r\\nContent-Length: 9999999999\\r\\n\\r\\n|bad length of the response body \"9999999999\"",
        "HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\nzz\\r\\n|bad length of the response body \"zz\"",
      })
  void whatIsNoHttpIsRefusedInWords(String answer, String words) {
    server.raw("GET /v1/a", answer.replace("\\r\\n", "\r\n"));
    Run run = cli().run("read", "a");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo("Error reading a: Get \"" + server.address() + "/v1/a\": " + words + "\n");
  }

  @Test
  void aConnectionIsUsedAgainAndOpenedAgainWhereTheServerClosedIt() {
    String mount = "{\"data\":{\"path\":\"kv/\",\"options\":null}}";
    server.on("GET /v1/sys/internal/ui/mounts/kv/a", 200, mount).on("GET /v1/kv/a", 200, SECRET);
    assertThat(cli().run("kv", "get", "-field=a", "kv/a").out()).isEqualTo("b");
    server.raw(
        "GET /v1/sys/internal/ui/mounts/kv/a",
        OK + "Content-Length: " + mount.length() + "\r\nConnection: close\r\n\r\n" + mount);
    assertThat(cli().run("kv", "get", "-field=a", "kv/a").out()).isEqualTo("b");
  }

  @Test
  void oneRedirectIsFollowed() {
    String there = "Location: " + server.address() + "/v1/b\r\nContent-Length: 0\r\n\r\n";
    server.raw("GET /v1/a", "HTTP/1.1 307 X\r\n" + there).on("GET /v1/b", 200, SECRET);
    assertThat(cli().run("read", "-field=a", "a").out()).isEqualTo("b");
    server.raw("GET /v1/b", "HTTP/1.1 307 X\r\nLocation: /v1/a\r\nContent-Length: 0\r\n\r\n");
    assertThat(cli().run("read", "a").code()).isEqualTo(2);
    assertThat(cli().run("read", "-disable-redirects", "a").code()).isEqualTo(2);
  }

  @Test
  void aRedirectDoesNotTakeTheTokenToAnotherScheme() {
    server.raw(
        "GET /v1/a",
        "HTTP/1.1 307 X\r\nLocation: ftp://127.0.0.1/v1/a\r\nContent-Length: 0\r\n\r\n");
    assertThat(cli().run("read", "a").err()).contains("unsupported protocol scheme \"ftp\"");
  }

  @Test
  void aUnixSocketIsAnAddressToo() {
    try (RecordedServer local = RecordedServer.onSocketFile(home.resolve("s"))) {
      local.on("GET /v1/a", 200, SECRET);
      assertThat(new Cli(local.address(), home).run("read", "-field=a", "a").out()).isEqualTo("b");
      assertThat(local.heads().get(0)).contains("Host: localhost\r\n");
    }
  }

  @Test
  void nobodyThereIsSaidAsPeersSayIt() throws IOException {
    String address;
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      address = "http://127.0.0.1:" + taken.getLocalPort();
    }
    Run run = new Cli(address, home).run("status");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err())
        .isEqualTo(
            "Error checking seal status: Get \""
                + address
                + "/v1/sys/seal-status\": dial tcp "
                + address.substring(7)
                + ": connect: connection refused\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "127.0.0.1:8200|the address has no scheme",
        "gopher://x|unsupported protocol scheme \"gopher\"",
        "http://x:99999|invalid port \":99999\" after host",
      })
  void anAddressThatIsNoneIsRefused(String address, String words) {
    Run run = cli().with("VAULT_ADDR", address).run("read", "a");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains(words);
  }

  @Test
  void aTokenWithALineEndCannotSmuggleAHeader() {
    Run run = cli().with("VAULT_TOKEN", "a\r\nX-Evil: 1").run("read", "a");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("contains non-printable characters");
    assertThat(cli().run("read", "-header=a=b\nc: d", "a").err()).contains("invalid header field");
    assertThat(server.heads()).isEmpty();
  }

  @Test
  void headersOfTheFlagsAreSent() {
    server.on("GET /v1/a", 200, SECRET);
    cli()
        .with("BAO_TOKEN", "t")
        .with("VAULT_TOKEN", "u")
        .run("read", "-ns=n1/n2/", "-wrap-ttl=90", "-mfa=m:1", "-header=X-Mine=yes", "a");
    assertThat(server.heads().get(0))
        .contains(
            "X-Vault-Request: true\r\n",
            "X-Vault-Token: t\r\n",
            "X-Vault-Namespace: n1/n2/\r\n",
            "X-Vault-Wrap-TTL: 1m30s\r\n",
            "X-Vault-MFA: m:1\r\n",
            "X-Mine: yes\r\n");
    assertThat(cli().run("read", "-header=X-Vault-Token=x", "a").err())
        .contains("for internal usage only");
  }

  @Test
  void aProxyIsAskedForOtherMachines() {
    server.on("GET http://vault.example:8200/v1/a", 200, SECRET);
    Cli cli = cli().with("VAULT_ADDR", "http://vault.example:8200").with("HTTP_PROXY", proxy());
    assertThat(cli.run("read", "-field=a", "a").out()).isEqualTo("b");
    assertThat(server.heads().get(0)).contains("Host: vault.example:8200\r\n");
    cli.with("VAULT_ADDR", "https://vault.example").with("https_proxy", proxy());
    assertThat(cli.run("read", "a").err()).contains("proxyconnect tcp: the proxy answered 404");
    assertThat(server.asked().get(1)).isEqualTo("CONNECT vault.example:443");
  }

  @Test
  void aProxyIsLeftOutForThisMachineAndForNamesInNoProxy() {
    server.on("GET /v1/a", 200, SECRET);
    Cli cli = cli().with("HTTP_PROXY", "http://127.0.0.1:1");
    assertThat(cli.run("read", "-field=a", "a").out()).isEqualTo("b");
    Env env = new Env(Map.of("http_proxy", "p:3128", "NO_PROXY", "a.example, .b.example"));
    assertThat(Proxy.of(env, Address.parse("http://a.example"))).isNull();
    assertThat(Proxy.of(env, Address.parse("http://x.b.example"))).isNull();
    assertThat(Proxy.of(env, Address.parse("http://ab.example"))).isEqualTo(new Proxy("p", 3128));
    Env always = new Env(Map.of("VAULT_PROXY_ADDR", "http://p:1"));
    assertThat(Proxy.of(always, Address.parse("https://127.0.0.1"))).isEqualTo(new Proxy("p", 1));
  }

  private String proxy() {
    return server.address();
  }

  @ParameterizedTest
  @CsvSource({"a//b/../c/,/v1/a/c", "a b?,/v1/a%20b%3F", "é,/v1/%C3%A9", "a+b%,/v1/a+b%25"})
  void pathsAreCleanedAndEscaped(String path, String target) {
    server.on("GET " + target, 200, SECRET);
    assertThat(cli().run("read", "-field=a", path).out()).isEqualTo("b");
  }
}
