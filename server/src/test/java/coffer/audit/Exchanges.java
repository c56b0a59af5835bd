package coffer.audit;

import coffer.config.HttpConfig;
import coffer.config.ServerConfig;
import coffer.engine.EngineType.Family;
import coffer.engine.Mount;
import coffer.engine.Operation;
import coffer.exchange.Connection;
import coffer.exchange.Headers;
import coffer.exchange.Request;
import coffer.mount.MountConfig;
import coffer.mount.MountEntry;
import coffer.mount.Mounted;
import coffer.mount.RouteTree;
import coffer.policy.Verdict;
import coffer.token.Token;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Requests as the pipeline would hand them over.
final class Exchanges {
  private static final HttpConfig LISTENER =
      ServerConfig.parse("listener \"tcp\" { tls_disable = true }", "test")
          .listeners()
          .getFirst()
          .http();

  static final MountConfig UNTUNED = MountConfig.NONE;

  private Exchanges() {}

  static Connection connection(int port) {
    return new Connection("127.0.0.1", port, List.of(), LISTENER);
  }

  static Request request(Operation operation, String path, Map<String, Object> fields) {
    return new Request("id-1", operation, path, fields, Headers.NONE, connection(34102));
  }

  /// A read by a caller whom a policy allows it.
  static Request read(String path) {
    Request request = request(Operation.READ, path, Map.of());
    request.mounted(mounted("secret/", "kv", "kv_1a2b3c4d", UNTUNED));
    request.secret("hvs.caller");
    request.token(token("caller-accessor"));
    request.verdict(granted("p"));
    return request;
  }

  static Verdict granted(String policy) {
    return new Verdict(
        true,
        false,
        false,
        Verdict.Why.GRANTED,
        "secret/*",
        List.of(new Verdict.Source("", policy, 3)),
        0);
  }

  static Mounted mounted(String path, String type, String accessor, MountConfig config) {
    Family family = path.startsWith("auth/") ? Family.AUTH : Family.SECRET;
    var entry =
        new MountEntry(
            family, path, type, "uuid", accessor, "", Map.of(), config, false, false, false);
    var mount =
        new Mount(path, type, accessor, "uuid", Map.of(), Duration.ofHours(1), Duration.ofHours(1));
    return new Mounted(entry, mount, List::of, new RouteTree(List.of()), "mount/uuid/");
  }

  static MountConfig tuned(List<String> requestKeys, List<String> responseKeys) {
    return new MountConfig(
        Duration.ZERO,
        Duration.ZERO,
        false,
        "",
        "",
        requestKeys,
        responseKeys,
        List.of(),
        List.of(),
        Map.of());
  }

  static Token token(String accessor) {
    return token(
        accessor,
        "userpass-bob",
        List.of("default", "p"),
        Map.of("username", "bob"),
        "",
        Instant.parse("2026-11-24T15:09:28.4Z"),
        Duration.ofDays(32));
  }

  static Token token(
      String accessor,
      String displayName,
      List<String> policies,
      Map<String, String> metadata,
      String entity,
      Instant created,
      Duration ttl) {
    return new Token(
        "key",
        accessor,
        "",
        "service",
        policies,
        "auth/userpass/login/bob",
        displayName,
        metadata,
        entity,
        "",
        0,
        created,
        ttl,
        null,
        null,
        Duration.ZERO,
        Duration.ZERO,
        true,
        List.of(),
        "",
        "",
        Map.of());
  }
}
