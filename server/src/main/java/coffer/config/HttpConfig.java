package coffer.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/// What a listener lets through, and what it adds.
///
/// @param maxRequestSize in bytes
/// @param maxJsonStrings how many strings a body of JSON may have, names of fields included
/// @param maxJsonMemory the bytes that what such a body says may take up, by estimate
/// @param maxRequestDuration how long one request may take; zero for the server's default
/// @param readTimeout how long a whole request may take to arrive; zero for ever
/// @param readHeaderTimeout how long its head may take to arrive
/// @param writeTimeout how long an answer may take to be sent; zero for ever
/// @param idleTimeout how long a connection may wait for its next request
/// @param requireRequestHeader whether `X-Vault-Request: true` must be sent
/// @param responseHeaders by status (`default`, `2xx`, `404`), headers for every answer
/// @param unauthenticatedPprof whether profiles need no token
/// @param unauthenticatedInFlight whether the list of requests in flight needs no token
/// @param unauthenticatedRekey whether rekeying by key shares alone is offered
/// @param unauthenticatedGenerateRoot whether root generation by key shares alone is offered
/// @param corsOrigins who may call from a browser; `*` for anybody; empty for nobody
/// @param corsHeaders further headers that may be sent
public record HttpConfig(
    long maxRequestSize,
    long maxJsonStrings,
    long maxJsonMemory,
    Duration maxRequestDuration,
    Duration readTimeout,
    Duration readHeaderTimeout,
    Duration writeTimeout,
    Duration idleTimeout,
    boolean requireRequestHeader,
    Map<String, Map<String, String>> responseHeaders,
    MetricsAccess metrics,
    boolean unauthenticatedPprof,
    boolean unauthenticatedInFlight,
    boolean unauthenticatedRekey,
    boolean unauthenticatedGenerateRoot,
    List<String> corsOrigins,
    List<String> corsHeaders) {
  private static final long MAX_REQUEST_SIZE = 32L * 1024 * 1024;
  private static final long MAX_JSON_STRINGS = 1_000;
  private static final long MAX_JSON_MEMORY = MAX_REQUEST_SIZE + 512 * 1024;

  /// Who gets at the metrics over a listener.
  ///
  /// @param only whether the listener serves nothing else
  public record MetricsAccess(boolean unauthenticated, boolean disallowed, boolean only) {}

  static HttpConfig read(Section section) {
    Duration none = Duration.ZERO;
    return new HttpConfig(
        orUsual(section.count("max_request_size", 0), MAX_REQUEST_SIZE),
        orUsual(section.count("max_request_json_strings", 0), MAX_JSON_STRINGS),
        orUsual(section.count("max_request_json_memory", 0), MAX_JSON_MEMORY),
        section.duration("max_request_duration").orElse(none),
        section.duration("http_read_timeout").orElse(Duration.ofSeconds(30)),
        section.duration("http_read_header_timeout").orElse(Duration.ofSeconds(10)),
        section.duration("http_write_timeout").orElse(none),
        section.duration("http_idle_timeout").orElse(Duration.ofMinutes(5)),
        section.flag("require_request_header", false),
        ResponseHeaders.read(section.value("custom_response_headers")),
        metrics(section),
        nested(section, "profiling", "unauthenticated_pprof_access"),
        nested(section, "inflight_requests_logging", "unauthenticated_in_flight_requests_access"),
        !section.flag("disable_unauthed_rekey_endpoints", false),
        !section.flag("disable_unauthed_generate_root_endpoints", false),
        section.flag("cors_enabled", false) ? section.texts("cors_allowed_origins") : List.of(),
        section.texts("cors_allowed_headers"));
  }

  private static long orUsual(long configured, long usual) {
    return configured == 0 ? usual : configured;
  }

  private static MetricsAccess metrics(Section section) {
    boolean only = section.text("role").filter(role -> role.equals("metrics_only")).isPresent();
    Section inner = section.section("telemetry").orElse(null);
    if (inner == null) {
      return new MetricsAccess(false, false, only);
    }
    var access =
        new MetricsAccess(
            inner.flag("unauthenticated_metrics_access", false),
            inner.flag("disallow_metrics", false),
            inner.flag("metrics_only", only));
    inner.accept("metrics_path");
    inner.close();
    return access;
  }

  private static boolean nested(Section section, String block, String key) {
    Section inner = section.section(block).orElse(null);
    if (inner == null) {
      return false;
    }
    boolean flag = inner.flag(key, false);
    inner.close();
    return flag;
  }
}
