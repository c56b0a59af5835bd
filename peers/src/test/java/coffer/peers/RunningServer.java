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
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.vault.authentication.ClientAuthentication;
import org.springframework.vault.authentication.SimpleSessionManager;
import org.springframework.vault.authentication.TokenAuthentication;
import org.springframework.vault.client.VaultClients;
import org.springframework.vault.client.VaultEndpoint;
import org.springframework.vault.core.VaultTemplate;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestOperations;

/// A dev server in a process of its own, on a free port, for all the test classes of a run: each
/// keeps to mounts, users and policies of its own.
///
/// It is `./coffer`, or whatever the environment names in `SERVER`.
final class RunningServer implements BeforeAllCallback {
  static final String ROOT_TOKEN = "root";

  /// The last line that a dev server prints before it can be used.
  private static final String READY = "Root Token: ";

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ClientHttpRequestFactory http = new JdkClientHttpRequestFactory();
  private @Nullable VaultEndpoint endpoint;

  @Override
  public void beforeAll(ExtensionContext context) {
    endpoint =
        context
            .getRoot()
            .getStore(Namespace.create(RunningServer.class))
            .computeIfAbsent(Server.class, key -> start(), Server.class)
            .endpoint();
  }

  /// Where the server listens.
  VaultEndpoint endpoint() {
    return Objects.requireNonNull(endpoint);
  }

  /// Spring Vault, with this token.
  VaultTemplate as(String token) {
    return as(new TokenAuthentication(token));
  }

  /// Spring Vault, with the token that somebody gets.
  VaultTemplate as(ClientAuthentication authentication) {
    return new VaultTemplate(endpoint(), http, new SimpleSessionManager(authentication));
  }

  VaultTemplate asRoot() {
    return as(ROOT_TOKEN);
  }

  /// An HTTP client for the API, without a token.
  RestClient client() {
    return VaultClients.createRestClient(this::endpoint, http, builder -> {});
  }

  /// The same, of the older kind.
  RestOperations operations() {
    return VaultClients.createRestTemplate(endpoint(), http);
  }

  /// A process and where it listens.
  private record Server(Process process, VaultEndpoint endpoint) implements AutoCloseable {
    @Override
    public void close() {
      process.destroy();
      process
          .onExit()
          .completeOnTimeout(process, PATIENCE.toSeconds(), TimeUnit.SECONDS)
          .thenAccept(Process::destroyForcibly)
          .join();
    }
  }

  private static Server start() {
    try {
      VaultEndpoint endpoint = VaultEndpoint.create("127.0.0.1", freePort());
      endpoint.setScheme("http");
      Process process = start(endpoint.getPort());
      CompletableFuture<Void> ready = new CompletableFuture<>();
      Thread.ofVirtual().start(() -> follow(process, ready));
      ready.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
      return new Server(process, endpoint);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Process start(int port) throws IOException {
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
