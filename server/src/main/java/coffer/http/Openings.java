package coffer.http;

import coffer.config.HttpConfig;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/// Sockets that don't speak HTTP yet: the time for the first head of a request runs from the moment
/// a socket is accepted, TLS handshake and PROXY header included. Thread-safe; bounded by the
/// number of open sockets.
final class Openings implements Connection.Listener {
  private final Map<EndPoint, Scheduler.Task> waiting = new ConcurrentHashMap<>();
  private final Scheduler scheduler;
  private final long nanos;

  Openings(Scheduler scheduler, HttpConfig config) {
    this.scheduler = scheduler;
    this.nanos = Line.headTime(config).toNanos();
  }

  @Override
  public void onOpened(Connection connection) {
    if (nanos != 0 && Line.of(connection) == null) {
      EndPoint socket = Line.socket(connection.getEndPoint());
      waiting.computeIfAbsent(
          socket, s -> scheduler.schedule(socket::close, nanos, TimeUnit.NANOSECONDS));
    }
  }

  @Override
  public void onClosed(Connection connection) {
    Line line = Line.of(connection);
    if (line != null) {
      line.closed();
    }
    Scheduler.Task task = take(connection.getEndPoint());
    if (task != null) {
      task.cancel();
    }
  }

  /// What cuts a socket that has waited too long, for the line that it has become.
  Scheduler.@Nullable Task take(EndPoint endPoint) {
    return waiting.remove(Line.socket(endPoint));
  }
}
