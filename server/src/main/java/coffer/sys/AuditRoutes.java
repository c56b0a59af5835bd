package coffer.sys;

import static coffer.engine.Operation.DELETE;
import static coffer.engine.Operation.READ;
import static coffer.engine.Operation.UPDATE;

import coffer.audit.AuditBroker;
import coffer.barrier.MountStore;
import coffer.barrier.Transaction;
import coffer.config.AuditConfig;
import coffer.engine.Call;
import coffer.engine.Kind;
import coffer.engine.Param;
import coffer.engine.Refusal;
import coffer.engine.Reply;
import coffer.engine.Route;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// `sys/audit`, `sys/audit-hash` and `sys/config/auditing`: where requests are recorded, and with
/// what.
public final class AuditRoutes {
  static final Param<String> PATH = Param.path("path", "The path of the device.");
  static final Param<String> TYPE =
      Param.string("type", "The type: `file`, `http`, `socket` or `syslog`.");
  static final Param<String> DESCRIPTION = Param.string("description", "A text for people.");
  static final Param<Boolean> LOCAL =
      Param.flag("local", "Whether the device is for this server only.");
  static final Param<Map<String, String>> OPTIONS =
      Param.field("options", Kind.PAIRS, "The options of the type.", Map.of());
  static final Param<String> INPUT = Param.string("input", "The text to hash.");
  static final Param<String> HEADER = Param.path("header", "The name of the header.");
  static final Param<Boolean> HMAC = Param.flag("hmac", "Whether its values are hashed.");

  /// Keeps changes of the table apart.
  private static final String LOCK = "audit";

  private static final String NOT_BY_API =
      "cannot enable audit device via API; use declarative, config-based audit device management"
          + " instead";

  private final AuditBroker broker;
  private final boolean byApi;

  /// @param byApi whether devices may be enabled over the API
  public AuditRoutes(AuditBroker broker, boolean byApi) {
    this.broker = broker;
    this.byApi = byApi;
  }

  public List<Route> routes() {
    return List.of(
        Route.of(READ, "audit", "List the audit devices.", this::list).sudo(),
        Route.of(
                UPDATE,
                "audit/{path+}",
                "Enable an audit device.",
                this::enable,
                PATH,
                TYPE,
                DESCRIPTION,
                LOCAL,
                OPTIONS)
            .sudo(),
        Route.of(DELETE, "audit/{path+}", "Disable an audit device.", this::disable, PATH).sudo(),
        Route.of(
            UPDATE, "audit-hash/{path+}", "Hash a text as a device does.", this::hash, PATH, INPUT),
        Route.of(
                READ,
                "config/auditing/request-headers",
                "List the headers that are recorded.",
                this::headers)
            .sudo(),
        Route.of(
                READ,
                "config/auditing/request-headers/{header}",
                "Look at a header that is recorded.",
                this::header,
                HEADER)
            .sudo(),
        Route.of(
                UPDATE,
                "config/auditing/request-headers/{header}",
                "Record a header.",
                this::putHeader,
                HEADER,
                HMAC)
            .sudo(),
        Route.of(
                DELETE,
                "config/auditing/request-headers/{header}",
                "Record a header no longer.",
                this::removeHeader,
                HEADER)
            .sudo());
  }

  private static Transaction transaction(Call call) {
    return ((MountStore) call.storage()).transaction();
  }

  private Reply list(Call call) {
    var devices = new LinkedHashMap<String, Object>();
    for (AuditConfig one : broker.list()) {
      devices.put(
          one.path(),
          Map.of(
              "type", one.type(),
              "description", one.description(),
              "options", one.options(),
              "local", one.local(),
              "path", one.path()));
    }
    return new Reply.Data(devices);
  }

  private Reply enable(Call call) {
    String path = path(call);
    if (!byApi) {
      throw Refusal.bad(NOT_BY_API);
    }
    call.lock(LOCK);
    broker.enable(
        transaction(call),
        new AuditConfig(
            call.get(TYPE),
            path,
            call.get(DESCRIPTION),
            call.get(LOCAL),
            Map.copyOf(call.get(OPTIONS))));
    return Reply.DONE;
  }

  private Reply disable(Call call) {
    String path = path(call);
    call.lock(LOCK);
    broker.disable(transaction(call), path);
    return Reply.DONE;
  }

  /// A device has a path; without one, only reading is known here.
  private static String path(Call call) {
    String path = call.get(PATH);
    if (path.isEmpty()) {
      throw Refusal.unsupported();
    }
    return path;
  }

  private Reply hash(Call call) {
    String path = path(call);
    String input = call.get(INPUT);
    if (input.isEmpty()) {
      throw Refusal.bad("the \"input\" parameter is empty");
    }
    return new Reply.Data(Map.of("hash", broker.hash(path, input)));
  }

  private Reply headers(Call call) {
    var headers = new LinkedHashMap<String, Object>();
    broker.headers().all().forEach((name, hashed) -> headers.put(name, Map.of("hmac", hashed)));
    return new Reply.Data(Map.of("headers", headers));
  }

  private Reply header(Call call) {
    String name = call.get(HEADER);
    Boolean hashed = broker.headers().all().get(name.toLowerCase(Locale.ROOT));
    if (hashed == null) {
      throw Refusal.bad("Could not find header in config");
    }
    return new Reply.Data(Map.of(name, Map.of("hmac", hashed)));
  }

  private Reply putHeader(Call call) {
    call.lock(LOCK);
    broker.headers().put(transaction(call), call.get(HEADER), call.get(HMAC));
    return Reply.DONE;
  }

  private Reply removeHeader(Call call) {
    call.lock(LOCK);
    broker.headers().remove(transaction(call), call.get(HEADER));
    return Reply.DONE;
  }
}
