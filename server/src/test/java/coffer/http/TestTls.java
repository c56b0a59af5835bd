package coffer.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/// TLS as clients speak it: they trust the authority of the tests, and may have a certificate.
final class TestTls {
  private TestTls() {}

  /// @param certificate and key are files; empty for a client that has none
  static SSLContext context(String certificate, String key) {
    try {
      KeyStore trusted = store();
      trusted.setCertificateEntry("ca", TlsFiles.certificates(TestDoor.file("ca.pem")).getFirst());
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys(certificate, key), trust.getTrustManagers(), new SecureRandom());
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new AssertionError(e);
    }
  }

  private static KeyManager[] keys(String certificate, String key)
      throws GeneralSecurityException, IOException {
    if (certificate.isEmpty()) {
      return new KeyManager[0];
    }
    KeyStore own = store();
    Certificate[] chain =
        TlsFiles.certificates(TestDoor.file(certificate)).toArray(Certificate[]::new);
    own.setKeyEntry("own", TlsFiles.key(TestDoor.file(key)), new char[0], chain);
    var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(own, new char[0]);
    return factory.getKeyManagers();
  }

  private static KeyStore store() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  static SSLSocket socket(int port, String certificate, String key) {
    try {
      return (SSLSocket)
          context(certificate, key)
              .getSocketFactory()
              .createSocket(InetAddress.getLoopbackAddress(), port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Starts TLS over a connection that is there.
  static Wire over(Wire wire, String certificate, String key) {
    Socket plain = wire.socket();
    try {
      return Wire.over(
          context(certificate, key)
              .getSocketFactory()
              .createSocket(plain, "localhost", plain.getPort(), true));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
