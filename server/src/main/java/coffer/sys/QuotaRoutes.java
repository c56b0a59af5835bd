package coffer.sys;

import static coffer.engine.Operation.DELETE;
import static coffer.engine.Operation.LIST;
import static coffer.engine.Operation.READ;
import static coffer.engine.Operation.UPDATE;

import coffer.engine.Call;
import coffer.engine.Kind;
import coffer.engine.Param;
import coffer.engine.Refusal;
import coffer.engine.Reply;
import coffer.engine.Route;
import coffer.mount.MountTable;
import coffer.mount.Mounted;
import coffer.quota.QuotaConfig;
import coffer.quota.Quotas;
import coffer.quota.RateLimit;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `sys/quotas`: limits on how much may be asked for.
public final class QuotaRoutes {
  private static final String LOCK = "quotas";

  private static final Param<String> NAME = Param.path("name", "The name of the limit.");
  private static final Param<String> PATH =
      Param.string("path", "A mount or a path; everything if left out.");
  private static final Param<BigDecimal> RATE =
      Param.field("rate", Kind.NUMBER, "How many requests an address may make in an interval.");
  private static final Param<Duration> INTERVAL =
      Param.field("interval", Kind.TTL, "The interval; a second if left out.", Duration.ZERO);
  private static final Param<Duration> BLOCK =
      Param.field(
          "block_interval",
          Kind.TTL,
          "For how long an address is turned away that asked for more.",
          Duration.ZERO);
  private static final Param<String> ROLE =
      Param.string("role", "A role of the mount: not for the mounts there are.");
  private static final Param<String> TYPE = Param.string("type", "Kept for old clients.");
  private static final Param<Boolean> INHERITABLE =
      Param.field("inheritable", Kind.BOOLEAN, "Whether it holds below its namespace as well.");
  private static final Param<List<String>> EXEMPT =
      Param.strings("rate_limit_exempt_paths", "Paths that are never counted.");
  private static final Param<Boolean> AUDIT =
      Param.flag("enable_rate_limit_audit_logging", "Whether refusals are recorded.");
  private static final Param<Boolean> HEADERS =
      Param.flag("enable_rate_limit_response_headers", "Whether answers say how much is left.");

  private final Quotas quotas;
  private final MountTable mounts;

  public QuotaRoutes(Quotas quotas, MountTable mounts) {
    this.quotas = quotas;
    this.mounts = mounts;
  }

  public List<Route> routes() {
    return List.of(
        Route.of(READ, "quotas/config", "Show what holds for all limits.", this::config),
        Route.of(
            UPDATE,
            "quotas/config",
            "Change what holds for all limits.",
            this::configure,
            EXEMPT,
            AUDIT,
            HEADERS),
        Route.of(LIST, "quotas/rate-limit", "List the limits.", this::list),
        Route.of(READ, "quotas/rate-limit/{name}", "Show a limit.", this::read, NAME),
        Route.of(
            UPDATE,
            "quotas/rate-limit/{name}",
            "Make or change a limit.",
            this::write,
            NAME,
            PATH,
            RATE,
            INTERVAL,
            BLOCK,
            ROLE,
            TYPE,
            INHERITABLE),
        Route.of(DELETE, "quotas/rate-limit/{name}", "Remove a limit.", this::delete, NAME));
  }

  private Reply config(Call call) {
    QuotaConfig config = quotas.config();
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("enable_rate_limit_audit_logging", config.audit());
    data.put("enable_rate_limit_response_headers", config.headers());
    data.put("rate_limit_exempt_paths", config.exempt());
    return new Reply.Data(data);
  }

  private Reply configure(Call call) {
    call.lock(LOCK);
    QuotaConfig before = quotas.config();
    quotas.config(
        Work.of(call),
        new QuotaConfig(
            call.find(EXEMPT).orElse(before.exempt()),
            call.find(AUDIT).orElse(before.audit()),
            call.find(HEADERS).orElse(before.headers())));
    return Reply.DONE;
  }

  private Reply list(Call call) {
    return new Reply.Keys(quotas.names());
  }

  private Reply read(Call call) {
    RateLimit limit = quotas.find(call.get(NAME)).orElseThrow(Refusal::absent);
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("block_interval", limit.block());
    data.put("inheritable", limit.inheritable());
    data.put("interval", limit.interval());
    data.put("name", limit.name());
    data.put("path", limit.path());
    data.put("rate", limit.rate());
    data.put("role", "");
    data.put("type", "rate-limit");
    return new Reply.Data(data);
  }

  private Reply write(Call call) {
    call.lock(LOCK);
    String name = call.get(NAME);
    BigDecimal rate = call.find(RATE).orElse(BigDecimal.ZERO);
    if (rate.signum() <= 0) {
      throw Refusal.bad("'rate' is invalid");
    }
    String path = path(call);
    quotas
        .rival(name, path)
        .ifPresent(
            rival -> {
              throw Refusal.bad(
                  "quota rule with similar properties exists under the name \""
                      + rival.name()
                      + "\"");
            });
    Duration interval = call.get(INTERVAL);
    quotas.put(
        Work.of(call),
        new RateLimit(
            name,
            path,
            rate,
            interval.isZero() ? Duration.ofSeconds(1) : interval,
            call.get(BLOCK),
            call.find(INHERITABLE).orElse(path.isEmpty())));
    return Reply.DONE;
  }

  /// A mount's own path ends in `/`; what isn't below a mount is refused.
  private String path(Call call) {
    String path = call.get(PATH).replaceFirst("^/+", "");
    if (path.isEmpty()) {
      return path;
    }
    String slashed = MountNames.slashed(path);
    Mounted mounted = mounts.find(slashed);
    if (mounted == null) {
      throw Refusal.bad("invalid mount path \"" + slashed + "\"");
    }
    String mount = mounted.entry().path();
    if (!call.get(ROLE).isEmpty()) {
      throw Refusal.bad("Mount path \"" + mount + "\" does not support use with role-based quotas");
    }
    return slashed.equals(mount) ? mount : path;
  }

  private Reply delete(Call call) {
    call.lock(LOCK);
    quotas.delete(Work.of(call), call.get(NAME));
    return Reply.DONE;
  }
}
