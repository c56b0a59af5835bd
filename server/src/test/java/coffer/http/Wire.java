package coffer.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Locale;

/// A socket to a door: what goes over it is written and read as it is, a character a byte.
final class Wire implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 20_000;

  private final Socket socket;
  private final InputStream in;

  private Wire(Socket socket) throws IOException {
    this.socket = socket;
    this.in = socket.getInputStream();
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
  }

  static Wire to(int port) {
    try {
      return new Wire(new Socket(InetAddress.getLoopbackAddress(), port));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Wire over(Socket socket) {
    try {
      return new Wire(socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Socket socket() {
    return socket;
  }

  /// What came back.
  record Reply(int status, List<String> head, String body) {
    /// The value of a header; empty where it is absent.
    String header(String name) {
      String start = name.toLowerCase(Locale.ROOT) + ": ";
      return head.stream()
          .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
          .map(line -> line.substring(start.length()))
          .findFirst()
          .orElse("");
    }
  }

  static String request(String method, String path, String body, String... headers) {
    var text = new StringBuilder(method + " " + path + " HTTP/1.1\r\nHost: test\r\n");
    for (String header : headers) {
      text.append(header).append("\r\n");
    }
    if (!body.isEmpty()) {
      text.append("Content-Length: ").append(body.length()).append("\r\n");
    }
    return text.append("\r\n").append(body).toString();
  }

  /// Bytes, a character each.
  static String bytes(int... bytes) {
    var text = new StringBuilder();
    for (int b : bytes) {
      text.append((char) b);
    }
    return text.toString();
  }

  Reply ask(String request) {
    send(request);
    return reply(!request.startsWith("HEAD "));
  }

  void send(String text) {
    try {
      socket.getOutputStream().write(text.getBytes(ISO_8859_1));
      socket.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Sends one byte after the other, a little apart, until the door closes the connection.
  ///
  /// @return all that came back
  String dripUntilCut() {
    var got = new ByteArrayOutputStream();
    try {
      socket.setSoTimeout(20);
      for (int i = 0; i < 1_000; i++) {
        int b = readOrPause();
        if (b >= 0) {
          got.write(b);
        } else if (b == CUT) {
          return got.toString(ISO_8859_1);
        } else {
          socket.getOutputStream().write('a');
        }
      }
    } catch (IOException e) {
      return got.toString(ISO_8859_1);
    }
    throw new AssertionError("the connection was never cut");
  }

  private static final int CUT = -1;
  private static final int NOTHING_YET = -2;

  private int readOrPause() throws IOException {
    try {
      return in.read();
    } catch (SocketTimeoutException e) {
      return NOTHING_YET;
    }
  }

  Reply reply() {
    return reply(true);
  }

  Reply reply(boolean withBody) {
    try {
      List<String> head = head().lines().toList();
      int status = Integer.parseInt(head.getFirst().split(" ", -1)[1]);
      var bare = new Reply(status, head, "");
      String length = bare.header("Content-Length");
      if (!withBody || status == 204) {
        return bare;
      }
      byte[] body = length.isEmpty() ? in.readAllBytes() : in.readNBytes(Integer.parseInt(length));
      return new Reply(status, head, new String(body, ISO_8859_1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String head() throws IOException {
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int b = in.read();
      if (b < 0) {
        throw new EOFException("closed after: " + head);
      }
      head.append((char) b);
    }
    return head.toString();
  }

  /// All that comes until the door closes the connection.
  String rest() {
    try {
      return new String(in.readAllBytes(), ISO_8859_1);
    } catch (SocketTimeoutException e) {
      throw new AssertionError("the connection was never closed", e);
    } catch (IOException e) {
      return "";
    }
  }

  /// Waits for a while in which nothing is to come.
  ///
  /// @return whether nothing came, and the connection stayed open
  boolean pause(int millis) {
    try {
      socket.setSoTimeout(millis);
      return readOrPause() == NOTHING_YET;
    } catch (IOException e) {
      return false;
    } finally {
      patient();
    }
  }

  private void patient() {
    try {
      socket.setSoTimeout(PATIENCE_MILLIS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// No more will be sent.
  void finish() {
    try {
      socket.shutdownOutput();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
