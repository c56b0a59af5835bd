package coffer.boot;

import coffer.config.ConfigException;
import coffer.config.LogConfig;
import coffer.config.ServerConfig;
import coffer.engine.Durations;
import coffer.json.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/// What the environment and the flags say over the configuration files.
final class Overlay {
  private Overlay() {}

  static ServerConfig of(Environment environment) {
    Map<String, Object> settings = new TreeMap<>();
    environment
        .find("API_ADDR")
        .or(() -> environment.find("REDIRECT_ADDR"))
        .ifPresent(address -> settings.put("api_addr", address));
    for (String name :
        new String[] {
          "CLUSTER_ADDR", "UI", "RAW_STORAGE_ENDPOINT", "INTROSPECTION_ENDPOINT", "DISABLE_CACHE"
        }) {
      environment.find(name).ifPresent(value -> settings.put(name, value));
    }
    return parse(settings).merge(log(flag -> environment.find(variable(flag))));
  }

  static ServerConfig of(Flags flags) {
    return log(flags::find);
  }

  /// The variable that stands for a flag.
  private static String variable(String flag) {
    return flag.toUpperCase(Locale.ROOT).replace('-', '_');
  }

  /// Read as if it stood in a file, where keys may be written in any case.
  private static ServerConfig parse(Map<String, Object> settings) {
    if (settings.isEmpty()) {
      return ServerConfig.EMPTY;
    }
    String text = new String(Json.bytes(settings), StandardCharsets.UTF_8);
    return ServerConfig.parse(text, "the environment");
  }

  private static ServerConfig log(Function<String, Optional<String>> find) {
    try {
      var log =
          new LogConfig(
              find.apply("log-level").map(LogConfig.Level::parse),
              find.apply("log-format").map(LogConfig.Format::parse),
              find.apply("log-file").map(Path::of),
              Optional.empty(),
              find.apply("log-rotate-bytes").map(Long::parseLong).orElse(0L),
              find.apply("log-rotate-duration").map(Durations::parse),
              find.apply("log-rotate-max-files").map(Long::parseLong).orElse(0L));
      return with(log);
    } catch (NumberFormatException e) {
      throw new ConfigException("what limits a log file must be a number");
    } catch (IllegalArgumentException e) {
      throw new ConfigException(String.valueOf(e.getMessage()));
    }
  }

  private static ServerConfig with(LogConfig log) {
    ServerConfig none = ServerConfig.EMPTY;
    return new ServerConfig(
        none.general(),
        none.listeners(),
        none.storage(),
        log,
        none.telemetry(),
        none.seals(),
        none.audits(),
        none.lockouts(),
        none.warnings());
  }
}
