package coffer.http;

import coffer.config.ConfigException;
import coffer.config.HostPort;
import coffer.config.HttpConfig;
import coffer.config.ListenerConfig;
import coffer.config.ProxyProtocol;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.unixdomain.server.UnixDomainServerConnector;
import org.jspecify.annotations.Nullable;

/// One listener: its socket, and the protocols spoken over it.
final class Entrance {
  private static final int MAX_HEAD = 128 * 1024;
  private static final int MAX_ANSWER_HEAD = 32 * 1024;
  private static final int SELECTORS = 1;

  private final ListenerConfig config;
  private final @Nullable Tls tls;
  private final AbstractConnector connector;

  Entrance(ListenerConfig config, Server server) {
    this.config = config;
    this.tls =
        config instanceof ListenerConfig.Tcp tcp ? tcp.tls().map(Tls::new).orElse(null) : null;
    this.connector =
        switch (config) {
          case ListenerConfig.Tcp tcp -> port(tcp.address(), server);
          case ListenerConfig.Unix unix -> file(unix, server);
        };
    connector.setIdleTimeout(config.http().idleTimeout().toMillis());
    connector.setConnectionFactories(protocols());
  }

  private static AbstractConnector port(HostPort address, Server server) {
    var connector = new ServerConnector(server, 0, SELECTORS);
    connector.setHost(address.host().isEmpty() ? null : address.host());
    connector.setPort(address.port());
    return connector;
  }

  private static AbstractConnector file(ListenerConfig.Unix config, Server server) {
    var connector = new UnixDomainServerConnector(server, 0, SELECTORS);
    connector.setUnixDomainPath(config.address());
    return connector;
  }

  private List<ConnectionFactory> protocols() {
    HttpConfig limits = config.http();
    Optional<ProxyProtocol> proxies =
        config instanceof ListenerConfig.Tcp tcp ? tcp.proxyProtocol() : Optional.empty();
    var openings = new Openings(connector.getScheduler(), limits);
    connector.addBean(openings);
    var lines = new Lines(limits, connector.getScheduler(), openings, proxies);
    List<ConnectionFactory> spoken = tls == null ? inTheClear(lines) : overTls(tls, lines);
    proxies.ifPresent(rules -> spoken.addFirst(new ProxyGate(rules, first(spoken))));
    return spoken;
  }

  private static String first(List<ConnectionFactory> spoken) {
    return spoken.getFirst().getProtocol();
  }

  private static List<ConnectionFactory> inTheClear(Lines lines) {
    HttpConfiguration http = http();
    return new ArrayList<>(List.of(new TimedHttp(http, lines), TimedHttp2.inTheClear(http, lines)));
  }

  private static List<ConnectionFactory> overTls(Tls tls, Lines lines) {
    HttpConfiguration http = http();
    var alpn = new ALPNServerConnectionFactory();
    alpn.setDefaultProtocol(HttpVersion.HTTP_1_1.asString());
    var ssl = new SslConnectionFactory(tls.factory(), alpn.getProtocol());
    ssl.setEnsureSecureRequestCustomizer(false);
    return new ArrayList<>(
        List.of(ssl, alpn, TimedHttp2.overTls(http, lines), new TimedHttp(http, lines)));
  }

  /// Paths are judged by [Target], as they were sent. The host that a request names means nothing.
  private static HttpConfiguration http() {
    var http = new HttpConfiguration();
    http.setRequestHeaderSize(MAX_HEAD);
    http.setResponseHeaderSize(MAX_ANSWER_HEAD);
    http.setSendServerVersion(false);
    http.setUriCompliance(UriCompliance.UNSAFE);
    http.setHttpCompliance(
        HttpCompliance.RFC9110.with("any host", HttpCompliance.Violation.MISMATCHED_AUTHORITY));
    return http;
  }

  AbstractConnector connector() {
    return connector;
  }

  void open() {
    if (config instanceof ListenerConfig.Unix unix) {
      SocketFile.clear(unix.address());
    }
    try {
      connector.start();
    } catch (Exception e) {
      throw new ConfigException("listening at " + wanted() + " failed: " + reason(e));
    }
    if (config instanceof ListenerConfig.Unix unix) {
      SocketFile.permit(unix);
    }
  }

  private static String reason(Exception e) {
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause instanceof IOException || cause.getMessage() != null
        ? String.valueOf(cause.getMessage())
        : cause.toString();
  }

  private String wanted() {
    return switch (config) {
      case ListenerConfig.Tcp tcp -> tcp.address().toString();
      case ListenerConfig.Unix unix -> unix.address().toString();
    };
  }

  /// Nobody new comes in from now on.
  void shut() {
    if (connector.getTransport() instanceof Channel listening) {
      try {
        listening.close();
      } catch (IOException e) {
        System.getLogger("http").log(System.Logger.Level.WARNING, "closing a listener failed", e);
      }
    }
  }

  /// Reads the files of TLS again.
  void reload() {
    if (tls != null) {
      tls.reload();
    }
  }

  /// Where it really listens.
  SocketAddress address() {
    return switch (config) {
      case ListenerConfig.Tcp tcp -> portAddress(tcp);
      case ListenerConfig.Unix unix -> UnixDomainSocketAddress.of(unix.address());
    };
  }

  private InetSocketAddress portAddress(ListenerConfig.Tcp tcp) {
    int port = connector instanceof ServerConnector server ? server.getLocalPort() : 0;
    return tcp.address().host().isEmpty()
        ? new InetSocketAddress(port)
        : new InetSocketAddress(tcp.address().host(), port);
  }

  /// For the banner of the start.
  String description() {
    return switch (config) {
      case ListenerConfig.Tcp tcp -> {
        int port = portAddress(tcp).getPort();
        var bound = new HostPort(tcp.address().host(), port);
        String spoken = tcp.tls().isPresent() ? "enabled" : "disabled";
        yield "tcp (addr: \"%s\", %s, tls: \"%s\")".formatted(bound, limits(), spoken);
      }
      case ListenerConfig.Unix unix ->
          "unix (addr: \"%s\", %s)".formatted(unix.address(), limits());
    };
  }

  private String limits() {
    return "max_request_size: \"%d\"".formatted(config.http().maxRequestSize());
  }
}
