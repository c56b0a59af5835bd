package coffer.boot;

import coffer.config.ConfigException;
import coffer.config.HostPort;
import coffer.config.HttpConfig;
import coffer.config.ListenerConfig;
import coffer.config.ServerConfig;
import coffer.config.TlsConfig;
import coffer.config.TlsVersion;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

/// A server to try things on: unsealed, in memory, with its root token told.
///
/// @param address where it listens
/// @param rootToken the id that its root token is to have; empty for a random one
/// @param storesToken whether the token is kept for the commands
/// @param mountsKv whether a key/value engine is mounted at `secret/`
/// @param certificates the folder for the certificates that are to be made; empty for no TLS
/// @param certificatesStay whether that folder is the caller's own
/// @param clusterFile where to write what the server is
public record DevMode(
    HostPort address,
    Optional<String> rootToken,
    boolean storesToken,
    boolean mountsKv,
    Optional<Path> certificates,
    boolean certificatesStay,
    Optional<Path> clusterFile) {
  private static final String USUAL_ADDRESS = "127.0.0.1:8200";
  private static final String USUAL =
      """
      listener "tcp" {
        tls_disable = true
        telemetry {
          unauthenticated_metrics_access = true
        }
      }
      storage "inmem" {}
      ui = true
      raw_storage_endpoint = true
      introspection_endpoint = true
      """;

  static DevMode read(Flags flags) {
    Optional<Path> folder = flags.find("dev-tls-cert-dir").map(Path::of);
    return new DevMode(
        address(flags.find("dev-listen-address").orElse(USUAL_ADDRESS)),
        flags.find("dev-root-token-id"),
        !flags.has("dev-no-store-token"),
        !flags.has("dev-no-kv"),
        flags.has("dev-tls") ? folder.or(DevMode::ownFolder) : Optional.empty(),
        folder.isPresent(),
        flags.find("dev-cluster-json").map(Path::of));
  }

  private static HostPort address(String text) {
    try {
      return HostPort.parse(text);
    } catch (IllegalArgumentException e) {
      throw new ConfigException(
          "Error initializing listener of type tcp: listen tcp: " + e.getMessage());
    }
  }

  /// In the folder for what is temporary, by a name that nobody can have taken.
  private static Optional<Path> ownFolder() {
    String name = "vault-tls" + Long.toHexString(new SecureRandom().nextLong());
    return Optional.of(Path.of(System.getProperty("java.io.tmpdir", "/tmp"), name));
  }

  /// What is configured where nobody says otherwise.
  ServerConfig config() {
    ServerConfig usual = ServerConfig.parse(USUAL, "dev mode");
    HttpConfig http = usual.listeners().getFirst().http();
    var listener =
        new ListenerConfig.Tcp(
            address, certificates.map(DevMode::tls), Optional.empty(), Optional.empty(), http);
    return new ServerConfig(
        usual.general(),
        List.of(listener),
        usual.storage(),
        usual.log(),
        usual.telemetry(),
        usual.seals(),
        usual.audits(),
        usual.lockouts(),
        usual.warnings());
  }

  private static TlsConfig tls(Path folder) {
    return new TlsConfig(
        folder.resolve(DevCertificates.CERTIFICATE),
        folder.resolve(DevCertificates.KEY),
        Optional.empty(),
        false,
        true,
        TlsVersion.TLS12,
        TlsVersion.TLS13,
        List.of());
  }

  /// The file that clients should trust; empty without TLS.
  public Optional<Path> authority() {
    return certificates.map(folder -> folder.resolve(DevCertificates.AUTHORITY));
  }

  /// Not the token.
  @Override
  public String toString() {
    return "DevMode[" + address + "]";
  }
}
