package coffer.boot;

import coffer.config.ConfigException;
import coffer.config.ConfigFiles;
import coffer.config.HostPort;
import coffer.config.ListenerConfig;
import coffer.config.ServerConfig;
import coffer.config.StorageConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// What a server is told to be: by dev mode's own settings, over them the configuration files, over
/// them the environment, over them the flags. Immutable.
public final class ServerOptions {
  private static final String OUTSIDE_DEV =
      "You cannot specify a custom %s outside of \"dev\" mode. Your request has been ignored.";
  private static final String FORGETS =
      "\nWARNING: storage configured to use \"inmem\" which should NOT be used in production\n";

  private final List<Path> files;
  private final Flags flags;
  private final Environment environment;
  private final Optional<DevMode> dev;
  private final ServerConfig config;

  private ServerOptions(
      List<Path> files, Flags flags, Environment environment, Optional<DevMode> dev) {
    this.files = files;
    this.flags = flags;
    this.environment = environment;
    this.dev = dev;
    this.config =
        dev.map(DevMode::config)
            .orElse(ServerConfig.EMPTY)
            .merge(ConfigFiles.load(files))
            .merge(Overlay.of(environment))
            .merge(Overlay.of(flags))
            .check();
  }

  /// Reads the configuration and puts everything together.
  ///
  /// @param configs files and folders, in the order given
  /// @param flags the other flags that were given, by name without `-`
  /// @param environment of the process
  /// @throws ConfigException with a sentence for the operator
  public static ServerOptions read(
      List<String> configs, Map<String, String> flags, Map<String, String> environment) {
    var given = new Flags(Map.copyOf(flags));
    if (given.has("recovery")) {
      throw new ConfigException("recovery mode is not available: start without -recovery");
    }
    return new ServerOptions(
        configs.stream().map(Path::of).toList(),
        given,
        new Environment(Map.copyOf(environment)),
        given.has("dev") ? Optional.of(DevMode.read(given)) : Optional.empty());
  }

  /// The same, from files that may have changed since.
  public ServerOptions again() {
    return new ServerOptions(files, flags, environment, dev);
  }

  public ServerConfig config() {
    return config;
  }

  /// Empty for a server that is meant to last.
  public Optional<DevMode> dev() {
    return dev;
  }

  /// Whether the process is to end when the server's core does.
  public boolean exitsOnCoreShutdown() {
    return flags.has("exit-on-core-shutdown");
  }

  /// What to tell the operator on standard error before the start.
  public List<String> notices() {
    var notices = new ArrayList<String>();
    if (dev.isEmpty()) {
      flags
          .find("dev-root-token-id")
          .ifPresent(token -> notices.add(OUTSIDE_DEV.formatted("root token ID")));
      flags
          .find("dev-listen-address")
          .ifPresent(address -> notices.add(OUTSIDE_DEV.formatted("address")));
      config
          .storage()
          .filter(storage -> storage.type().equals(StorageConfig.INMEM))
          .ifPresent(storage -> notices.add(FORGETS));
    }
    return notices;
  }

  /// The address that clients reach the server by: the configured one, else that of the first TCP
  /// listener; empty where there is neither.
  public String apiAddress() {
    return config.general().apiAddr().orElseGet(this::listenerAddress);
  }

  private String listenerAddress() {
    for (ListenerConfig listener : config.listeners()) {
      if (listener instanceof ListenerConfig.Tcp tcp) {
        String scheme = tcp.tls().isPresent() ? "https" : "http";
        return scheme + "://" + reachable(tcp.address());
      }
    }
    return "";
  }

  /// An address to listen on everywhere is none to call; this host itself always is.
  private static HostPort reachable(HostPort address) {
    return switch (address.host()) {
      case "", "0.0.0.0" -> new HostPort("127.0.0.1", address.port());
      case "::" -> new HostPort("::1", address.port());
      default -> address;
    };
  }

  /// The names of the variables in the environment, sorted.
  SortedSet<String> variables() {
    return new TreeSet<>(environment.variables().keySet());
  }
}
