package coffer.auth.userpass;

import coffer.engine.Call;
import coffer.engine.Caller;
import coffer.engine.Engine;
import coffer.engine.Login;
import coffer.engine.Mount;
import coffer.engine.Operation;
import coffer.engine.Refusal;
import coffer.engine.Reply;
import coffer.engine.Route;
import coffer.engine.Store;
import coffer.engine.Template.Segment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// An engine with a store in memory, asked as the server asks it.
final class MountInMemory {
  private static final Mount MOUNT =
      new Mount(
          "auth/userpass/",
          "userpass",
          "auth_userpass_1",
          "uuid",
          Map.of(),
          Duration.ofDays(32),
          Duration.ofDays(32));

  private final Engine engine;
  private final Store store = new StoreInMemory();
  private final List<String> locks = new ArrayList<>();
  private String address = "127.0.0.1";

  MountInMemory(Engine engine) {
    this.engine = engine;
  }

  /// The address that further requests come from.
  void comeFrom(String newAddress) {
    address = newAddress;
  }

  /// The locks that were asked for.
  List<String> locks() {
    return locks;
  }

  Reply ask(Operation operation, String path, Map<String, Object> fields) {
    for (Route route : engine.routes()) {
      Optional<Map<String, String>> captures = captures(route, path);
      if (route.operation() == operation && captures.isPresent()) {
        return route.handler().handle(call(operation, path, captures.get(), fields));
      }
    }
    throw Refusal.unsupported();
  }

  /// The route of an operation at a path.
  Route route(Operation operation, String path) {
    return engine.routes().stream()
        .filter(route -> route.operation() == operation && captures(route, path).isPresent())
        .findFirst()
        .orElseThrow();
  }

  /// Whether a write would make something new.
  boolean creates(String path) {
    Route route = route(Operation.UPDATE, path);
    var there = route.exists();
    return there != null
        && !there.test(call(Operation.UPDATE, path, captures(route, path).orElseThrow(), Map.of()));
  }

  Login renew(Login login) {
    return engine.renewLogin(call(Operation.UPDATE, "", Map.of(), Map.of()), login);
  }

  private Call call(
      Operation operation, String path, Map<String, String> captures, Map<String, Object> fields) {
    return new Call(
        operation, path, captures, fields, MOUNT, caller(), store, Instant.EPOCH, locks::add);
  }

  private Caller caller() {
    return new Caller("", "", "", "", List.of(), Map.of(), false, address, List.of(), header -> "");
  }

  private static Optional<Map<String, String>> captures(Route route, String path) {
    List<Segment> segments = route.template().segments();
    String[] parts = path.split("/", -1);
    if (segments.size() != parts.length) {
      return Optional.empty();
    }
    var captures = new HashMap<String, String>();
    for (int i = 0; i < parts.length; i++) {
      String part = parts[i];
      switch (segments.get(i)) {
        case Segment.Literal literal when literal.text().equals(part) -> {}
        case Segment.One one -> captures.put(one.name(), part);
        default -> {
          return Optional.empty();
        }
      }
    }
    return Optional.of(captures);
  }

  /// Keeps what JSON would keep: durations come back as numbers.
  private static final class StoreInMemory implements Store {
    private final TreeMap<String, Map<String, Object>> entries = new TreeMap<>();

    @Override
    public Optional<Map<String, Object>> get(String key) {
      return Optional.ofNullable(entries.get(key));
    }

    @Override
    public void put(String key, Map<String, ?> value) {
      var kept = new HashMap<String, Object>();
      value.forEach((name, item) -> kept.put(name, plain(item)));
      entries.put(key, kept);
    }

    private static Object plain(Object value) {
      return switch (value) {
        case Duration duration -> duration.toSeconds();
        case List<?> list -> List.copyOf(list);
        case String text -> text;
        case Long number -> number;
        case Boolean flag -> flag;
        default -> throw new IllegalArgumentException("not JSON: " + value.getClass());
      };
    }

    @Override
    public void delete(String key) {
      entries.remove(key);
    }

    @Override
    public void deleteAll(String prefix) {
      entries.keySet().removeIf(key -> key.startsWith(prefix));
    }

    @Override
    public List<String> list(String prefix, String after, int limit) {
      return entries.keySet().stream()
          .filter(key -> key.startsWith(prefix))
          .map(key -> key.substring(prefix.length()))
          .filter(name -> name.compareTo(after) > 0)
          .limit(limit)
          .toList();
    }

    @Override
    public void flush() {}
  }
}
