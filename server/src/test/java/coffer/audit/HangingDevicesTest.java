package coffer.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.barrier.Transaction;
import coffer.config.AuditConfig;
import coffer.engine.Refusal;
import coffer.exchange.Request;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Devices that accept what they are given and then don't go on.
@Timeout(60)
class HangingDevicesTest {
  private static final String CUT_OFF =
      "audit device hanging/ can't record: timed out after 500 ms";

  @TempDir Path folder;

  private final Unsealed server = new Unsealed();
  private final BlockingQueue<String> log = new LinkedBlockingQueue<>();
  private final AuditBroker broker =
      new AuditBroker(
          Unsealed.TIME,
          Unsealed.RANDOM,
          new AuditBroker.Settings(Duration.ofMillis(500), false),
          log::add);

  /// The pipe must be there until nobody waits at it.
  @AfterEach
  void end() throws InterruptedException {
    broker.close();
    for (Thread writer : writers()) {
      assertThat(writer.join(Duration.ofSeconds(30))).isTrue();
    }
  }

  private static List<Thread> writers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("audit hanging/"))
        .toList();
  }

  /// Loads devices as after a restart, when nothing is tried out.
  private void load(AuditConfig... configs) {
    Transaction transaction = server.transaction();
    for (AuditConfig config : configs) {
      var entry = new AuditEntry(config, "salt", false);
      transaction.put("core/audit/" + config.path(), entry.bytes());
    }
    transaction.commit();
    broker.load(server.transaction());
  }

  private static AuditConfig hanging(Path pipe) {
    return new AuditConfig("file", "hanging/", "", false, Map.of("file_path", pipe.toString()));
  }

  private AuditConfig sound() {
    String path = folder.resolve("sound.log").toString();
    return new AuditConfig("file", "sound/", "", false, Map.of("file_path", path));
  }

  private Path pipe() throws IOException, InterruptedException {
    return Pipes.make(folder.resolve("pipe"));
  }

  private void request(String path) {
    broker.request(Exchanges.read(path), List.of());
  }

  private void refused(String path) {
    assertThatThrownBy(() -> request(path))
        .isInstanceOf(Refusal.class)
        .hasMessage("internal error");
  }

  /// Records long lines until the device can't take any more.
  private void fill() {
    Request request = Exchanges.read("secret/" + "x".repeat(50_000));
    while (log.isEmpty()) {
      try {
        broker.request(request, List.of());
      } catch (Refusal e) {
        assertThat(e).hasMessage("internal error");
      }
    }
  }

  private String said() throws InterruptedException {
    return String.valueOf(log.poll(30, TimeUnit.SECONDS));
  }

  @Test
  void aPipeThatNobodyReadsRefusesRequestsInTime() throws Exception {
    load(hanging(pipe()));

    refused("secret/a");
    assertThat(said()).isEqualTo(CUT_OFF);
    refused("secret/b");
  }

  @Test
  void aPipeThatNobodyReadsHoldsNoOtherDeviceUp() throws Exception {
    load(hanging(pipe()), sound());
    request("secret/a");
    assertThat(said()).isEqualTo(CUT_OFF);
    request("secret/b");

    assertThat(Files.readAllLines(folder.resolve("sound.log"))).hasSize(2);
  }

  @Test
  void aPipeThatGetsAReaderIsUsedAgain() throws Exception {
    Path pipe = pipe();
    load(hanging(pipe));
    refused("secret/a");
    assertThat(said()).isEqualTo(CUT_OFF);
    try (BufferedReader reader = Files.newBufferedReader(pipe)) {
      assertThat(reader.readLine()).contains("secret/a");
      assertThat(said()).isEqualTo("audit device hanging/ records again");
      request("secret/b");
      assertThat(reader.readLine()).contains("secret/b");
    }
  }

  @Test
  void aPipeThatNobodyReadsCannotBeEnabled() throws Exception {
    AuditConfig config = hanging(pipe());

    assertThatThrownBy(() -> broker.enable(server.transaction(), config))
        .isInstanceOf(Refusal.class)
        .hasMessage("sanity check failed; timed out after 500 ms");
  }

  @Test
  void aPipeThatIsFullHoldsNoOtherDeviceUp() throws Exception {
    Path pipe = pipe();
    try (FileChannel bothEnds =
        FileChannel.open(pipe, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      load(hanging(pipe), sound());
      fill();
      assertThat(said()).isEqualTo(CUT_OFF);
      request("secret/after");
      assertThat(bothEnds.isOpen()).isTrue();
      broker.close();
    }

    assertThat(Files.readAllLines(folder.resolve("sound.log")).getLast()).contains("secret/after");
  }

  @Test
  void theWriterOfAHangingPipeGoesWithItsDevice() throws Exception {
    load(hanging(pipe()));
    refused("secret/a");
    List<Thread> writers = writers();
    assertThat(writers).hasSize(1).allMatch(Thread::isAlive);
    broker.close();

    assertThat(writers.getFirst().join(Duration.ofSeconds(30))).isTrue();
  }

  @Test
  void aSocketThatIsNotReadHoldsNoOtherDeviceUp() throws Exception {
    try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var options =
          Map.of("address", "127.0.0.1:" + listener.getLocalPort(), "write_timeout", "500ms");
      load(new AuditConfig("socket", "hanging/", "", false, options), sound());
      fill();
      assertThat(said()).isEqualTo(CUT_OFF);
      request("secret/after");
    }

    assertThat(Files.readAllLines(folder.resolve("sound.log")).getLast()).contains("secret/after");
  }

  @Test
  void aSocketThatIsNotReadRefusesRequestsInTimeAndIsConnectedAnew() throws Exception {
    try (var listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      var options =
          Map.of("address", "127.0.0.1:" + listener.getLocalPort(), "write_timeout", "500ms");
      load(new AuditConfig("socket", "hanging/", "", false, options));
      fill();
      assertThat(said()).isEqualTo(CUT_OFF);
      try (Socket first = listener.accept()) {
        assertThat(first.isConnected()).isTrue();
        while (!isRecorded("secret/after")) {
          assertThat(broker.list()).hasSize(1);
        }
        try (Socket second = listener.accept();
            var reader =
                new BufferedReader(new InputStreamReader(second.getInputStream(), UTF_8))) {
          second.setSoTimeout(30_000);
          assertThat(reader.lines().anyMatch(line -> line.contains("secret/after"))).isTrue();
        }
      }
    }
  }

  private boolean isRecorded(String path) {
    try {
      request(path);
      return true;
    } catch (Refusal e) {
      return false;
    }
  }
}
