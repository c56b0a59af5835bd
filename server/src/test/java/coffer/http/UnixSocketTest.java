package coffer.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import coffer.config.ConfigException;
import coffer.config.ServerConfig;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnixSocketTest {
  @TempDir private Path folder;

  private HttpDoor door(String settings) {
    String text = "listener \"unix\" {\n address = \"" + file() + "\"\n" + settings + "\n}";
    return new HttpDoor(
        ServerConfig.parse(text, "test").listeners(), TestDoor::tell, new SecureRandom(), "");
  }

  private Path file() {
    return folder.resolve("door.sock");
  }

  private String ask() throws IOException {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(file()))) {
      String request = Wire.request("GET", "/v1/a", "", "Connection: close");
      channel.write(ByteBuffer.wrap(request.getBytes(ISO_8859_1)));
      return new String(Channels.newInputStream(channel).readAllBytes(), ISO_8859_1);
    }
  }

  @Test
  void aSocketFileHasItsPermissionsAndGoesWithTheDoor() throws IOException {
    String group =
        Files.readAttributes(folder, java.nio.file.attribute.PosixFileAttributes.class)
            .group()
            .getName();
    HttpDoor door = door("socket_mode = \"0620\"\n socket_group = \"" + group + "\"");
    door.start();
    try {
      assertThat(Files.getPosixFilePermissions(file()))
          .isEqualTo(PosixFilePermissions.fromString("rw--w----"));
      assertThat(ask()).startsWith("HTTP/1.1 200 ").contains("\"from\":\"\"", "\"port\":0");
      assertThat(door.addresses()).containsExactly(UnixDomainSocketAddress.of(file()));
      assertThat(door.descriptions())
          .containsExactly("unix (addr: \"" + file() + "\", max_request_size: \"33554432\")");
    } finally {
      door.stop(Duration.ZERO);
    }
    assertThat(file()).doesNotExist();
  }

  @Test
  void theFileOfAServerThatIsGoneIsReplaced() throws IOException {
    try (var gone = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      gone.bind(UnixDomainSocketAddress.of(file()));
    }
    assertThat(file()).exists();
    HttpDoor door = door("");
    door.start();
    try {
      assertThat(ask()).startsWith("HTTP/1.1 200 ");
    } finally {
      door.stop(Duration.ZERO);
    }
  }

  @Test
  void theFileOfAServerThatRunsIsLeftAlone() throws IOException {
    HttpDoor first = door("");
    first.start();
    try {
      assertThatExceptionOfType(ConfigException.class)
          .isThrownBy(door("")::start)
          .withMessage("another server listens at " + file());
      assertThat(ask()).startsWith("HTTP/1.1 200 ");
    } finally {
      first.stop(Duration.ZERO);
    }
  }

  @Test
  void anotherKindOfFileIsLeftAlone() throws IOException {
    Files.writeString(file(), "precious");
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(door("")::start)
        .withMessage(file() + " is there already and is no socket");
    assertThat(file()).hasContent("precious");
  }

  @Test
  void anOwnerThatNobodyKnowsIsReported() {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(door("socket_user = \"no such user\"")::start)
        .withMessageStartingWith("owner or permissions of " + file() + " can't be set");
  }
}
