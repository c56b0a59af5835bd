package coffer.http;

import coffer.config.HttpConfig;
import coffer.config.ProxyProtocol;
import java.net.SocketAddress;
import java.util.Optional;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/// Makes the lines of one listener.
final class Lines {
  private final HttpConfig config;
  private final Scheduler scheduler;
  private final Openings openings;
  private final Optional<ProxyProtocol> proxies;

  Lines(
      HttpConfig config, Scheduler scheduler, Openings openings, Optional<ProxyProtocol> proxies) {
    this.config = config;
    this.scheduler = scheduler;
    this.openings = openings;
    this.proxies = proxies;
  }

  /// Makes the line of a connection that has just come to speak HTTP.
  void open(EndPoint endPoint, ConnectionMetaData data) {
    var line = new Line(endPoint, scheduler, config, client(endPoint));
    line.attach(data);
    Scheduler.Task opening = openings.take(endPoint);
    if (opening == null) {
      line.expectHead(() -> true);
    } else {
      line.adopt(opening);
    }
  }

  private @Nullable SocketAddress client(EndPoint endPoint) {
    SocketAddress socket = Line.socket(endPoint).getRemoteSocketAddress();
    boolean believed = proxies.filter(proxy -> ProxyGate.believes(proxy, socket)).isPresent();
    return believed ? endPoint.getRemoteSocketAddress() : socket;
  }
}
