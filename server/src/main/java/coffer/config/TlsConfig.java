package coffer.config;

import coffer.hcl.HclException;
import coffer.hcl.Position;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;

/// How a listener speaks TLS. Paths that aren't absolute are relative to the working directory.
///
/// @param clientCa the authorities whose client certificates count
/// @param requireClientCert whether a client without a certificate is turned away
/// @param askForClientCert whether clients are asked for one at all
/// @param cipherSuites by their names in the JDK; empty for the usual ones
public record TlsConfig(
    Path cert,
    Path key,
    Optional<Path> clientCa,
    boolean requireClientCert,
    boolean askForClientCert,
    TlsVersion minVersion,
    TlsVersion maxVersion,
    List<String> cipherSuites) {

  /// Nothing where the listener says `tls_disable`.
  static Optional<TlsConfig> read(Section section, Position at) {
    boolean disabled = section.flag("tls_disable", false);
    Optional<Path> cert = section.text("tls_cert_file", Path::of);
    Optional<Path> key = section.text("tls_key_file", Path::of);
    section.accept("tls_prefer_server_cipher_suites");
    boolean complete = cert.isPresent() && key.isPresent();
    var tls =
        new TlsConfig(
            cert.orElse(Path.of("")),
            key.orElse(Path.of("")),
            section.text("tls_client_ca_file", Path::of),
            section.flag("tls_require_and_verify_client_cert", false),
            !section.flag("tls_disable_client_certs", false),
            section.text("tls_min_version", TlsVersion::parse).orElse(TlsVersion.TLS12),
            section.text("tls_max_version", TlsVersion::parse).orElse(TlsVersion.TLS13),
            section.texts("tls_cipher_suites", TlsConfig::suite));
    if (disabled) {
      return Optional.empty();
    }
    if (!complete) {
      throw new HclException(
          at, "'tls_cert_file' and 'tls_key_file' must be set, or 'tls_disable' be true");
    }
    return Optional.of(tls.agreed(at));
  }

  private TlsConfig agreed(Position at) {
    if (maxVersion.compareTo(minVersion) < 0) {
      throw new HclException(
          at, "'tls_max_version' must be greater than or equal to 'tls_min_version'");
    }
    if (maxVersion.compareTo(TlsVersion.TLS12) < 0) {
      throw new HclException(at, "'tls_max_version' must be tls12 or tls13");
    }
    if (!askForClientCert && requireClientCert) {
      throw new HclException(
          at,
          "'tls_disable_client_certs' and 'tls_require_and_verify_client_cert' are mutually"
              + " exclusive");
    }
    return this;
  }

  private static String suite(String name) {
    String full = name.endsWith("CHACHA20_POLY1305") ? name + "_SHA256" : name;
    if (!Supported.SUITES.contains(full)) {
      throw new IllegalArgumentException("unsupported cipher \"" + name + "\"");
    }
    return full;
  }

  /// Loaded only by a configuration that names cipher suites.
  private static final class Supported {
    static final Set<String> SUITES = suites();

    private static Set<String> suites() {
      try {
        String[] names = SSLContext.getDefault().getSupportedSSLParameters().getCipherSuites();
        return Arrays.stream(names).collect(Collectors.toUnmodifiableSet());
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
