package coffer.http;

import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.internal.HttpConnection;

/// HTTP/1.1 whose request heads must arrive in time, however slowly and steadily their bytes come:
/// Jetty's own limit starts anew with every byte.
final class TimedHttp extends HttpConnectionFactory {
  private final Lines lines;

  TimedHttp(HttpConfiguration http, Lines lines) {
    super(http);
    this.lines = lines;
  }

  @Override
  public Connection newConnection(Connector connector, EndPoint endPoint) {
    var connection = new Timed(getHttpConfiguration(), connector, endPoint);
    return configure(connection, connector, endPoint);
  }

  private final class Timed extends HttpConnection {
    Timed(HttpConfiguration http, Connector connector, EndPoint endPoint) {
      super(http, connector, endPoint);
    }

    @Override
    public void onOpen() {
      lines.open(getEndPoint(), this);
      super.onOpen();
    }

    @Override
    public void onFillable() {
      super.onFillable();
      Line line = isMidHead() ? Line.of((Connection) this) : null;
      if (line != null) {
        line.expectHead(this::isMidHead);
      }
    }

    private boolean isMidHead() {
      HttpParser parser = getParser();
      return parser.inHeaderState() && !parser.isStart() && !parser.isClosed();
    }
  }
}
