package coffer.http;

import coffer.config.ProxyProtocol;
import coffer.config.ProxyProtocol.Behavior;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.ProxyConnectionFactory;

/// Takes in a PROXY header, version 1 or 2, where there is one, and cuts those who may not connect
/// at all. Whether a header is believed is [#believes]: Jetty itself believes everybody's.
final class ProxyGate extends ProxyConnectionFactory {
  private static final int MAX_HEADER = 1_024;

  private final ProxyProtocol rules;

  ProxyGate(ProxyProtocol rules, String next) {
    super(next);
    this.rules = rules;
    setMaxProxyHeader(MAX_HEADER);
  }

  @Override
  public Connection newConnection(Connector connector, EndPoint endPoint) {
    boolean strict = rules.behavior() == Behavior.DENY_UNAUTHORIZED;
    if (strict && !believes(rules, endPoint.getRemoteSocketAddress())) {
      endPoint.close();
    }
    return super.newConnection(connector, endPoint);
  }

  /// Whether the header of a proxy at an address counts.
  static boolean believes(ProxyProtocol rules, SocketAddress proxy) {
    return rules.behavior() == Behavior.USE_ALWAYS
        || (proxy instanceof InetSocketAddress address
            && rules.authorized().stream().anyMatch(range -> range.contains(address.getAddress())));
  }
}
