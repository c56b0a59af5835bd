package coffer.http;

import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;

/// HTTP/2 whose first request must arrive in time. Later ones are bounded by the time for which a
/// connection may be idle.
final class TimedHttp2 {
  private static final int MAX_STREAMS = 128;

  private TimedHttp2() {}

  static HTTP2ServerConnectionFactory overTls(HttpConfiguration http, Lines lines) {
    return bounded(
        new HTTP2ServerConnectionFactory(http) {
          @Override
          public Connection newConnection(Connector connector, EndPoint endPoint) {
            return opened(super.newConnection(connector, endPoint), lines);
          }
        });
  }

  /// Without TLS: for clients that know that it is spoken, and by upgrade.
  static HTTP2ServerConnectionFactory inTheClear(HttpConfiguration http, Lines lines) {
    return bounded(
        new HTTP2CServerConnectionFactory(http) {
          @Override
          public Connection newConnection(Connector connector, EndPoint endPoint) {
            return opened(super.newConnection(connector, endPoint), lines);
          }
        });
  }

  private static HTTP2ServerConnectionFactory bounded(HTTP2ServerConnectionFactory factory) {
    factory.setMaxConcurrentStreams(MAX_STREAMS);
    return factory;
  }

  private static Connection opened(Connection connection, Lines lines) {
    if (connection instanceof ConnectionMetaData data) {
      lines.open(connection.getEndPoint(), data);
    }
    return connection;
  }
}
