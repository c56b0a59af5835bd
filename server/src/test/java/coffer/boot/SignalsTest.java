package coffer.boot;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.config.ServerConfig;
import coffer.telemetry.Log;
import coffer.telemetry.Logs;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SignalsTest {
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
  private final ByteArrayOutputStream dumped = new ByteArrayOutputStream();

  private Signals signals() {
    InstantSource time = InstantSource.fixed(Instant.EPOCH);
    Log log = Logs.open(ServerConfig.EMPTY.log(), time, logged).of("core");
    return new Signals(stream(printed), stream(dumped), log);
  }

  private static PrintStream stream(ByteArrayOutputStream to) {
    return new PrintStream(to, true, StandardCharsets.UTF_8);
  }

  @Test
  void aReloadDoesEverythingThoughOneThingFails() {
    Signals signals = signals();
    List<String> done = new ArrayList<>();
    signals.onReload("one", () -> done.add("one"));
    signals.onReload(
        "two",
        () -> {
          throw new IllegalStateException("no");
        });
    signals.onReload("three", () -> done.add("three"));
    signals.react("HUP");
    signals.react("HUP");
    assertThat(done).containsExactly("one", "three", "one", "three");
    assertThat(printed).hasToString("==> Vault reload triggered\n".repeat(2));
    assertThat(logged.toString(StandardCharsets.UTF_8))
        .contains("[ERROR] core: could not reload: what=two");
  }

  @Test
  void aServerIsStoppedOnce() throws InterruptedException {
    Signals signals = signals();
    signals.react("TERM");
    signals.react("INT");
    signals.awaitStop();
    assertThat(printed).hasToString("==> Vault shutdown triggered\n");
  }

  @Test
  void theThreadsArePrintedVirtualOnesToo() throws InterruptedException {
    var block = new CountDownLatch(1);
    Thread waiting =
        Thread.ofVirtual()
            .name("waiting-for-godot")
            .start(
                () -> {
                  try {
                    block.await();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
    signals().react("USR2");
    block.countDown();
    waiting.join();
    assertThat(dumped.toString(StandardCharsets.UTF_8))
        .contains("\"main\"")
        .contains("waiting-for-godot");
  }

  @Test
  void theSystemsSignalsArriveAndTheProcessEndsWell() throws Exception {
    var listener =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Listener.class.getName())
            .redirectErrorStream(true);
    listener.environment().put(Signals.JVMS_OWN, "29");
    Process process = listener.start();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      await(lines, "listening");
      kill("HUP", process);
      await(lines, "==> Vault reload triggered");
      await(lines, "reloaded");
      kill("USR2", process);
      await(lines, "#");
      kill("TERM", process);
      await(lines, "==> Vault shutdown triggered");
      await(lines, "stopped");
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  /// Reads up to a line that begins so.
  private static void await(BufferedReader lines, String start) throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith(start)) {
        return;
      }
    }
    throw new AssertionError("The process never printed " + start);
  }

  private static void kill(String signal, Process process) throws Exception {
    int code =
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
    assertThat(code).isZero();
  }

  /// A process that does nothing but listen.
  static final class Listener {
    private Listener() {}

    public static void main(String[] none) throws InterruptedException {
      Signals signals = Signals.listen(System.out, System.out, Log.NONE);
      signals.onReload("it", () -> System.out.println("reloaded"));
      signals.awaitListening();
      System.out.println("listening");
      signals.awaitStop();
      System.out.println("stopped");
      Runtime.getRuntime().halt(0);
    }
  }
}
