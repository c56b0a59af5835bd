package coffer.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The whole configuration of a server. Immutable; several merge into one.
///
/// @param warnings one sentence each, for the log
public record ServerConfig(
    GeneralConfig general,
    List<ListenerConfig> listeners,
    Optional<StorageConfig> storage,
    LogConfig log,
    Optional<TelemetryConfig> telemetry,
    List<SealConfig> seals,
    List<AuditConfig> audits,
    List<LockoutConfig> lockouts,
    List<String> warnings) {

  /// How long a lease lasts, at first and at most, where nothing is configured: 32 days.
  public static final Duration LEASE_TTL = Duration.ofDays(32);

  /// A configuration that says nothing.
  public static final ServerConfig EMPTY =
      new ServerConfig(
          GeneralConfig.NONE,
          List.of(),
          Optional.empty(),
          LogConfig.NONE,
          Optional.empty(),
          List.of(),
          List.of(),
          List.of(),
          List.of());

  public ServerConfig {
    listeners = List.copyOf(listeners);
    seals = List.copyOf(seals);
    audits = List.copyOf(audits);
    lockouts = List.copyOf(lockouts);
    warnings = List.copyOf(warnings);
  }

  /// Reads one text; `source` names it in errors and warnings.
  public static ServerConfig parse(String text, String source) {
    return new ConfigReader(source).read(text);
  }

  /// This with another over it: blocks that may come more than once add up, else the other wins
  /// where it says something.
  public ServerConfig merge(ServerConfig over) {
    return new ServerConfig(
        general.merge(over.general),
        both(listeners, over.listeners),
        over.storage.or(() -> storage),
        log.merge(over.log),
        over.telemetry.or(() -> telemetry),
        both(seals, over.seals),
        both(audits, over.audits),
        both(lockouts, over.lockouts),
        both(warnings, over.warnings));
  }

  private static <T> List<T> both(List<T> one, List<T> other) {
    var all = new ArrayList<>(one);
    all.addAll(other);
    return all;
  }

  /// How long a lease lasts that doesn't say how long.
  public Duration defaultLeaseTtl() {
    return general.defaultLeaseTtl().filter(ttl -> !ttl.isZero()).orElse(shorter());
  }

  /// How long a lease lasts at most.
  public Duration maxLeaseTtl() {
    return general.maxLeaseTtl().filter(ttl -> !ttl.isZero()).orElse(LEASE_TTL);
  }

  private Duration shorter() {
    return maxLeaseTtl().compareTo(LEASE_TTL) < 0 ? maxLeaseTtl() : LEASE_TTL;
  }

  /// Refuses what no server can start with, but for what dev mode brings along itself.
  public ServerConfig check() {
    if (storage.isEmpty()) {
      throw new ConfigException("a storage backend must be specified");
    }
    if (listeners.isEmpty()) {
      throw new ConfigException("no listener is configured");
    }
    if (defaultLeaseTtl().compareTo(maxLeaseTtl()) > 0) {
      throw new ConfigException("cannot have DefaultLeaseTTL larger than MaxLeaseTTL");
    }
    return this;
  }
}
