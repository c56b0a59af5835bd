package coffer.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.config.ConfigException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.util.concurrent.Flow;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TlsDoorTest {
  private static final String ASK = Wire.request("GET", "/v1/a", "");
  private static final String CA = "tls_client_ca_file = \"" + TestDoor.file("ca.pem") + "\"\n";

  private static Wire.Reply ask(TestDoor door, String certificate, String key) {
    try (Wire wire = Wire.over(TestTls.socket(door.port(), certificate, key))) {
      return wire.ask(ASK);
    }
  }

  private static String presented(TestDoor door) throws IOException {
    try (SSLSocket socket = TestTls.socket(door.port(), "", "")) {
      socket.startHandshake();
      X509Certificate certificate = (X509Certificate) socket.getSession().getPeerCertificates()[0];
      return certificate.getSubjectX500Principal().getName();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "server.pem, server.key, CN=server",
    "server.pem, server-sec1.key, CN=server",
    "rsa.pem, rsa.key, CN=rsa",
    "rsa.pem, rsa-pkcs1.key, CN=rsa",
    "ed25519.pem, ed25519.key, CN=ed25519",
  })
  void keysComeInManyForms(String certificate, String key, String name) throws IOException {
    try (var door = TestDoor.of(TestDoor.tls(certificate, key), TestDoor::tell)) {
      assertThat(presented(door)).isEqualTo(name);
    }
  }

  @Test
  void aClientMayPresentACertificateThatNobodyKnows() {
    try (var door = TestDoor.overTls("")) {
      assertThat(ask(door, "", "").body()).contains("\"certificates\":[]", "\"virtual\":true");
      assertThat(ask(door, "client.pem", "client.key").body())
          .contains("\"certificates\":[\"CN=client\"]");
      assertThat(ask(door, "stranger.pem", "stranger.key").body())
          .contains("\"certificates\":[\"CN=stranger\"]");
    }
  }

  @Test
  void certificatesAreNotAskedForWhereTheyAreNotWanted() {
    try (var door = TestDoor.overTls("tls_disable_client_certs = true")) {
      assertThat(ask(door, "client.pem", "client.key").body()).contains("\"certificates\":[]");
    }
  }

  @Test
  void whereTheyAreDemandedAnAuthorityMustHaveIssuedThem() {
    try (var door = TestDoor.overTls(CA + "tls_require_and_verify_client_cert = true")) {
      assertThat(ask(door, "client.pem", "client.key").body())
          .contains("\"certificates\":[\"CN=client\"]");
      assertThatThrownBy(() -> ask(door, "", "")).isInstanceOf(UncheckedIOException.class);
      assertThatThrownBy(() -> ask(door, "stranger.pem", "stranger.key"))
          .isInstanceOf(UncheckedIOException.class);
    }
  }

  @Test
  void withoutAnAuthorityOfItsOwnADoorAsksThoseOfTheSystem() {
    try (var door = TestDoor.overTls("tls_require_and_verify_client_cert = true")) {
      assertThatThrownBy(() -> ask(door, "client.pem", "client.key"))
          .isInstanceOf(UncheckedIOException.class);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', TLSv1.3",
    "tls_max_version = \"tls12\", TLSv1.2",
    "tls_min_version = \"tls13\", TLSv1.3",
  })
  void versionsAreAsConfigured(String settings, String version) throws IOException {
    try (var door = TestDoor.overTls(settings);
        SSLSocket socket = TestTls.socket(door.port(), "", "")) {
      socket.startHandshake();
      assertThat(socket.getSession().getProtocol()).isEqualTo(version);
    }
  }

  @Test
  void earlyVersionsAreNotSpoken() throws IOException {
    try (var door = TestDoor.overTls("tls_min_version = \"tls13\"");
        SSLSocket socket = TestTls.socket(door.port(), "", "")) {
      socket.setEnabledProtocols(new String[] {"TLSv1.2"});
      assertThatThrownBy(socket::startHandshake).isInstanceOf(IOException.class);
    }
  }

  @Test
  void cipherSuitesAreAsConfigured() throws IOException {
    String suite = "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256";
    String settings = "tls_max_version = \"tls12\"\n tls_cipher_suites = \"%s\"".formatted(suite);
    try (var door = TestDoor.overTls(settings);
        SSLSocket socket = TestTls.socket(door.port(), "", "")) {
      socket.startHandshake();
      assertThat(socket.getSession().getCipherSuite()).isEqualTo(suite);
    }
  }

  @Test
  void aRenewedCertificateIsPresentedAfterAReload(@TempDir Path folder) throws IOException {
    Path certificate = folder.resolve("cert.pem");
    Path key = folder.resolve("key.pem");
    copy("server.pem", certificate);
    copy("server.key", key);
    String settings =
        "tls_cert_file = \"%s\"\n tls_key_file = \"%s\"\n".formatted(certificate, key);
    try (var door = TestDoor.of(settings, TestDoor::tell);
        Wire old = Wire.over(TestTls.socket(door.port(), "", ""))) {
      assertThat(old.ask(ASK).status()).isEqualTo(200);
      copy("renewed.pem", certificate);
      assertThat(door.door().reload())
          .containsExactly("the private key in " + key + " is not that of " + certificate);
      assertThat(presented(door)).isEqualTo("CN=server");
      copy("renewed.key", key);
      assertThat(door.door().reload()).isEmpty();
      assertThat(presented(door)).isEqualTo("CN=renewed");
      assertThat(old.ask(ASK).status()).isEqualTo(200);
    }
  }

  private static void copy(String name, Path to) throws IOException {
    Files.copy(TestDoor.file(name), to, StandardCopyOption.REPLACE_EXISTING);
  }

  @ParameterizedTest
  @CsvSource({
    "server.pem, encrypted.key, is encrypted: decrypt it",
    "server.pem, encrypted-pkcs1.key, is encrypted: decrypt it",
    "server.pem, rsa.key, is not that of",
    "server.pem, renewed.key, is not that of",
    "server.pem, server.pem, there is no private key in",
    "server.key, server.key, there is no certificate in",
  })
  void filesThatDoNotFitAreReported(String certificate, String key, String message) {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> TestDoor.made(TestDoor.tls(certificate, key), TestDoor::tell))
        .withMessageContaining(message);
  }

  @Test
  void filesThatAreMissingOrBrokenAreReported(@TempDir Path folder) throws IOException {
    Path broken = folder.resolve("broken.pem");
    Files.writeString(
        broken,
        """
        -----BEGIN CERTIFICATE-----
        AAAA
        -----END CERTIFICATE-----
        -----BEGIN PRIVATE KEY-----
        AAAA
        -----END PRIVATE KEY-----
        """);
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> TlsFiles.certificates(folder.resolve("none")))
        .withMessage("there is no file " + folder.resolve("none"));
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> TlsFiles.certificates(broken))
        .withMessage("a certificate in " + broken + " can't be read");
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> TlsFiles.key(broken))
        .withMessage("the private key in " + broken + " can't be read");
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> TlsFiles.key(folder))
        .withMessageContaining("can't be read");
  }

  @Test
  void http2IsSpokenWithThoseWhoOfferIt() throws IOException, InterruptedException {
    try (var door = TestDoor.overTls("");
        HttpClient client =
            HttpClient.newBuilder()
                .sslContext(TestTls.context("client.pem", "client.key"))
                .version(HttpClient.Version.HTTP_2)
                .build()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("https://localhost:" + door.port() + "/v1/a"))
              .PUT(HttpRequest.BodyPublishers.ofString("{\"a\":\"b\"}"))
              .build();
      for (int i = 0; i < 3; i++) {
        var reply = client.send(request, BodyHandlers.ofString());
        assertThat(reply.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.body())
            .contains("\"a\":\"b\"", "\"virtual\":true", "\"certificates\":[\"CN=client\"]");
      }
    }
  }

  @Test
  void http2IsSpokenInTheClearByUpgrade() throws IOException, InterruptedException {
    try (var door = TestDoor.open("");
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build()) {
      URI uri = URI.create("http://localhost:" + door.port() + "/v1/a?b=c");
      var reply = client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
      assertThat(reply.version()).isEqualTo(HttpClient.Version.HTTP_2);
      assertThat(reply.body()).contains("\"fields\":{\"b\":\"c\"}");
    }
  }

  @Test
  void aBodyThatNeverComesIsGivenUpOverHttp2Too() throws IOException, InterruptedException {
    try (var door = TestDoor.overTls("http_read_timeout = \"300ms\"");
        HttpClient client =
            HttpClient.newBuilder()
                .sslContext(TestTls.context("", ""))
                .version(HttpClient.Version.HTTP_2)
                .build()) {
      var never =
          HttpRequest.BodyPublishers.fromPublisher(
              subscriber -> subscriber.onSubscribe(new Silence()));
      URI uri = URI.create("https://localhost:" + door.port() + "/v1/a");
      var request = HttpRequest.newBuilder(uri).PUT(never).build();
      assertThat(end(client, request)).containsAnyOf("408", "RST_STREAM");
      client.shutdownNow();
    }
  }

  /// The stream is reset after the answer, and the client may see either of them first.
  private static String end(HttpClient client, HttpRequest request) throws InterruptedException {
    try {
      return Integer.toString(client.send(request, BodyHandlers.ofString()).statusCode());
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /// Has nothing to publish, ever.
  private static final class Silence implements Flow.Subscription {
    @Override
    public void request(long count) {}

    @Override
    public void cancel() {}
  }

  @Test
  void plainHttpAtATlsDoorIsNoHttp() {
    try (var door = TestDoor.overTls("");
        Wire wire = door.connect()) {
      wire.send(ASK);
      assertThat(wire.rest()).doesNotContain("200");
    }
  }
}
