package coffer.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// How a connection is secured: which authorities are trusted, which certificate is shown, and for
/// which name the server's has to be.
///
/// @param caCert a file with authorities, empty for none
/// @param caPath a folder of such files, empty for none
/// @param clientCert a file with the certificate to show, empty for none
/// @param serverName the name to ask and check for, empty for the host's
record Tls(
    String caCert,
    String caPath,
    String clientCert,
    String clientKey,
    String serverName,
    boolean skipVerify) {
  private static final String CERTIFICATE = "-----BEGIN CERTIFICATE-----";
  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

  /// Wraps a connected socket and shakes hands.
  Socket over(Socket plain, Address address) throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys(), trust(), null);
      String name = serverName.isEmpty() ? address.host() : serverName;
      SSLSocket socket =
          (SSLSocket) context.getSocketFactory().createSocket(plain, name, address.port(), true);
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setProtocols(PROTOCOLS);
      if (!skipVerify) {
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
      }
      if (!isLiteralAddress(name)) {
        parameters.setServerNames(List.of(new SNIHostName(name)));
      }
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      return socket;
    } catch (SSLHandshakeException e) {
      throw new IOException("tls: failed to verify certificate: " + reason(e), e);
    } catch (GeneralSecurityException e) {
      throw Failure.remote("failed to setup TLS config: " + e.getMessage());
    } catch (NoSuchFileException e) {
      throw Failure.remote(
          "failed to setup TLS config: open " + e.getFile() + ": no such file or directory");
    }
  }

  private static String reason(SSLHandshakeException e) {
    String message = String.valueOf(e.getMessage());
    if (message.contains("PKIX path")) {
      return "x509: certificate signed by unknown authority";
    }
    int end = message.startsWith("(") ? message.indexOf(") ") : -1;
    return end < 0 ? message : message.substring(end + 2);
  }

  private static boolean isLiteralAddress(String host) {
    if (host.indexOf(':') >= 0) {
      return true;
    }
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      if (c != '.' && (c < '0' || c > '9')) {
        return false;
      }
    }
    return true;
  }

  private TrustManager @Nullable [] trust() throws GeneralSecurityException, IOException {
    if (skipVerify) {
      return new TrustManager[] {new TrustsAnybody()};
    }
    if (caCert.isEmpty() && caPath.isEmpty()) {
      return null;
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    int count = 0;
    for (Certificate authority : authorities()) {
      store.setCertificateEntry("ca" + count++, authority);
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  private List<Certificate> authorities() throws GeneralSecurityException, IOException {
    if (!caCert.isEmpty()) {
      return certificates(Path.of(caCert));
    }
    List<Certificate> all = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of(caPath))) {
      for (Path file : files) {
        if (Files.isRegularFile(file)
            && Files.readString(file, StandardCharsets.ISO_8859_1).contains(CERTIFICATE)) {
          all.addAll(certificates(file));
        }
      }
    }
    return all;
  }

  private static List<Certificate> certificates(Path file)
      throws GeneralSecurityException, IOException {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    return new ArrayList<>(
        factory.generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file))));
  }

  private KeyManager @Nullable [] keys() throws GeneralSecurityException, IOException {
    if (clientCert.isEmpty()) {
      return null;
    }
    List<Certificate> chain = certificates(Path.of(clientCert));
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "client", privateKey(Path.of(clientKey)), new char[0], chain.toArray(new Certificate[0]));
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, new char[0]);
    return factory.getKeyManagers();
  }

  private static PrivateKey privateKey(Path file) throws GeneralSecurityException, IOException {
    byte[] encoded = Pem.key(Files.readString(file, StandardCharsets.ISO_8859_1));
    PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(encoded);
    for (String algorithm : List.of("EC", "RSA", "Ed25519")) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(spec);
      } catch (InvalidKeySpecException ignored) {
        // a key of another algorithm
      }
    }
    throw new GeneralSecurityException("tls: failed to parse private key");
  }

  /// What `-tls-skip-verify` asks for: no check of certificate or name.
  private static final class TrustsAnybody extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
