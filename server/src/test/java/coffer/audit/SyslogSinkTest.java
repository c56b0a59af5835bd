package coffer.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.engine.Refusal;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class SyslogSinkTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  @TempDir Path folder;

  private static ByteBuffer text(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }

  private static Sink sink(Map<String, String> options, Path... sockets) {
    List<String> paths = List.of(sockets).stream().map(Path::toString).toList();
    return SyslogSink.of(options, paths, TIMEOUT, Unsealed.TIME);
  }

  /// How a message looks, but for the hour, which depends on where the machine is.
  private static String message(int priority, String tag, String line) {
    return "<"
        + priority
        + ">Nov \\d\\d \\d\\d:\\d\\d:28 "
        + tag
        + "\\["
        + ProcessHandle.current().pid()
        + "]: "
        + line;
  }

  @Test
  void aLineIsOneDatagram() throws IOException {
    Path socket = folder.resolve("log");
    try (var receiver = new UnixReceiver(socket)) {
      Sink sink = sink(Map.of("facility", "local0", "tag", "coffer"), folder.resolve("no"), socket);
      sink.write(text(""));
      sink.write(text("one\n"));
      sink.write(text("two\n"));

      assertThat(receiver.next()).matches(message(16 * 8 + 6, "coffer", "one\n"));
      assertThat(receiver.next()).matches(message(16 * 8 + 6, "coffer", "two\n"));
      sink.close();
    }
  }

  @Test
  void aSyslogThatWasRestartedIsFoundAgain() throws IOException {
    Path socket = folder.resolve("log");
    Sink sink = sink(Map.of(), socket);
    try (var receiver = new UnixReceiver(socket)) {
      sink.write(text("one\n"));
      assertThat(receiver.next()).matches(message(4 * 8 + 6, "vault", "one\n"));
    }
    Files.delete(socket);
    assertThatThrownBy(() -> sink.write(text("lost\n"))).hasMessage("Unix syslog delivery error");
    try (var receiver = new UnixReceiver(socket)) {
      sink.write(text("two\n"));
      assertThat(receiver.next()).matches(message(4 * 8 + 6, "vault", "two\n"));
    }
    sink.close();
  }

  @Test
  void aStreamWillDo() throws IOException {
    Path socket = folder.resolve("log");
    try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      listener.bind(UnixDomainSocketAddress.of(socket));
      Sink sink = sink(Map.of(), socket);
      sink.write(text("one\n"));
      sink.close();
      try (SocketChannel accepted = listener.accept();
          var reader = new BufferedReader(Channels.newReader(accepted, UTF_8))) {
        assertThat(reader.readLine()).matches(message(4 * 8 + 6, "vault", "one"));
      }
    }
  }

  @Test
  void withoutASyslogNothingIsEnabled() {
    Sink sink = sink(Map.of(), folder.resolve("no"));

    assertThat(sink.opensFirst()).isEmpty();
    assertThatThrownBy(() -> sink.write(text(""))).hasMessage("Unix syslog delivery error");
  }

  @ParameterizedTest
  @CsvSource({"NOPE", "NTP", "''"})
  void anUnknownFacilityIsRefused(String facility) {
    assertThatThrownBy(() -> sink(Map.of("facility", facility)))
        .isInstanceOf(Refusal.class)
        .hasMessage("invalid syslog facility: " + facility);
  }
}
