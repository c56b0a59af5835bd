package coffer.boot;

import coffer.config.HttpConfig;
import coffer.config.ServerConfig;
import coffer.engine.EngineType;
import coffer.engine.Operation;
import coffer.exchange.Answer;
import coffer.exchange.Connection;
import coffer.exchange.Headers;
import coffer.exchange.Request;
import coffer.json.Json;
import coffer.mount.Mounted;
import coffer.storage.InMemoryStorage;
import coffer.storage.Storage;
import coffer.storage.StorageException;
import coffer.sys.Node;
import coffer.telemetry.Logs;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/// A whole server without doors, in this process, whose clock the test owns:
/// `server.as(token).read("secret/a")`, `server.advance(Duration.ofHours(1))`.
public final class TestServer implements AutoCloseable {
  /// The id of the root token.
  public static final String ROOT = "the-root-token-of-a-test";

  private static final HttpConfig LISTENER = listener("");

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
  private final AtomicLong requests = new AtomicLong();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final CountedStorage storage;
  private final ServerConfig config;
  private final List<EngineType> engines;
  private final byte[] key;
  private Rooms rooms;

  private TestServer(Storage storage, ServerConfig config, List<EngineType> engines) {
    this.storage = new CountedStorage(storage);
    this.config = config;
    this.engines = engines;
    this.rooms = assemble();
    this.key = rooms.seal().initialize(1, 1).shares().shares().getFirst();
    open();
  }

  /// A server with these engines besides its own.
  public static TestServer start(EngineType... engines) {
    return on(new InMemoryStorage(), engines);
  }

  /// The same on a storage of the test's own.
  public static TestServer on(Storage storage, EngineType... engines) {
    return new TestServer(storage, ServerConfig.EMPTY, List.of(engines));
  }

  /// A server with this configuration.
  public static TestServer configured(String config, EngineType... engines) {
    return new TestServer(
        new InMemoryStorage(), ServerConfig.parse(config, "test"), List.of(engines));
  }

  private static HttpConfig listener(String settings) {
    String block = "listener \"tcp\" {\n tls_disable = true\n " + settings + "\n}";
    return ServerConfig.parse(block, "test").listeners().getFirst().http();
  }

  private Rooms assemble() {
    Logs logs = Logs.open(config.log(), time(), log);
    logs.takeLibraries();
    return new Rooms(
        new Rooms.Given(
            storage,
            config,
            engines,
            time(),
            new SecureRandom(),
            logs,
            new Node("test", "http://127.0.0.1:8200", "", storage.type(), now.get()),
            ROOT));
  }

  private void open() {
    rooms.seal().unseal(key.clone());
    rooms.reaper().stop();
  }

  /// What would happen after a crash: everything in memory is forgotten.
  public void restart() {
    rooms = assemble();
    open();
  }

  public InstantSource time() {
    return now::get;
  }

  /// Lets time pass, and does nothing else: what has expired is still there.
  public void advance(Duration duration) {
    now.updateAndGet(instant -> instant.plus(duration));
  }

  /// Does all that would go on behind the requests by now.
  public void settle() {
    rooms.reaper().settle();
  }

  public Rooms rooms() {
    return rooms;
  }

  /// The keys in the storage that begin with a prefix.
  public List<String> keys(String prefix) {
    return storage.range(prefix, "", Integer.MAX_VALUE).stream().map(Storage.Entry::key).toList();
  }

  /// Lets the server work off what goes on behind the requests until so many more commits have been
  /// made, then crash, and starts it again.
  public void crashAfter(long commits) {
    storage.failAfter(commits);
    try {
      settle();
    } catch (StorageException e) {
      // The crash.
    }
    storage.mend();
    restart();
  }

  /// What is mounted.
  public Collection<Mounted> mounts() {
    return rooms.mounts();
  }

  /// How often something was committed so far.
  public long commits() {
    return storage.commits();
  }

  /// What an operator would have read in the log.
  public String log() {
    return log.toString(StandardCharsets.UTF_8);
  }

  public Client root() {
    return as(ROOT);
  }

  public Client as(String token) {
    return new Client(token, Map.of(), LISTENER);
  }

  @Override
  public void close() {
    rooms.shutDown();
  }

  /// Somebody who makes requests.
  public final class Client {
    private final String token;
    private final Map<String, String> headers;
    private final HttpConfig listener;

    private Client(String token, Map<String, String> headers, HttpConfig listener) {
      this.token = token;
      this.headers = headers;
      this.listener = listener;
    }

    /// The same over a listener with these settings.
    public Client over(String settings) {
      return new Client(token, headers, listener(settings));
    }

    /// The same with another header.
    public Client with(String name, String value) {
      var more = new HashMap<>(headers);
      more.put(name, value);
      return new Client(token, more, listener);
    }

    public Reply read(String path) {
      return call(Operation.READ, path, Map.of());
    }

    public Reply list(String path) {
      return call(Operation.LIST, path.endsWith("/") ? path : path + "/", Map.of());
    }

    public Reply write(String path, Map<String, ?> fields) {
      return call(Operation.UPDATE, path, fields);
    }

    public Reply write(String path) {
      return write(path, Map.of());
    }

    public Reply delete(String path) {
      return call(Operation.DELETE, path, Map.of());
    }

    public Reply call(Operation operation, String path, Map<String, ?> fields) {
      Map<String, String> all = new HashMap<>();
      headers.forEach((name, value) -> all.put(name.toLowerCase(java.util.Locale.ROOT), value));
      all.put("x-vault-token", token);
      Headers sent =
          name -> {
            String value = all.get(name.toLowerCase(java.util.Locale.ROOT));
            return value == null || value.isEmpty() ? List.of() : List.of(value);
          };
      return new Reply(
          rooms.handle(
              new Request(
                  "request-" + requests.incrementAndGet(),
                  operation,
                  path,
                  Json.object(Json.bytes(fields)),
                  sent,
                  new Connection("127.0.0.1", 12345, List.of(), listener))));
    }
  }

  /// An answer, with shorter ways to what tests look at.
  public record Reply(Answer answer) {
    public int status() {
      return answer.status();
    }

    public List<String> errors() {
      return answer.errors();
    }

    public Map<String, ?> data() {
      if (answer.data() == null) {
        throw new AssertionError("no data: " + answer.status() + " " + answer.errors());
      }
      return answer.data();
    }

    /// The names that were listed.
    public List<?> names() {
      if (data().get("keys") instanceof List<?> names) {
        return names;
      }
      throw new AssertionError("no list: " + data().keySet());
    }

    /// The id of the token that was made.
    public String token() {
      if (answer.auth() == null) {
        throw new AssertionError("no token: " + answer.status() + " " + answer.errors());
      }
      return answer.auth().clientToken();
    }
  }
}
