package coffer.boot;

import coffer.config.ConfigException;
import coffer.config.LogConfig;
import coffer.config.ServerConfig;
import coffer.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What the environment and the flags say over the configuration files, read by the same rules.
final class Overlay {
  private final Map<String, Object> settings = new TreeMap<>();
  private final String source;

  private Overlay(String source) {
    this.source = source;
  }

  static ServerConfig of(Environment environment) {
    var overlay = new Overlay("the environment");
    overlay.set(
        "api_addr", environment.find("API_ADDR").or(() -> environment.find("REDIRECT_ADDR")));
    overlay.set("cluster_addr", environment.find("CLUSTER_ADDR"));
    overlay.set("ui", environment.find("UI"));
    overlay.set("raw_storage_endpoint", environment.find("RAW_STORAGE_ENDPOINT"));
    overlay.set("introspection_endpoint", environment.find("INTROSPECTION_ENDPOINT"));
    overlay.set("disable_cache", environment.find("DISABLE_CACHE"));
    overlay.log(
        environment.find("LOG_LEVEL"),
        environment.find("LOG_FORMAT"),
        environment.find("LOG_FILE"));
    return overlay.config();
  }

  static ServerConfig of(Flags flags) {
    var overlay = new Overlay("the command line");
    overlay.log(flags.find("log-level"), flags.find("log-format"), flags.find("log-file"));
    overlay.set("log_rotate_bytes", flags.find("log-rotate-bytes"));
    overlay.set("log_rotate_duration", flags.find("log-rotate-duration"));
    overlay.set("log_rotate_max_files", flags.find("log-rotate-max-files"));
    return overlay.config();
  }

  /// Says what is wrong in the peers' words, which name no place.
  private void log(Optional<String> level, Optional<String> format, Optional<String> file) {
    try {
      level.ifPresent(LogConfig.Level::parse);
      format.ifPresent(LogConfig.Format::parse);
    } catch (IllegalArgumentException e) {
      throw new ConfigException(String.valueOf(e.getMessage()));
    }
    set("log_level", level);
    set("log_format", format);
    set("log_file", file);
  }

  private void set(String key, Optional<String> value) {
    value.ifPresent(text -> settings.put(key, text));
  }

  private ServerConfig config() {
    return settings.isEmpty() ? ServerConfig.EMPTY : parse(settings, source);
  }

  /// Reads settings as if they stood in a file.
  static ServerConfig parse(Map<String, ?> settings, String source) {
    return ServerConfig.parse(new String(Json.bytes(settings), StandardCharsets.UTF_8), source);
  }
}
