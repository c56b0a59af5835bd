package coffer.http;

import coffer.config.HttpConfig;
import coffer.exchange.Connection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/// One connection of a client: who is at its other end, and until when the head of its next request
/// must have arrived. Thread-safe.
final class Line {
  private static final String KEY = Line.class.getName();

  private final EndPoint endPoint;
  private final Scheduler scheduler;
  private final HttpConfig config;
  private final long headNanos;
  private final @Nullable InetSocketAddress client;
  private final AtomicReference<Scheduler.@Nullable Task> head = new AtomicReference<>();
  private volatile @Nullable Connection connection;
  private volatile boolean closed;

  /// @param client who is at the other end, after a PROXY header that is to be believed
  Line(EndPoint endPoint, Scheduler scheduler, HttpConfig config, @Nullable SocketAddress client) {
    this.endPoint = endPoint;
    this.scheduler = scheduler;
    this.config = config;
    this.headNanos = headTime(config).toNanos();
    this.client = client instanceof InetSocketAddress address ? address : null;
  }

  /// How long a head may take. A head is part of a request, so the shorter time counts.
  static Duration headTime(HttpConfig config) {
    Duration head = config.readHeaderTimeout();
    Duration whole = config.readTimeout();
    if (head.isZero() || whole.isZero()) {
      return head.isZero() ? whole : head;
    }
    return head.compareTo(whole) < 0 ? head : whole;
  }

  static Line of(Request request) {
    if (request.getConnectionMetaData().getAttribute(KEY) instanceof Line line) {
      return line;
    }
    throw new IllegalStateException("a connection without a line");
  }

  static @Nullable Line of(org.eclipse.jetty.io.Connection connection) {
    return connection instanceof ConnectionMetaData data && data.getAttribute(KEY) instanceof Line l
        ? l
        : null;
  }

  void attach(ConnectionMetaData data) {
    data.setAttribute(KEY, this);
  }

  /// The socket itself, below TLS and the PROXY protocol.
  static EndPoint socket(EndPoint endPoint) {
    EndPoint socket = endPoint;
    while (true) {
      switch (socket) {
        case SslConnection.SslEndPoint tls -> socket = tls.getSslConnection().getEndPoint();
        case EndPoint.Wrapper wrapper -> socket = wrapper.unwrap();
        default -> {
          return socket;
        }
      }
    }
  }

  /// Cuts the line unless a whole head arrives in time.
  ///
  /// @param late asked when the time is over: whether it hasn't, in truth
  void expectHead(BooleanSupplier late) {
    if (headNanos == 0 || head.get() != null || closed) {
      return;
    }
    Scheduler.Task task =
        scheduler.schedule(
            () -> {
              head.set(null);
              if (late.getAsBoolean()) {
                endPoint.close();
              }
            },
            headNanos,
            TimeUnit.NANOSECONDS);
    if (!head.compareAndSet(null, task)) {
      task.cancel();
    }
  }

  /// Takes over the time that was set for the first head when the socket was accepted.
  void adopt(Scheduler.Task task) {
    head.set(task);
  }

  void headArrived() {
    if (head.get() != null) {
      Scheduler.Task task = head.getAndSet(null);
      if (task != null) {
        task.cancel();
      }
    }
  }

  void closed() {
    closed = true;
    headArrived();
  }

  /// Cuts the line unless the task is cancelled in time. Null where answers may take for ever.
  Scheduler.@Nullable Task expectSent() {
    long nanos = config.writeTimeout().toNanos();
    return nanos == 0 ? null : scheduler.schedule(endPoint::close, nanos, TimeUnit.NANOSECONDS);
  }

  /// The address at the other end; null over a Unix socket.
  @Nullable InetAddress address() {
    return client == null ? null : client.getAddress();
  }

  /// What requests come through: the same for all of them unless proxies say otherwise.
  Connection connection() {
    Connection known = connection;
    if (known == null) {
      InetAddress address = address();
      known = connection(address == null ? "" : Addresses.text(address));
      connection = known;
    }
    return known;
  }

  /// The same from an address that a proxy has named; the port stays the proxy's own.
  Connection connection(String address) {
    int port = client == null ? 0 : client.getPort();
    return new Connection(address, port, certificates(), config);
  }

  private List<X509Certificate> certificates() {
    EndPoint.SslSessionData tls = endPoint.getSslSessionData();
    X509Certificate @Nullable [] chain = tls == null ? null : tls.peerCertificates();
    return chain == null ? List.of() : List.of(chain);
  }
}
