package coffer.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.engine.Refusal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class SocketSinkTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  @TempDir Path folder;

  private static ByteBuffer text(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }

  private static Sink sink(String type, String address) {
    return SocketSink.of(Map.of("socket_type", type, "address", address), TIMEOUT);
  }

  private static ServerSocket listener() throws IOException {
    return new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
  }

  private static BufferedReader reader(Socket socket) throws IOException {
    return new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
  }

  @Test
  void linesGoOverOneConnection() throws IOException {
    try (ServerSocket listener = listener()) {
      Sink sink = sink("tcp", "127.0.0.1:" + listener.getLocalPort());
      sink.write(text("one\ntwo\n"));
      sink.write(text("three\n"));
      sink.close();
      try (Socket socket = listener.accept();
          BufferedReader reader = reader(socket)) {
        assertThat(reader.lines()).containsExactly("one", "two", "three");
      }
    }
  }

  @Test
  void aConnectionThatWasLostIsMadeAgain() throws IOException {
    try (ServerSocket listener = listener()) {
      Sink sink = sink("tcp", "127.0.0.1:" + listener.getLocalPort());
      sink.write(text("one\n"));
      Socket first = listener.accept();
      first.setSoLinger(true, 0);
      first.close();
      sink.write(text("lost or not\n"));
      sink.write(text("two\n"));
      try (Socket second = listener.accept();
          BufferedReader reader = reader(second)) {
        sink.close();
        assertThat(reader.lines()).contains("two");
      }
    }
  }

  @Test
  void aUnixSocketIsWrittenTo() throws IOException {
    Path path = folder.resolve("socket");
    try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      listener.bind(UnixDomainSocketAddress.of(path));
      Sink sink = sink("unix", path.toString());
      sink.write(text("one\n"));
      sink.close();
      try (SocketChannel accepted = listener.accept();
          var reader = new BufferedReader(Channels.newReader(accepted, UTF_8))) {
        assertThat(reader.lines()).containsExactly("one");
      }
    }
  }

  @Test
  void aDatagramIsOneLine() throws IOException {
    try (var receiver = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      receiver.setSoTimeout(30_000);
      Sink sink = sink("udp", "127.0.0.1:" + receiver.getLocalPort());
      sink.write(text("one\n"));
      var packet = new DatagramPacket(new byte[100], 100);
      receiver.receive(packet);

      assertThat(new String(packet.getData(), 0, packet.getLength(), UTF_8)).isEqualTo("one\n");
      assertThat(sink.lines()).isEqualTo(1);
      sink.close();
    }
  }

  /// As the peer says it.
  @ParameterizedTest
  @CsvSource({
    "tcp,127.0.0.1:1,'dial tcp 127.0.0.1:1: connect: connection refused'",
    "nope,127.0.0.1:1,'dial nope: unknown network nope'",
    "tcp,nohostport,'dial tcp: address nohostport: missing port in address'",
    "unix,/nowhere/socket,'dial unix /nowhere/socket: connect: no such file or directory'",
    "tcp,127.0.0.1:99999,'dial tcp: address 127.0.0.1:99999: invalid port'",
  })
  void aServerThatCannotBeReachedIsTriedTwice(String type, String address, String message) {
    Sink sink = sink(type, address);

    assertThatThrownBy(() -> sink.write(text("one\n")))
        .isInstanceOf(IOException.class)
        .hasMessage("2 errors occurred:\n\t* " + message + "\n\t* " + message + "\n\n");
  }

  @Test
  void wrongOptionsAreRefused() {
    assertThatThrownBy(() -> SocketSink.of(Map.of(), TIMEOUT))
        .isInstanceOf(Refusal.class)
        .hasMessage("address is required");
    assertThatThrownBy(() -> SocketSink.timeout(Map.of("write_timeout", "zz")))
        .isInstanceOf(Refusal.class)
        .hasMessage("time: invalid duration \"zz\"");
    assertThat(SocketSink.timeout(Map.of())).isEqualTo(Duration.ofSeconds(2));
  }
}
