package coffer.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a storage on disk keeps, and says, when it is closed, killed, or let down by its disk.
class RocksDurabilityTest {
  @TempDir Path temporary;
  private Path folder;

  @BeforeEach
  void name() {
    folder = temporary.resolve("store");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  @Test
  void reopeningKeepsEverything() {
    byte[] large = bytes("0123456789abcdef".repeat(1 << 16));
    try (Storage storage = RocksStorage.open(folder)) {
      for (int i = 0; i < 100; i++) {
        storage.commit(new Batch().put("large/" + i, large).put("small/" + i, bytes("" + i)));
      }
      storage.commit(new Batch().deleteAll("large/5").delete("small/7").put("", bytes("empty")));
    }
    for (int times = 0; times < 2; times++) {
      try (Storage storage = new OnVirtualThreads(RocksStorage.open(folder))) {
        assertThat(storage.get("")).isEqualTo(bytes("empty"));
        assertThat(storage.get("large/49")).isEqualTo(large);
        assertThat(storage.get("large/5")).isNull();
        assertThat(storage.get("large/50")).isNull();
        assertThat(storage.get("small/7")).isNull();
        assertThat(storage.range("large/", "", 1000)).hasSize(100 - 11);
        assertThat(storage.range("small/", "", 1000)).hasSize(99);
      }
    }
  }

  @Test
  void aProcessThatIsKilledLosesNothingThatItSaidWasDurable() throws Exception {
    int durable = -1;
    try (var child = ChildProcess.start(RocksChild.class, temporary, folder.toString(), "write")) {
      assertThat(child.line()).isEqualTo("open");
      while (durable < 200) {
        durable = Integer.parseInt(child.line());
      }
      child.kill();
    }
    try (Storage storage = RocksStorage.open(folder)) {
      for (int i = 0; i <= durable; i++) {
        assertThat(storage.get(RocksChild.key(i))).isEqualTo(RocksChild.value(i));
      }
    }
  }

  @Test
  void aDiskThatFailsEndsAllWritingAndLosesNothingThatWasDurable() throws Exception {
    int durable = -1;
    String failure;
    try (var child =
        ChildProcess.start(
            RocksChild.class, temporary, folder.toString(), "write to the limit", "2000000")) {
      assertThat(child.line()).isEqualTo("open");
      for (failure = child.line(); Character.isDigit(failure.charAt(0)); failure = child.line()) {
        durable = Integer.parseInt(failure);
      }
      assertThat(failure)
          .startsWith("The storage in " + folder + " could not write, and takes no more writes")
          .endsWith("File too large.");
      assertThat(child.line()).isEqualTo(failure);
    }
    assertThat(durable).isGreaterThan(100);
    try (Storage storage = RocksStorage.open(folder)) {
      for (int i = 0; i <= durable; i++) {
        assertThat(storage.get(RocksChild.key(i))).isEqualTo(RocksChild.value(i));
      }
      storage.commit(new Batch().put("again", bytes("1")));
      assertThat(storage.get("again")).isEqualTo(bytes("1"));
    }
  }

  /// As power that fails while a batch is written leaves it.
  @Test
  void aLogThatEndsInHalfABatchLosesThatBatchAlone() throws Exception {
    try (Storage storage = RocksStorage.open(folder)) {
      storage.commit(new Batch().put("a", bytes("1")));
      storage.commit(new Batch().put("b", bytes("2")).put("c", bytes("3")));
    }
    try (Stream<Path> files = Files.list(folder)) {
      Path log = files.filter(file -> file.toString().endsWith(".log")).findFirst().orElseThrow();
      try (var channel = FileChannel.open(log, StandardOpenOption.WRITE)) {
        channel.truncate(channel.size() - 1);
      }
    }
    try (Storage storage = RocksStorage.open(folder)) {
      assertThat(storage.get("a")).isEqualTo(bytes("1"));
      assertThat(storage.range("", "", 10)).hasSize(1);
    }
  }
}
