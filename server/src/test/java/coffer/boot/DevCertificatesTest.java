package coffer.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevCertificatesTest {
  private static final Instant NOW = Instant.parse("2026-11-24T15:00:00Z");

  @TempDir private Path folder;

  private DevCertificates write() {
    return write(Map.of("dev", "true", "dev-tls", "true", "dev-tls-cert-dir", folder.toString()));
  }

  private static DevCertificates write(Map<String, String> flags) {
    DevMode dev = ServerOptions.read(List.of(), flags, Map.of()).dev().orElseThrow();
    return DevCertificates.write(dev, InstantSource.fixed(NOW), new SecureRandom());
  }

  @Test
  void clientsThatTrustTheAuthorityTrustTheServer() throws Exception {
    try (DevCertificates made = write()) {
      assertThat(made).isNotNull();
      var trust = new PKIXParameters(Set.of(new TrustAnchor(certificate("vault-ca.pem"), null)));
      trust.setRevocationEnabled(false);
      trust.setDate(Date.from(NOW));
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      X509Certificate server = certificate("vault-cert.pem");
      var path = factory.generateCertPath(List.of(server));
      assertThat(CertPathValidator.getInstance("PKIX").validate(path, trust)).isNotNull();
      assertThat(server.getSubjectAlternativeNames())
          .extracting(name -> (Object) name.get(1))
          .contains("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1");
      assertThat(server.getExtendedKeyUsage()).contains("1.3.6.1.5.5.7.3.1");
      assertThat(server.getBasicConstraints()).isEqualTo(-1);
    }
  }

  @Test
  void theKeyIsThatOfTheCertificate() throws Exception {
    try (DevCertificates made = write()) {
      assertThat(made).isNotNull();
      byte[] message = "hello".getBytes(StandardCharsets.UTF_8);
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(
          KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(key())));
      signature.update(message);
      byte[] signed = signature.sign();
      signature.initVerify(certificate("vault-cert.pem"));
      signature.update(message);
      assertThat(signature.verify(signed)).isTrue();
    }
  }

  @Test
  void theKeyIsItsOwnersAlone() throws IOException {
    try (DevCertificates made = write()) {
      assertThat(made).isNotNull();
      assertThat(mode("vault-key.pem")).isEqualTo("r--------");
      assertThat(mode("vault-ca.pem")).isEqualTo("r--r--r--");
    }
  }

  @Test
  void theFilesOfAnEarlierStartAreReplacedAndAllAreRemovedInTheEnd() throws IOException {
    Files.writeString(folder.resolve("vault-ca.pem"), "old");
    Files.writeString(folder.resolve("mine"), "mine");
    write().close();
    assertThat(folder).isDirectoryNotContaining("glob:**.pem").isNotEmptyDirectory();
  }

  @Test
  void aFolderOfItsOwnGoesWithThem() {
    Map<String, String> flags = Map.of("dev", "true", "dev-tls", "true");
    DevMode dev = ServerOptions.read(List.of(), flags, Map.of()).dev().orElseThrow();
    Path own = dev.certificates().orElseThrow();
    try (DevCertificates made =
        DevCertificates.write(dev, InstantSource.fixed(NOW), new SecureRandom())) {
      assertThat(made).isNotNull();
      assertThat(own).isDirectoryContaining("glob:**vault-key.pem");
    }
    assertThat(own).doesNotExist();
  }

  @Test
  void withoutTlsNothingIsWritten() {
    write(Map.of("dev", "true", "dev-tls-cert-dir", folder.toString())).close();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aFolderThatIsntThereIsNamed() {
    Map<String, String> flags =
        Map.of("dev", "true", "dev-tls", "true", "dev-tls-cert-dir", "/no/where");
    assertThatThrownBy(() -> write(flags))
        .hasMessage("Error generating TLS certificates in /no/where: NoSuchFileException");
  }

  private String mode(String file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(file)));
  }

  private X509Certificate certificate(String file) throws Exception {
    try (var in = Files.newInputStream(folder.resolve(file))) {
      return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }

  private byte[] key() throws IOException {
    String pem = Files.readString(folder.resolve("vault-key.pem"));
    return Base64.getMimeDecoder()
        .decode(pem.lines().filter(line -> !line.startsWith("-")).reduce("", String::concat));
  }
}
