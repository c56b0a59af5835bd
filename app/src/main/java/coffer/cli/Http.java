package coffer.cli;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A small HTTP/1.1 client for one server: any method, over TCP, TLS or a Unix socket, one request
/// at a time over one connection that is kept while the server keeps it.
///
/// The timeout holds for connecting and for each wait for more of an answer (over a Unix socket
/// there is none). Not for use by more than one thread.
final class Http implements AutoCloseable {
  private final Address address;
  private final @Nullable Proxy proxy;
  private final Tls tls;
  private final Duration timeout;
  private @Nullable Socket socket;
  private @Nullable SocketChannel channel;
  private @Nullable OutputStream out;
  private @Nullable AnswerReader reader;

  Http(Address address, @Nullable Proxy proxy, Tls tls, Duration timeout) {
    this.address = address;
    this.proxy = proxy;
    this.tls = tls;
    this.timeout = timeout;
  }

  /// Sends a request and reads the whole answer.
  ///
  /// @param target path and query
  Answer send(String method, String target, Map<String, String> headers, byte @Nullable [] body) {
    byte[] request = request(method, target, headers, body);
    boolean kept = reader != null;
    try {
      return exchange(method + " " + address.base() + target, request);
    } catch (EOFException | SocketException e) {
      if (kept && !hasBegun()) { // the server closed a kept connection: it has seen nothing of this
        close();
        return again(method, target, request);
      }
      throw failed(method, target, e);
    } catch (IOException e) {
      throw failed(method, target, e);
    }
  }

  private Answer again(String method, String target, byte[] request) {
    try {
      return exchange(method + " " + address.base() + target, request);
    } catch (IOException e) {
      throw failed(method, target, e);
    }
  }

  private boolean hasBegun() {
    return reader != null && reader.hasBegun();
  }

  private Answer exchange(String asked, byte[] request) throws IOException {
    if (reader == null) {
      connect();
    }
    OutputStream to = out;
    AnswerReader from = reader;
    if (to == null || from == null) {
      throw new IOException("not connected");
    }
    to.write(request);
    to.flush();
    Answer answer = from.read(asked);
    if (!from.isReusable()) {
      close();
    }
    return answer;
  }

  private byte[] request(
      String method, String target, Map<String, String> headers, byte @Nullable [] body) {
    StringBuilder head = new StringBuilder(256);
    head.append(method).append(' ').append(absolute()).append(target).append(" HTTP/1.1\r\n");
    header(head, "Host", address.authority());
    header(head, "User-Agent", "coffer");
    for (Map.Entry<String, String> header : headers.entrySet()) {
      header(head, header.getKey(), header.getValue());
    }
    if (body != null || method.equals("PUT") || method.equals("POST") || method.equals("PATCH")) {
      header(head, "Content-Length", Integer.toString(body == null ? 0 : body.length));
    }
    byte[] bytes = head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8);
    if (body == null) {
      return bytes;
    }
    byte[] whole = Arrays.copyOf(bytes, bytes.length + body.length);
    System.arraycopy(body, 0, whole, bytes.length, body.length);
    return whole;
  }

  /// What a proxy needs before the target, unless it is tunnelled through.
  private String absolute() {
    return proxy == null || address.isTls() ? "" : address.base();
  }

  private static void header(StringBuilder head, String name, String value) {
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) < ' ') {
        throw Failure.remote("net/http: invalid header field value for " + Go.quote(name));
      }
    }
    head.append(name).append(": ").append(value).append("\r\n");
  }

  private void connect() throws IOException {
    InputStream in;
    if (address.isSocketFile()) {
      SocketChannel opened = SocketChannel.open(StandardProtocolFamily.UNIX);
      channel = opened;
      opened.connect(UnixDomainSocketAddress.of(address.host()));
      in = Channels.newInputStream(opened);
      out = Channels.newOutputStream(opened);
    } else {
      Socket opened = new Socket();
      socket = opened;
      int millis = (int) Math.min(timeout.toMillis(), Integer.MAX_VALUE);
      opened.setTcpNoDelay(true);
      opened.connect(peer(), millis);
      opened.setSoTimeout(millis);
      if (address.isTls()) {
        if (proxy != null) {
          Proxy.openTunnel(opened.getInputStream(), opened.getOutputStream(), address);
        }
        opened = tls.over(opened, address);
        socket = opened;
      }
      in = opened.getInputStream();
      out = opened.getOutputStream();
    }
    reader = new AnswerReader(in);
  }

  private InetSocketAddress peer() {
    return proxy == null
        ? new InetSocketAddress(address.host(), address.port())
        : new InetSocketAddress(proxy.host(), proxy.port());
  }

  private Failure failed(String method, String target, IOException e) {
    String reason = reason(e);
    close();
    String name = method.charAt(0) + method.substring(1).toLowerCase(Locale.ROOT);
    return Failure.remote(name + " " + Go.quote(address.base() + target) + ": " + reason);
  }

  private String reason(IOException e) {
    String place = address.host() + ":" + address.port();
    String message = String.valueOf(e.getMessage());
    if (address.isSocketFile() && reader == null) {
      return "dial unix " + address.host() + ": connect: " + message.toLowerCase(Locale.ROOT);
    }
    return switch (e) {
      case ConnectException refused -> "dial tcp " + place + ": connect: connection refused";
      case UnknownHostException unknown -> "dial tcp: lookup " + address.host() + ": no such host";
      case SocketTimeoutException late ->
          "context deadline exceeded (Client.Timeout exceeded while awaiting headers)";
      default ->
          message.startsWith("Unsupported or unrecognized SSL message")
              ? "http: server gave HTTP response to HTTPS client"
              : message;
    };
  }

  @Override
  public void close() {
    try {
      if (socket != null) {
        socket.close();
      }
      if (channel != null) {
        channel.close();
      }
    } catch (IOException ignored) {
      // nothing is lost with a connection that is given up
    }
    socket = null;
    channel = null;
    out = null;
    reader = null;
  }
}
