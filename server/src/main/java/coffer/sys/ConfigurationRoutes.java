package coffer.sys;

import static coffer.engine.Operation.READ;

import coffer.config.GeneralConfig;
import coffer.config.HttpConfig;
import coffer.config.ListenerConfig;
import coffer.config.LogConfig;
import coffer.config.ServerConfig;
import coffer.config.StorageConfig;
import coffer.config.TelemetryConfig;
import coffer.engine.Call;
import coffer.engine.Reply;
import coffer.engine.Route;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// `sys/config/state/sanitized`: the configuration that the server was started with, without what
/// is nobody's business: keys, credentials, the settings of storage and seals.
public final class ConfigurationRoutes {
  private static final String NO_SEAL = "shamir";

  private final ServerConfig config;

  public ConfigurationRoutes(ServerConfig config) {
    this.config = config;
  }

  public List<Route> routes() {
    return List.of(
        Route.of(READ, "config/state/sanitized", "Show how it is configured.", this::read));
  }

  private Reply read(Call call) {
    Map<String, Object> data = new LinkedHashMap<>();
    putGeneral(data, config.general());
    data.put("listeners", config.listeners().stream().map(ConfigurationRoutes::shown).toList());
    putLog(data, config.log());
    data.put("seals", seals());
    config.storage().ifPresent(storage -> data.put("storage", shown(storage)));
    config.telemetry().ifPresent(telemetry -> data.put("telemetry", shown(telemetry)));
    return new Reply.Data(data);
  }

  private static void putGeneral(Map<String, Object> data, GeneralConfig general) {
    data.put("allow_audit_log_prefixing", general.auditPrefixes());
    data.put("api_addr", general.apiAddr().orElse(""));
    data.put("cluster_addr", general.clusterAddr().orElse(""));
    data.put("cluster_name", general.clusterName().orElse(""));
    data.put("default_lease_ttl", seconds(general.defaultLeaseTtl()));
    data.put("default_max_request_duration", seconds(general.maxRequestDuration()));
    data.put("disable_cache", general.disableCache());
    data.put("enable_response_header_hostname", general.responseHeaderHostname());
    data.put("enable_ui", general.ui());
    data.put("introspection_endpoint", general.introspectionEndpoint());
    data.put("max_lease_ttl", seconds(general.maxLeaseTtl()));
    data.put("pid_file", text(general.pidFile()));
    data.put("plugin_directory", text(general.pluginDirectory()));
    data.put("raw_storage_endpoint", general.rawStorageEndpoint());
    data.put("unsafe_allow_api_audit_creation", general.auditByApi().orElse(true));
  }

  private static long seconds(Optional<Duration> duration) {
    return duration.orElse(Duration.ZERO).toSeconds();
  }

  private static String text(Optional<?> value) {
    return value.map(Object::toString).orElse("");
  }

  private static String word(Optional<? extends Enum<?>> value) {
    return value.map(one -> one.name().toLowerCase(Locale.ROOT)).orElse("");
  }

  private static void putLog(Map<String, Object> data, LogConfig log) {
    data.put("log_format", word(log.format()));
    data.put("log_level", word(log.level()));
    data.put("log_requests_level", word(log.requests()));
  }

  private List<Map<String, Object>> seals() {
    List<Map<String, Object>> seals =
        config.seals().stream()
            .map(seal -> Map.<String, Object>of("disabled", seal.disabled(), "type", seal.type()))
            .toList();
    return seals.isEmpty() ? List.of(Map.of("disabled", false, "type", NO_SEAL)) : seals;
  }

  private static Map<String, Object> shown(ListenerConfig listener) {
    return switch (listener) {
      case ListenerConfig.Tcp tcp -> {
        Map<String, Object> settings = settings(tcp.address().toString(), tcp.http());
        settings.put("tls_disable", tcp.tls().isEmpty());
        yield Map.of("config", settings, "type", "tcp");
      }
      case ListenerConfig.Unix unix ->
          Map.of("config", settings(unix.address().toString(), unix.http()), "type", "unix");
    };
  }

  private static Map<String, Object> settings(String address, HttpConfig http) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("address", address);
    settings.put("max_request_size", http.maxRequestSize());
    settings.put("require_request_header", http.requireRequestHeader());
    settings.put(
        "telemetry",
        Map.of(
            "unauthenticated_metrics_access",
            http.metrics().unauthenticated(),
            "disallow_metrics",
            http.metrics().disallowed(),
            "metrics_only",
            http.metrics().only()));
    return settings;
  }

  private Map<String, Object> shown(StorageConfig storage) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("cluster_addr", config.general().clusterAddr().orElse(""));
    shown.put("disable_clustering", true);
    shown.put("redirect_addr", config.general().apiAddr().orElse(""));
    shown.put("type", storage.type());
    return shown;
  }

  /// Durations in nanoseconds, as the peers show them here.
  private static Map<String, Object> shown(TelemetryConfig telemetry) {
    Map<String, Object> shown = new LinkedHashMap<>();
    shown.put("disable_hostname", telemetry.disableHostname());
    shown.put("metrics_prefix", telemetry.prefix());
    shown.put("prometheus_retention_time", telemetry.prometheusRetention().toNanos());
    shown.put("usage_gauge_period", telemetry.usageGaugePeriod().toNanos());
    return shown;
  }
}
