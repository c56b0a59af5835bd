package coffer.sys;

import static coffer.engine.Operation.READ;
import static coffer.engine.Operation.UPDATE;

import coffer.engine.Call;
import coffer.engine.Kind;
import coffer.engine.Param;
import coffer.engine.Refusal;
import coffer.engine.Refusal.Why;
import coffer.engine.Reply;
import coffer.engine.Route;
import coffer.engine.Version;
import coffer.seal.Seal;
import coffer.seal.SealStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// `sys/health`, by which load balancers tell where to send requests, and what the server is in its
/// cluster.
final class HealthRoutes {
  /// No time at all, as clients in Go expect it.
  private static final String NEVER = "0001-01-01T00:00:00Z";

  /// A status that ends an exchange.
  private static final Pattern CODE = Pattern.compile("[2-9][0-9]{2}");

  private static final Param<Boolean> STANDBY_OK = ok("standbyok", "standby");
  private static final Param<Boolean> PERFORMANCE_STANDBY_OK =
      ok("perfstandbyok", "performance standby");

  /// What the server is at the moment, and the status that says so unless the caller wants another.
  enum Standing {
    ACTIVE(200, "activecode"),
    STANDBY(429, "standbycode"),
    SECONDARY(472, "drsecondarycode"),
    PERFORMANCE_STANDBY(473, "performancestandbycode"),
    UNINITIALIZED(501, "uninitcode"),
    SEALED(503, "sealedcode");

    private final int usual;
    private final String param;

    Standing(int usual, String param) {
      this.usual = usual;
      this.param = param;
    }

    static Standing of(SealStatus status) {
      if (!status.initialized()) {
        return UNINITIALIZED;
      }
      return status.sealed() ? SEALED : ACTIVE;
    }

    int code(Call call) {
      return switch (this) {
        case STANDBY -> counts(call, STANDBY_OK) ? ACTIVE.own(call) : own(call);
        case PERFORMANCE_STANDBY ->
            counts(call, PERFORMANCE_STANDBY_OK) ? ACTIVE.own(call) : own(call);
        case ACTIVE, SECONDARY, UNINITIALIZED, SEALED -> own(call);
      };
    }

    private int own(Call call) {
      Object wanted = call.fields().get(param);
      return wanted == null ? usual : number(wanted.toString());
    }

    /// A parameter without a value says yes.
    private static boolean counts(Call call, Param<Boolean> param) {
      return call.has(param) && ("".equals(call.fields().get(param.name())) || call.get(param));
    }

    /// Refuses wrong values also of what doesn't matter at the moment.
    static void check(Call call) {
      for (Standing standing : values()) {
        standing.own(call);
      }
      counts(call, STANDBY_OK);
      counts(call, PERFORMANCE_STANDBY_OK);
    }

    private static int number(String text) {
      if (!CODE.matcher(text).matches()) {
        throw new Refusal(Why.BAD_REQUEST);
      }
      return Integer.parseInt(text);
    }
  }

  private final Seal seal;
  private final Node node;

  HealthRoutes(Seal seal, Node node) {
    this.seal = seal;
    this.node = node;
  }

  private static Param<Boolean> ok(String name, String what) {
    return Param.field(name, Kind.BOOLEAN, "Whether a " + what + " counts as active.", false);
  }

  List<Route> routes() {
    return List.of(
        Route.of(READ, "health", "Whether the server works.", this::health, healthParams())
            .always(),
        Route.of(READ, "leader", "Which server of the cluster is active.", this::leader).always(),
        Route.of(READ, "ha-status", "The servers of the cluster.", this::members),
        // There is no other server, so nothing happens, and anybody may ask for it.
        Route.of(UPDATE, "step-down", "Let another server be active.", call -> Reply.DONE)
            .always());
  }

  private static Param<?>[] healthParams() {
    Standing[] standings = Standing.values();
    var params = new Param<?>[standings.length + 2];
    for (int i = 0; i < standings.length; i++) {
      params[i] = Param.string(standings[i].param, "The status to answer with when it is so.");
    }
    params[standings.length] = STANDBY_OK;
    params[standings.length + 1] = PERFORMANCE_STANDBY_OK;
    return params;
  }

  private Reply health(Call call) {
    if (!call.fields().isEmpty()) {
      Standing.check(call);
    }
    SealStatus status = seal.status();
    return Shown.raw(Standing.of(status).code(call), fields(status, call));
  }

  private static Map<String, Object> fields(SealStatus status, Call call) {
    String replication = status.sealed() ? "unknown" : "disabled";
    var fields = new LinkedHashMap<String, Object>();
    fields.put("initialized", status.initialized());
    fields.put("sealed", status.sealed());
    fields.put("standby", status.sealed());
    fields.put("performance_standby", false);
    fields.put("replication_performance_mode", replication);
    fields.put("replication_dr_mode", replication);
    fields.put("server_time_utc", call.now().getEpochSecond());
    fields.put("version", Version.COMPATIBLE);
    fields.put("enterprise", false);
    SealRoutes.put(fields, status.cluster());
    fields.put("echo_duration_ms", 0);
    fields.put("clock_skew_ms", 0);
    fields.put("replication_primary_canary_age_ms", 0);
    return fields;
  }

  private Reply leader(Call call) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("ha_enabled", false);
    fields.put("is_self", false);
    fields.put("active_time", NEVER);
    fields.put("leader_address", "");
    fields.put("leader_cluster_address", "");
    fields.put("performance_standby", false);
    fields.put("performance_standby_last_remote_wal", 0);
    return Shown.raw(fields);
  }

  private Reply members(Call call) {
    var self = new LinkedHashMap<String, @Nullable Object>();
    self.put("hostname", node.hostname());
    self.put("api_address", node.apiAddress());
    self.put("cluster_address", node.clusterAddress());
    self.put("active_node", true);
    self.put("last_echo", null);
    self.put("echo_duration_ms", 0);
    self.put("clock_skew_ms", 0);
    self.put("version", Version.COMPATIBLE);
    return new Reply.Data(Map.of("nodes", List.of(self)));
  }
}
