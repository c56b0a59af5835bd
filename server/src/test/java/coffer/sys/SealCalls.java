package coffer.sys;

import static coffer.engine.Operation.READ;
import static coffer.engine.Operation.UPDATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import coffer.barrier.Barrier;
import coffer.barrier.MountStore;
import coffer.barrier.Transaction;
import coffer.engine.Call;
import coffer.engine.Caller;
import coffer.engine.Mount;
import coffer.engine.Operation;
import coffer.engine.Refusal;
import coffer.engine.Reply;
import coffer.engine.Route;
import coffer.json.Fields;
import coffer.json.Json;
import coffer.seal.Recorder;
import coffer.seal.Seal;
import coffer.storage.InMemoryStorage;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Asks the routes of the seal of a server that holds nothing else.
abstract class SealCalls {
  static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  static final String UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

  private final Recorder life = new Recorder();

  final Barrier barrier = new Barrier(new InMemoryStorage(), new SecureRandom(), () -> NOW);

  final Seal seal = new Seal(barrier, life, new SecureRandom());

  final List<Route> routes =
      new SealRoutes(
              seal,
              barrier,
              new Node(
                  "host",
                  "http://127.0.0.1:8200",
                  "https://127.0.0.1:8201",
                  "inmem",
                  Instant.parse("2025-12-31T10:00:00Z")))
          .routes();

  Route route(Operation operation, String path) {
    return routes.stream()
        .filter(one -> one.operation() == operation && one.template().text().equals(path))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no route " + operation + " " + path));
  }

  Reply ask(Operation operation, String path, Map<String, Object> fields) {
    return route(operation, path).handler().handle(call(operation, path, fields));
  }

  Call call(Operation operation, String path, Map<String, Object> fields) {
    return new Call(
        operation,
        path,
        Map.of(),
        fields,
        new Mount("sys/", "system", "", "", Map.of(), Duration.ZERO, Duration.ZERO),
        new Caller("", "", "", "", List.of(), Map.of(), false, "", List.of(), name -> ""),
        new MountStore(new Transaction(barrier), "sys/"),
        NOW,
        lock -> {});
  }

  Reply ask(Operation operation, String path) {
    return ask(operation, path, Map.of());
  }

  /// The text of an answer without an envelope.
  String text(Operation operation, String path, Map<String, Object> fields) {
    Reply reply = ask(operation, path, fields);
    assertThat(reply).isInstanceOf(Reply.Raw.class);
    var raw = (Reply.Raw) reply;
    assertThat(raw.contentType()).isEqualTo("application/json");
    return new String(raw.body(), StandardCharsets.UTF_8);
  }

  Fields raw(Operation operation, String path, Map<String, Object> fields) {
    String text = text(operation, path, fields);
    return new Fields(Json.object(text.getBytes(StandardCharsets.UTF_8)));
  }

  String text(String path) {
    return text(READ, path, Map.of());
  }

  /// The data of an answer, in the order of its names.
  String data(Operation operation, String path, Map<String, Object> fields) {
    Reply reply = ask(operation, path, fields);
    assertThat(reply).isInstanceOf(Reply.Data.class);
    var sorted = new TreeMap<String, Object>(((Reply.Data) reply).data());
    return new String(Json.bytes(sorted), StandardCharsets.UTF_8);
  }

  Fields parsed(String text) {
    return new Fields(Json.object(text.getBytes(StandardCharsets.UTF_8)));
  }

  void refused(
      int status, String message, Operation operation, String path, Map<String, Object> fields) {
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> ask(operation, path, fields))
        .withMessage(message)
        .satisfies(refusal -> assertThat(refusal.why().status()).isEqualTo(status));
  }

  List<String> initialize() {
    return raw(UPDATE, "init", Map.of("secret_shares", 3L, "secret_threshold", 2L)).texts("keys");
  }

  List<String> open() {
    List<String> keys = initialize();
    keys.subList(0, 2).forEach(key -> ask(UPDATE, "unseal", Map.of("key", key)));
    assertThat(seal.isSealed()).isFalse();
    return keys;
  }

  static String without(String text, Object... changing) {
    String left = text;
    for (Object one : changing) {
      left = left.replace(String.valueOf(one), "…");
    }
    return left;
  }

  static Map<String, Object> share(String key, String nonce) {
    return Map.of("key", key, "nonce", nonce);
  }
}
