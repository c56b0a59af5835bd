package coffer.config;

import coffer.hcl.HclException;
import coffer.hcl.Position;
import coffer.hcl.Stanza;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/// One door of the server.
public sealed interface ListenerConfig {
  HttpConfig http();

  /// A TCP port, with TLS unless that is switched off.
  record Tcp(
      HostPort address,
      Optional<TlsConfig> tls,
      Optional<ProxyProtocol> proxyProtocol,
      Optional<ForwardedFor> forwardedFor,
      HttpConfig http)
      implements ListenerConfig {}

  /// A Unix domain socket.
  ///
  /// @param mode the permissions of the socket file
  /// @param user its owner, by name or number
  /// @param group its group, by name or number
  record Unix(
      Path address,
      Optional<Integer> mode,
      Optional<String> user,
      Optional<String> group,
      HttpConfig http)
      implements ListenerConfig {}

  static ListenerConfig read(Stanza stanza, Section section) {
    String type = stanza.label().name().toLowerCase(Locale.ROOT);
    section.accept("type", "purpose", "cluster_address", "chroot_namespace");
    section.accept("agent_api", "proxy_api");
    section.accept("redact_addresses", "redact_cluster_name", "redact_version");
    section.accept("disable_replication_status_endpoints", "cors_allow_credentials");
    Position at = stanza.at();
    ListenerConfig listener =
        switch (type) {
          case "tcp" -> tcp(section, at);
          case "unix" -> unix(section, at);
          default ->
              throw new HclException(
                  at, "unsupported listener type \"" + stanza.label().name() + "\"");
        };
    section.close();
    return listener;
  }

  private static Tcp tcp(Section section, Position at) {
    return new Tcp(
        section.text("address", HostPort::parse).orElse(new HostPort("127.0.0.1", 8200)),
        TlsConfig.read(section, at),
        ProxyProtocol.read(section, at),
        ForwardedFor.read(section),
        HttpConfig.read(section));
  }

  private static Unix unix(Section section, Position at) {
    section.accept("tls_disable");
    return new Unix(
        section
            .text("address", Path::of)
            .orElseThrow(() -> new HclException(at, "listener \"unix\" needs an address")),
        section.text("socket_mode", ListenerConfig::mode),
        section.text("socket_user"),
        section.text("socket_group"),
        HttpConfig.read(section));
  }

  private static int mode(String text) {
    if (!text.matches("0?[0-7]{3,4}")) {
      throw new IllegalArgumentException("invalid mode specified: " + text);
    }
    return Integer.parseInt(text, 8);
  }
}
