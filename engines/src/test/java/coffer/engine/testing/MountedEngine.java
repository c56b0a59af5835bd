package coffer.engine.testing;

import coffer.engine.Call;
import coffer.engine.Caller;
import coffer.engine.Engine;
import coffer.engine.EngineType;
import coffer.engine.Lent;
import coffer.engine.Login;
import coffer.engine.Mount;
import coffer.engine.Operation;
import coffer.engine.Refusal;
import coffer.engine.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/// One mount of an engine, asked as the server asks it: a call that is refused writes nothing,
/// locks are held until a call is answered, and time stands still until the test moves it.
public final class MountedEngine {
  private static final Duration DEFAULT_TTL = Duration.ofDays(32);

  private final Mount mount;
  private final Engine engine;
  private final Routing routing;
  private final Entries entries;
  private final Map<String, ReentrantLock> locks = new ConcurrentHashMap<>();
  private volatile Instant now = Instant.parse("2026-01-02T03:04:05.678901230Z");
  private volatile Caller caller = callerFrom("127.0.0.1");

  private MountedEngine(EngineType type, Map<String, String> options, Entries entries) {
    String family = type.family() == EngineType.Family.AUTH ? "auth/" : "";
    this.mount =
        new Mount(
            family + type.name() + "/",
            type.name(),
            type.name() + "_0123",
            "00000000-0000-0000-0000-000000000001",
            options,
            DEFAULT_TTL,
            DEFAULT_TTL);
    this.engine = type.make().apply(mount);
    this.routing = new Routing(engine.routes());
    this.entries = entries;
  }

  public static MountedEngine of(EngineType type) {
    return of(type, Map.of());
  }

  public static MountedEngine of(EngineType type, Map<String, String> options) {
    return new MountedEngine(type, options, new Entries());
  }

  /// Another mount on what this one has stored, at the same time.
  public MountedEngine reopened(EngineType type, Map<String, String> options) {
    var other = new MountedEngine(type, options, entries);
    other.now = now;
    return other;
  }

  /// A caller without a token, as at a login.
  public static Caller callerFrom(String address) {
    return new Caller("", "", "", "", List.of(), Map.of(), false, address, List.of(), header -> "");
  }

  /// Who makes the calls from now on.
  public void callAs(Caller other) {
    caller = other;
  }

  public Instant now() {
    return now;
  }

  public void advance(Duration duration) {
    now = now.plus(duration);
  }

  public Mount mount() {
    return mount;
  }

  public Engine engine() {
    return engine;
  }

  /// The keys that are durably there, ascending.
  public List<String> keys() {
    return entries.keys();
  }

  /// How many durable entries were looked up so far.
  public int gets() {
    return entries.gets();
  }

  public Outcome read(String path) {
    return ask(Operation.READ, path, Map.of());
  }

  public Outcome write(String path, Map<String, Object> fields) {
    return ask(Operation.UPDATE, path, fields);
  }

  public Outcome delete(String path) {
    return ask(Operation.DELETE, path, Map.of());
  }

  public Outcome list(String path) {
    return ask(Operation.LIST, path, Map.of());
  }

  /// @param operation an update counts as a create where the route's test says so
  public Outcome ask(Operation operation, String path, Map<String, Object> fields) {
    Operation counted = operation;
    try (var session = new Session()) {
      Routing.Match match = routing.find(operation, path);
      Call call = session.call(operation, path, match.captures(), fields);
      var exists = match.route().exists();
      counted = exists == null || exists.test(call) ? operation : Operation.CREATE;
      Reply reply = match.route().handler().handle(call);
      session.store.flush();
      return Outcome.of(counted, reply, call.warnings());
    } catch (Refusal e) {
      return Outcome.of(counted, e);
    }
  }

  /// Has the engine take back what it lent.
  public void revoke(Lent lent) {
    try (var session = new Session()) {
      engine.revoke(session.call(Operation.UPDATE, "", Map.of(), Map.of()), lent);
      session.store.flush();
    }
  }

  /// Has the engine prolong what it lent.
  public Lent renew(Lent lent, Duration increment) {
    try (var session = new Session()) {
      Call call = session.call(Operation.UPDATE, "", Map.of(), Map.of());
      Lent renewed = engine.renew(call, lent, increment);
      session.store.flush();
      return renewed;
    }
  }

  /// Has the engine judge a login again.
  public Login renewLogin(Login login) {
    try (var session = new Session()) {
      Call call = session.call(Operation.UPDATE, "", Map.of(), Map.of());
      Login renewed = engine.renewLogin(call, login);
      session.store.flush();
      return renewed;
    }
  }

  /// What one call holds until it is answered.
  private final class Session implements AutoCloseable {
    private final CallStore store = new CallStore(entries);
    private final List<ReentrantLock> held = new ArrayList<>();

    Call call(
        Operation operation,
        String path,
        Map<String, String> captures,
        Map<String, Object> fields) {
      return new Call(operation, path, captures, fields, mount, caller, store, now, this::lock);
    }

    private void lock(String name) {
      ReentrantLock lock = locks.computeIfAbsent(name, key -> new ReentrantLock());
      lock.lock();
      held.add(lock);
    }

    @Override
    public void close() {
      held.forEach(ReentrantLock::unlock);
    }
  }
}
