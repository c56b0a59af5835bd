package coffer.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// The settings of a configuration that stand outside all blocks.
///
/// @param apiAddr the address that other servers and clients reach this one by
/// @param maxRequestDuration how long a request may take where its listener doesn't say
/// @param responseHeaderHostname whether every answer names the host
/// @param auditByApi whether audit devices may be enabled over the API
/// @param auditPrefixes whether lines of audit devices may begin with a text of one's choice
public record GeneralConfig(
    Optional<String> apiAddr,
    Optional<String> clusterAddr,
    Optional<String> clusterName,
    Optional<Duration> defaultLeaseTtl,
    Optional<Duration> maxLeaseTtl,
    Optional<Duration> maxRequestDuration,
    boolean ui,
    boolean disableCache,
    boolean rawStorageEndpoint,
    boolean introspectionEndpoint,
    boolean responseHeaderHostname,
    Optional<Boolean> auditByApi,
    boolean auditPrefixes,
    Optional<Path> pidFile,
    Optional<Path> pluginDirectory) {

  static final GeneralConfig NONE =
      new GeneralConfig(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          false,
          false,
          false,
          false,
          false,
          Optional.empty(),
          false,
          Optional.empty(),
          Optional.empty());

  static GeneralConfig read(Section section) {
    return new GeneralConfig(
        section.text("api_addr", GeneralConfig::url),
        section.text("cluster_addr", GeneralConfig::url),
        section.text("cluster_name"),
        section.duration("default_lease_ttl"),
        section.duration("max_lease_ttl"),
        section.duration("default_max_request_duration"),
        section.flag("ui", false),
        section.flag("disable_cache", false),
        section.flag("raw_storage_endpoint", false),
        section.flag("introspection_endpoint", false),
        section.flag("enable_response_header_hostname", false),
        section.flag("unsafe_allow_api_audit_creation"),
        section.flag("allow_audit_log_prefixing", false),
        section.text("pid_file", Path::of),
        section.text("plugin_directory", Path::of));
  }

  private static String url(String text) {
    URI uri = URI.create(text);
    if (uri.getScheme() == null || uri.getHost() == null) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is no address such as https://host:8200");
    }
    return text;
  }

  /// This with another over it: flags add up, of two lease times the longer counts, else the other
  /// wins where it says something.
  GeneralConfig merge(GeneralConfig over) {
    return new GeneralConfig(
        over.apiAddr.or(() -> apiAddr),
        over.clusterAddr.or(() -> clusterAddr),
        over.clusterName.or(() -> clusterName),
        longer(defaultLeaseTtl, over.defaultLeaseTtl),
        longer(maxLeaseTtl, over.maxLeaseTtl),
        over.maxRequestDuration.or(() -> maxRequestDuration),
        ui || over.ui,
        disableCache || over.disableCache,
        rawStorageEndpoint || over.rawStorageEndpoint,
        introspectionEndpoint || over.introspectionEndpoint,
        responseHeaderHostname || over.responseHeaderHostname,
        over.auditByApi.or(() -> auditByApi),
        auditPrefixes || over.auditPrefixes,
        over.pidFile.or(() -> pidFile),
        over.pluginDirectory.or(() -> pluginDirectory));
  }

  private static Optional<Duration> longer(Optional<Duration> one, Optional<Duration> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return one.or(() -> other);
    }
    return one.get().compareTo(other.get()) >= 0 ? one : other;
  }
}
