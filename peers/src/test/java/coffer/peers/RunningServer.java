package coffer.peers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.vault.client.VaultEndpoint;

/// A dev server in a process of its own, on a free port, for one test class.
///
/// It is `./coffer`, or whatever the environment names in `SERVER`.
final class RunningServer implements BeforeAllCallback, AfterAllCallback {
  static final String ROOT_TOKEN = "root";

  /// The last line that a dev server prints before it can be used.
  private static final String READY = "Root Token: ";

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private @Nullable Process process;
  private int port;

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    port = freePort();
    Process started = start();
    process = started;
    CompletableFuture<Void> ready = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> follow(started, ready));
    ready.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    Process running = process;
    if (running != null) {
      running.destroy();
      if (!running.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        running.destroyForcibly();
      }
    }
  }

  /// Where the server listens.
  VaultEndpoint endpoint() {
    VaultEndpoint endpoint = VaultEndpoint.create("127.0.0.1", port);
    endpoint.setScheme("http");
    return endpoint;
  }

  private Process start() throws IOException {
    Path checkout = checkout();
    String server = System.getenv().getOrDefault("SERVER", checkout.resolve("coffer").toString());
    return new ProcessBuilder(
            server,
            "server",
            "-dev",
            "-dev-no-store-token",
            "-dev-root-token-id=" + ROOT_TOKEN,
            "-dev-listen-address=127.0.0.1:" + port)
        .directory(checkout.toFile())
        .redirectErrorStream(true)
        .start();
  }

  /// Reads what the server prints for as long as it runs, so that it never waits for a reader.
  private static void follow(Process process, CompletableFuture<Void> ready) {
    StringBuilder printed = new StringBuilder();
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        printed.append(line).append('\n');
        if (line.startsWith(READY)) {
          ready.complete(null);
          break;
        }
      }
      ready.completeExceptionally(new IllegalStateException("The server ended:\n" + printed));
      try (InputStream rest = process.getInputStream()) {
        rest.transferTo(OutputStream.nullOutputStream());
      }
    } catch (IOException e) {
      ready.completeExceptionally(new UncheckedIOException(e));
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    }
  }

  /// The folder with the start script, from here upwards.
  private static Path checkout() {
    Path here = Path.of("").toAbsolutePath();
    while (!Files.isExecutable(here.resolve("coffer"))
        || Files.isDirectory(here.resolve("coffer"))) {
      here = here.getParent();
      if (here == null) {
        throw new IllegalStateException("There is no ./coffer from here upwards.");
      }
    }
    return here;
  }
}
