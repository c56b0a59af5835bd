package coffer.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// A server that gives recorded answers and writes down what it was asked. An answer given for a
/// request replaces the one before, unless several are given at once, which are given in turn.
final class RecordedServer implements AutoCloseable {
  private final ServerSocketChannel listener;
  private final Map<String, Queue<byte[]>> answers = new ConcurrentHashMap<>();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<String> heads = new CopyOnWriteArrayList<>();

  private RecordedServer(ServerSocketChannel listener) {
    this.listener = listener;
    Thread.ofVirtual().start(this::accept);
  }

  static RecordedServer onTcp() {
    return open(
        StandardProtocolFamily.INET, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  static RecordedServer onSocketFile(Path file) {
    return open(StandardProtocolFamily.UNIX, UnixDomainSocketAddress.of(file));
  }

  private static RecordedServer open(StandardProtocolFamily family, SocketAddress at) {
    try {
      ServerSocketChannel listener = ServerSocketChannel.open(family);
      listener.bind(at);
      return new RecordedServer(listener);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /// Answers `GET /v1/…` with a status and a body.
  RecordedServer on(String request, int status, String body) {
    return raw(
        request,
        "HTTP/1.1 " + status + " X\r\nContent-Length: " + length(body) + "\r\n\r\n" + body);
  }

  /// Answers with these bytes; several are given in turn, the last of them ever after.
  RecordedServer raw(String request, String... whole) {
    Queue<byte[]> queue = new ArrayDeque<>();
    for (String one : whole) {
      queue.add(one.getBytes(StandardCharsets.UTF_8));
    }
    answers.put(request, queue);
    return this;
  }

  private static int length(String body) {
    return body.getBytes(StandardCharsets.UTF_8).length;
  }

  /// The requests so far: method, target and body.
  List<String> asked() {
    return asked;
  }

  /// The heads of the requests so far.
  List<String> heads() {
    return heads;
  }

  String address() {
    try {
      return switch (listener.getLocalAddress()) {
        case InetSocketAddress inet -> "http://127.0.0.1:" + inet.getPort();
        case SocketAddress file -> "unix://" + file;
      };
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void accept() {
    try {
      while (true) {
        SocketChannel channel = listener.accept();
        Thread.ofVirtual().start(() -> serve(channel));
      }
    } catch (IOException closed) {
      // the test is over
    }
  }

  private void serve(SocketChannel channel) {
    try (channel) {
      InputStream in = Channels.newInputStream(channel);
      OutputStream out = Channels.newOutputStream(channel);
      while (exchange(in, out)) {
        // until an answer says that it was the last
      }
    } catch (IOException gone) {
      // the client has gone
    }
  }

  private boolean exchange(InputStream in, OutputStream out) throws IOException {
    String head = head(in);
    if (head.isEmpty()) {
      return false;
    }
    heads.add(head);
    String request = head.substring(0, head.indexOf(" HTTP/1.1"));
    String body =
        new String(in.readNBytes(length(head, "content-length: ")), StandardCharsets.UTF_8);
    asked.add(body.isEmpty() ? request : request + " " + body);
    Queue<byte[]> queue = answers.get(request);
    byte[] answer =
        queue == null
            ? "HTTP/1.1 404 X\r\nContent-Length: 13\r\n\r\n{\"errors\":[]}"
                .getBytes(StandardCharsets.UTF_8)
            : queue.size() > 1 ? queue.remove() : queue.element();
    out.write(answer);
    out.flush();
    String said = new String(answer, StandardCharsets.UTF_8);
    return !said.contains("Connection: close") && said.startsWith("HTTP/1.1 ");
  }

  private static int length(String head, String name) {
    int start = head.toLowerCase(java.util.Locale.ROOT).indexOf(name);
    return start < 0
        ? 0
        : Integer.parseInt(
            head.substring(start + name.length(), head.indexOf('\r', start)).strip());
  }

  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int last = 0;
    for (int c = in.read(); c >= 0; c = in.read()) {
      head.write(c);
      last = last << 8 | c;
      if (last == 0x0d0a0d0a) {
        return head.toString(StandardCharsets.UTF_8);
      }
    }
    return "";
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
