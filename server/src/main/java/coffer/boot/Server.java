package coffer.boot;

import coffer.config.ConfigException;
import coffer.config.LogConfig;
import coffer.config.ServerConfig;
import coffer.config.StorageConfig;
import coffer.engine.EngineType;
import coffer.engine.Version;
import coffer.http.Cors;
import coffer.http.HttpDoor;
import coffer.seal.Seal;
import coffer.storage.InMemoryStorage;
import coffer.storage.RocksStorage;
import coffer.storage.Storage;
import coffer.storage.StorageException;
import coffer.sys.Node;
import coffer.telemetry.Log;
import coffer.telemetry.Logs;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// A server in this process, from its configuration to its end: storage, rooms, doors, signals.
public final class Server {
  /// How long requests may still take when the server is told to stop.
  private static final Duration DRAIN = Duration.ofSeconds(10);

  /// The outside of the process.
  ///
  /// @param keepToken keeps the root token of dev mode for the command line
  public record Outside(
      PrintStream out,
      PrintStream err,
      Map<String, String> environment,
      Consumer<String> keepToken) {}

  private final Outside outside;
  private final List<EngineType> engines;
  private final InstantSource time = InstantSource.system();
  private final SecureRandom random;

  /// @param engines all that can be mounted
  public Server(Outside outside, List<EngineType> engines, SecureRandom random) {
    this.outside = outside;
    this.engines = engines;
    this.random = random;
  }

  /// Runs until the process is told to stop; returns the exit code.
  ///
  /// @param configs files and folders of configuration, in the order given
  /// @param flags of the command, by name
  public int run(List<String> configs, Map<String, String> flags) {
    try {
      return certified(ServerOptions.read(configs, flags, outside.environment));
    } catch (ConfigException | StorageException e) {
      outside.err.println(e.getMessage());
      return 1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }

  private int run(ServerOptions options) throws InterruptedException {
    options.notices().forEach(outside.err::println);
    LogConfig logging = options.config().log();
    try (Logs logs = Logs.open(logging, time, outside.out);
        Storage storage = storage(options.config());
        PidFile _ = PidFile.write(options.config().general().pidFile())) {
      logs.takeLibraries();
      logs.hold();
      serve(options, logs, storage);
      return 0;
    }
  }

  /// With certificates of its own, in dev mode.
  private int certified(ServerOptions options) throws InterruptedException {
    if (options.dev().isEmpty() || options.dev().get().certificates().isEmpty()) {
      return run(options);
    }
    try (DevCertificates _ = DevCertificates.write(options.dev().get(), time, random)) {
      return run(options);
    }
  }

  private static Storage storage(ServerConfig config) {
    StorageConfig storage = config.storage().orElseThrow();
    return storage.type().equals(StorageConfig.ROCKSDB)
        ? RocksStorage.open(Path.of(storage.settings().getOrDefault("path", "")))
        : new InMemoryStorage();
  }

  private void serve(ServerOptions options, Logs logs, Storage storage)
      throws InterruptedException {
    Log log = logs.of("core");
    ServerConfig config = options.config();
    var rooms = new Rooms(given(options, logs, storage));
    var door =
        new HttpDoor(
            config.listeners(),
            rooms::handle,
            random,
            config.general().responseHeaderHostname() ? hostname() : "");
    print(Banner.configuration(options));
    rooms.onCrossOrigins(
        rules -> door.cors(new Cors(rules.origins(), rules.headers(), rules.credentials())));
    Optional<Seal.Initialized> made = options.dev().map(dev -> begin(dev, rooms));
    door.start();
    try (Turns _ = Turns.begin(rooms.metrics())) {
      Signals signals = signals(options, logs, rooms, door);
      print(Banner.STARTED);
      logs.release();
      config.warnings().forEach(log::warn);
      made.ifPresent(keys -> tell(options, keys));
      signals.awaitStop();
    } finally {
      door.stop(DRAIN);
      rooms.shutDown();
    }
  }

  private Rooms.Given given(ServerOptions options, Logs logs, Storage storage) {
    ServerConfig config = options.config();
    var node =
        new Node(
            hostname(),
            options.apiAddress(),
            config.general().clusterAddr().orElse(""),
            storage.type(),
            Version.BUILT);
    String rootToken = options.dev().flatMap(DevMode::rootToken).orElse("");
    return new Rooms.Given(storage, config, engines, time, random, logs, node, rootToken);
  }

  private Signals signals(ServerOptions options, Logs logs, Rooms rooms, HttpDoor door)
      throws InterruptedException {
    Log log = logs.of("core");
    Signals signals = Signals.listen(outside.out, outside.err, log);
    signals.onReload("log level", () -> logs.reload(options.again().config().log()));
    signals.onReload("certificates", () -> door.reload().forEach(log::error));
    signals.onReload("audit files", rooms::reopenAudit);
    signals.onReload("audit devices", () -> rooms.declareAudit(options.again().config().audits()));
    signals.awaitListening();
    return signals;
  }

  /// Makes a dev server ready for use, before anybody can ask it for anything.
  private static Seal.Initialized begin(DevMode dev, Rooms rooms) {
    Seal.Initialized made = rooms.seal().initialize(1, 1);
    rooms.seal().unseal(made.shares().shares().getFirst());
    if (dev.mountsKv()) {
      rooms.mountSecret();
    }
    return made;
  }

  /// Tells how to use a dev server.
  private void tell(ServerOptions options, Seal.Initialized made) {
    DevMode dev = options.dev().orElseThrow();
    byte[] key = made.shares().shares().getFirst();
    DevCluster.write(dev, options.apiAddress(), made.rootToken());
    if (dev.storesToken()) {
      keepToken(made.rootToken());
    }
    print(
        Banner.dev(
            dev, options.apiAddress(), Base64.getEncoder().encodeToString(key), made.rootToken()));
  }

  private void keepToken(String token) {
    try {
      outside.keepToken.accept(token);
    } catch (RuntimeException e) {
      outside.err.println("the root token was not kept for the commands: " + e.getMessage());
    }
  }

  private static String hostname() {
    return System.getenv().getOrDefault("HOSTNAME", "");
  }

  private void print(String text) {
    outside.out.print(text);
    outside.out.flush();
  }
}
