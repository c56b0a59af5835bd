package coffer.http;

import coffer.config.ConfigException;
import coffer.config.TlsConfig;
import coffer.config.TlsVersion;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/// The TLS of one listener. Its files may be read again while it runs; connections that are there
/// keep what they have.
final class Tls {
  private static final char[] NO_PASSWORD = new char[0];

  private final TlsConfig config;
  private final SslContextFactory.Server factory = new SslContextFactory.Server();

  /// Reads the files; what is wrong with them is a [ConfigException].
  Tls(TlsConfig config) {
    this.config = config;
    factory.setSslContext(context());
    factory.setIncludeProtocols(protocols());
    if (!config.cipherSuites().isEmpty()) {
      factory.setExcludeCipherSuites();
      factory.setIncludeCipherSuites(config.cipherSuites().toArray(String[]::new));
    }
    factory.setNeedClientAuth(config.requireClientCert());
    factory.setWantClientAuth(config.askForClientCert());
    factory.setRenegotiationAllowed(false);
  }

  SslContextFactory.Server factory() {
    return factory;
  }

  /// Reads the files again, for connections to come. Nothing changes where they are broken.
  void reload() {
    SSLContext fresh = context();
    try {
      factory.reload(same -> same.setSslContext(fresh));
    } catch (Exception e) {
      throw new ConfigException("TLS can't be set up anew: " + e.getMessage());
    }
  }

  private String[] protocols() {
    return Arrays.stream(TlsVersion.values())
        .filter(v -> v.compareTo(config.minVersion()) >= 0)
        .filter(v -> v.compareTo(config.maxVersion()) <= 0)
        .filter(v -> v.compareTo(TlsVersion.TLS12) >= 0)
        .map(TlsVersion::protocol)
        .toArray(String[]::new);
  }

  private SSLContext context() {
    List<X509Certificate> chain = TlsFiles.certificates(config.cert());
    PrivateKey key = TlsFiles.key(config.key());
    if (!TlsFiles.match(key, chain.getFirst())) {
      throw new ConfigException(
          "the private key in " + config.key() + " is not that of " + config.cert());
    }
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys(key, chain), trust(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new ConfigException("TLS can't be set up: " + e.getMessage());
    }
  }

  private static KeyManager[] keys(PrivateKey key, List<X509Certificate> chain)
      throws GeneralSecurityException, IOException {
    KeyStore store = emptyStore();
    store.setKeyEntry("server", key, NO_PASSWORD, chain.toArray(Certificate[]::new));
    var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, NO_PASSWORD);
    return factory.getKeyManagers();
  }

  private TrustManager[] trust() throws GeneralSecurityException, IOException {
    List<X509Certificate> authorities =
        config.clientCa().map(TlsFiles::certificates).orElse(List.of());
    if (!config.requireClientCert()) {
      return new TrustManager[] {new AnyClient(authorities)};
    }
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(authorities.isEmpty() ? theSystems() : store(authorities));
    return factory.getTrustManagers();
  }

  /// Null stands for the authorities that the JDK brings along.
  private static @Nullable KeyStore theSystems() {
    return null;
  }

  private static KeyStore store(List<X509Certificate> authorities)
      throws GeneralSecurityException, IOException {
    KeyStore store = emptyStore();
    for (X509Certificate authority : authorities) {
      store.setCertificateEntry("ca" + store.size(), authority);
    }
    return store;
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }
}
