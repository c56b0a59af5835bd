package coffer.pipeline;

import coffer.mount.Mounted;
import coffer.telemetry.Counter;
import coffer.telemetry.Label;
import coffer.telemetry.Metrics;
import coffer.telemetry.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Measures the making of tokens and leases: how long it takes, and how many of which kind there
/// were. May be used by many threads.
final class GrantMeters {
  /// So that mounting and unmounting over and over doesn't fill the memory.
  private static final int MAX_COUNTERS = 10_000;

  private static final String ENDLESS = "+Inf";

  /// The times that counters are divided by, and how they are spelled.
  private record Step(Duration most, String name) {}

  private static final List<Step> STEPS =
      List.of(
          new Step(Duration.ofMinutes(1), "1m"),
          new Step(Duration.ofMinutes(10), "10m"),
          new Step(Duration.ofMinutes(20), "20m"),
          new Step(Duration.ofHours(1), "1h"),
          new Step(Duration.ofHours(2), "2h"),
          new Step(Duration.ofDays(1), "1d"),
          new Step(Duration.ofDays(2), "2d"),
          new Step(Duration.ofDays(7), "7d"),
          new Step(Duration.ofDays(30), "30d"));

  /// @param type of the token; empty for a lease
  private record Kind(String mount, String type, String ttl) {}

  private final Map<Kind, Counter> counters = new ConcurrentHashMap<>();
  private final Metrics metrics;
  private final Timer create;
  private final Timer registerToken;
  private final Timer register;
  private final Timer renew;
  private final Timer renewToken;
  private final Counter root;

  GrantMeters(Metrics metrics) {
    this.metrics = metrics;
    create = metrics.timer("token.create");
    registerToken = metrics.timer("expire.register_auth");
    register = metrics.timer("expire.register");
    renew = metrics.timer("expire.renew");
    renewToken = metrics.timer("expire.renew_token");
    root = metrics.counter("token.create_root");
  }

  /// @param ttl zero for ever
  void token(Mounted mounted, String type, Duration ttl, boolean isRoot, long start) {
    long end = System.nanoTime();
    create.between(start, end);
    if (ttl.isZero() && isRoot) {
      root.increment();
    } else {
      registerToken.between(start, end);
    }
    counter(mounted, type, ttl).increment();
  }

  void lease(Mounted mounted, Duration ttl, long start) {
    register.since(start);
    counter(mounted, "", ttl).increment();
  }

  void renewed(long start) {
    renew.since(start);
  }

  void renewedToken(long start) {
    renewToken.since(start);
  }

  private Counter counter(Mounted mounted, String type, Duration ttl) {
    var kind = new Kind(mounted.entry().path(), type, spelled(ttl));
    Counter known = counters.get(kind);
    if (known != null) {
      return known;
    }
    if (counters.size() >= MAX_COUNTERS) {
      counters.clear();
    }
    Counter made = make(mounted, kind);
    counters.put(kind, made);
    return made;
  }

  private Counter make(Mounted mounted, Kind kind) {
    var namespace = new Label("namespace", "root");
    var mount = new Label("mount_point", kind.mount);
    var ttl = new Label("creation_ttl", kind.ttl);
    String engine = mounted.entry().type();
    return kind.type.isEmpty()
        ? metrics.counter(
            "secret.lease.creation",
            Label.CLUSTER,
            namespace,
            mount,
            ttl,
            new Label("secret_engine", engine))
        : metrics.counter(
            "token.creation",
            Label.CLUSTER,
            namespace,
            mount,
            ttl,
            new Label("auth_method", engine),
            new Label("token_type", kind.type));
  }

  static String spelled(Duration ttl) {
    if (!ttl.isZero()) {
      for (Step step : STEPS) {
        if (ttl.compareTo(step.most) <= 0) {
          return step.name;
        }
      }
    }
    return ENDLESS;
  }
}
