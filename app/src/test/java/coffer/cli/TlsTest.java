package coffer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.cli.Cli.Run;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TlsTest {
  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final byte[] ANSWER =
      "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{\"data\":{\"a\":\"b\"}}"
          .getBytes(StandardCharsets.UTF_8);

  @TempDir static Path folder;
  private static SSLServerSocket server;

  @BeforeAll
  static void start() throws IOException, GeneralSecurityException, InterruptedException {
    KeyStore store = makeKey(folder.resolve("server.p12"));
    write("cert.pem", "CERTIFICATE", store.getCertificate("k").getEncoded());
    write("key.pem", "PRIVATE KEY", store.getKey("k", PASSWORD).getEncoded());
    Files.writeString(folder.resolve("README"), "not a certificate");
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, PASSWORD);
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("k", store.getCertificate("k"));
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    server =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 10, InetAddress.getLoopbackAddress());
    server.setWantClientAuth(true);
    Thread.ofVirtual().start(TlsTest::serve);
  }

  private static KeyStore makeKey(Path file)
      throws IOException, GeneralSecurityException, InterruptedException {
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    List<String> command =
        List.of(
            keytool,
            "-genkeypair",
            "-alias",
            "k",
            "-keyalg",
            "EC",
            "-dname",
            "CN=test",
            "-ext",
            "san=ip:127.0.0.1,dns:vault.example",
            "-storetype",
            "PKCS12",
            "-storepass",
            new String(PASSWORD),
            "-keystore",
            file.toString());
    assertThat(new ProcessBuilder(command).redirectErrorStream(true).start().waitFor()).isZero();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD);
    }
    return store;
  }

  private static void write(String name, String type, byte[] encoded) throws IOException {
    String body = Base64.getMimeEncoder().encodeToString(encoded);
    Files.writeString(
        folder.resolve(name),
        "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n");
  }

  private static void serve() {
    while (!server.isClosed()) {
      try (SSLSocket socket = (SSLSocket) server.accept()) {
        byte[] head = new byte[4096];
        int count = socket.getInputStream().read(head);
        boolean shown = socket.getSession().getLocalCertificates() != null && count > 0;
        if (shown) {
          socket.getOutputStream().write(ANSWER);
        }
      } catch (IOException refused) {
        // by the client, or because the tests are over
      }
    }
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  private static Run read(String flags) {
    Cli cli = new Cli("https://127.0.0.1:" + server.getLocalPort(), folder);
    String all = "read " + flags.replace("{}", folder.toString()) + " -field=a a";
    return cli.run(all.replace("  ", " ").split(" ", -1));
  }

  @ParameterizedTest
  @CsvSource({
    "-ca-cert={}/cert.pem",
    "-ca-path={}",
    "-tls-skip-verify",
    "-ca-cert={}/cert.pem -tls-server-name=vault.example",
    "-ca-cert={}/cert.pem -client-cert={}/cert.pem -client-key={}/key.pem"
  })
  void aServerWhoseAuthorityIsKnownIsSpokenTo(String flags) {
    assertThat(read(flags)).isEqualTo(new Run(0, "b", ""));
  }

  @Test
  void aServerOfAnUnknownAuthorityIsNot() {
    assertThat(read("").err())
        .endsWith(
            "tls: failed to verify certificate: x509: certificate signed by unknown authority\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-ca-cert={}/cert.pem -tls-server-name=other.example|failed to verify certificate: No",
        "-ca-cert={}/none|failed to setup TLS config: open {}/none: no such file or directory",
        "-client-cert={}/cert.pem|both client cert and client key must be provided",
        "-tls-skip-verify -client-cert={}/cert.pem -client-key={}/README|failed to find any PEM data"
      })
  void whatIsWrongIsSaid(String flags, String words) {
    Run run = read(flags);
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains(words.replace("{}", folder.toString()));
  }
}
