package coffer.sys;

import static coffer.engine.Operation.LIST;
import static coffer.engine.Operation.READ;
import static coffer.engine.Operation.UPDATE;

import coffer.engine.Call;
import coffer.engine.Kind;
import coffer.engine.Param;
import coffer.engine.Refusal;
import coffer.engine.Reply;
import coffer.engine.Route;
import coffer.lease.Lease;
import coffer.lease.LeaseStore.Found;
import coffer.lease.Leases;
import coffer.token.Token;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `sys/leases`, and `sys/renew` and `sys/revoke` as they were called at first.
public final class LeaseRoutes {
  private static final Param<String> LEASE_ID = Param.string("lease_id", "The id of the lease.");
  private static final Param<String> ID_IN_PATH = Param.path("id", "The id of the lease.");
  private static final Param<String> PREFIX = Param.path("prefix", "What the ids begin with.");
  private static final Param<Boolean> SYNC =
      Param.flag("sync", "Take back what was lent before the answer.");
  private static final Param<Duration> INCREMENT =
      Param.field("increment", Kind.TTL, "How long it is to last from now on.", Duration.ZERO);

  private static final Param<String> TYPE = Param.string("type", "Which: \"irrevocable\".");
  private static final Param<String> LIMIT =
      Param.string("limit", "How many are listed at most, or \"none\".");
  private static final Param<Boolean> CHILDREN =
      Param.flag("include_child_namespaces", "Whether those of namespaces below count too.");
  private static final int SHOWN = 10_000;

  private final Leases leases;

  public LeaseRoutes(Leases leases) {
    this.leases = leases;
  }

  public List<Route> routes() {
    return List.of(
        Route.of(UPDATE, "leases/lookup", "Look at a lease.", this::lookup, LEASE_ID),
        Route.of(LIST, "leases/lookup/{prefix...}", "List leases.", this::list, PREFIX).sudo(),
        Route.of(UPDATE, "leases/renew", "Renew a lease.", this::renew, LEASE_ID, INCREMENT),
        Route.of(
            UPDATE,
            "leases/renew/{id+}",
            "Renew a lease.",
            this::renew,
            LEASE_ID,
            ID_IN_PATH,
            INCREMENT),
        Route.of(UPDATE, "renew", "Renew a lease.", this::renew, LEASE_ID, INCREMENT),
        Route.of(
            UPDATE, "renew/{id+}", "Renew a lease.", this::renew, LEASE_ID, ID_IN_PATH, INCREMENT),
        Route.of(UPDATE, "leases/revoke", "Revoke a lease.", this::revoke, LEASE_ID, SYNC),
        Route.of(
            UPDATE,
            "leases/revoke/{id+}",
            "Revoke a lease.",
            this::revoke,
            LEASE_ID,
            ID_IN_PATH,
            SYNC),
        Route.of(UPDATE, "revoke", "Revoke a lease.", this::revoke, LEASE_ID, SYNC),
        Route.of(
            UPDATE, "revoke/{id+}", "Revoke a lease.", this::revoke, LEASE_ID, ID_IN_PATH, SYNC),
        Route.of(
                UPDATE,
                "leases/revoke-prefix/{prefix+}",
                "Revoke all leases below a path.",
                this::revokePrefix,
                PREFIX,
                SYNC)
            .sudo(),
        Route.of(
                UPDATE,
                "revoke-prefix/{prefix+}",
                "Revoke all leases below a path.",
                this::revokePrefix,
                PREFIX,
                SYNC)
            .sudo(),
        Route.of(
                UPDATE,
                "leases/revoke-force/{prefix+}",
                "Forget all leases below a path.",
                this::revokeForce,
                PREFIX)
            .sudo(),
        Route.of(
                UPDATE,
                "revoke-force/{prefix+}",
                "Forget all leases below a path.",
                this::revokeForce,
                PREFIX)
            .sudo(),
        Route.of(
                READ,
                "leases",
                "List leases that could not be revoked.",
                this::irrevocable,
                TYPE,
                LIMIT,
                CHILDREN)
            .sudo(),
        Route.of(
            READ,
            "leases/count",
            "Count leases that could not be revoked.",
            this::count,
            TYPE,
            CHILDREN),
        Route.of(UPDATE, "leases/tidy", "Look for what was left behind.", this::tidy));
  }

  private static String id(Call call) {
    String id = call.get(LEASE_ID);
    if (id.isEmpty()) {
      id = call.find(ID_IN_PATH).orElse("");
    }
    if (id.isEmpty()) {
      throw Refusal.bad("lease_id must be specified");
    }
    return id;
  }

  private Reply lookup(Call call) {
    String id = id(call);
    Found found = leases.store().find(id).orElseThrow(() -> Refusal.bad("invalid lease"));
    return new Reply.Data(
        switch (found) {
          case Found.OfSecret secret -> shown(secret.lease(), call.now());
          case Found.OfToken token -> shown(id, token, call.now());
        });
  }

  private static Map<String, @Nullable Object> shown(Lease lease, Instant now) {
    Map<String, @Nullable Object> data =
        shown(
            lease.id(),
            lease.expires(),
            lease.issued(),
            lease.renewed(),
            lease.path(),
            lease.renewable(),
            now);
    if (!lease.error().isEmpty()) {
      data.put("revoke_error", lease.error());
    }
    return data;
  }

  private Map<String, @Nullable Object> shown(String id, Found.OfToken found, Instant now) {
    Token token = leases.token(found);
    if (token == null) {
      throw Refusal.bad("invalid lease");
    }
    return shown(
        id,
        token.expires(),
        token.created(),
        token.renewed(),
        token.path(),
        token.renewable(),
        now);
  }

  private static Map<String, @Nullable Object> shown(
      String id,
      @Nullable Instant expires,
      Instant issued,
      @Nullable Instant renewed,
      String path,
      boolean renewable,
      Instant now) {
    Map<String, @Nullable Object> data = new LinkedHashMap<>();
    data.put("expire_time", expires);
    data.put("id", id);
    data.put("issue_time", issued);
    data.put("last_renewal", renewed);
    data.put("path", path);
    data.put("renewable", renewable);
    data.put("ttl", expires == null ? 0L : Duration.between(now, expires).toSeconds());
    return data;
  }

  private Reply list(Call call) {
    String prefix = call.get(PREFIX);
    String folder = prefix.isEmpty() || prefix.endsWith("/") ? prefix : prefix + "/";
    return new Reply.Keys(leases.names(folder));
  }

  private Reply renew(Call call) {
    return new Reply.RenewLease(id(call), call.get(INCREMENT));
  }

  private Reply revoke(Call call) {
    leases.revoke(Work.of(call), id(call), call.get(SYNC));
    return Reply.DONE;
  }

  private Reply revokePrefix(Call call) {
    leases.revokeBelow(call.get(PREFIX), call.get(SYNC));
    return Reply.DONE;
  }

  private Reply revokeForce(Call call) {
    leases.revokeForce(call.get(PREFIX));
    return Reply.DONE;
  }

  private Reply irrevocable(Call call) {
    List<Lease> found = irrevocable(call, limit(call.get(LIMIT)));
    var shown =
        found.stream()
            .map(lease -> Map.of("lease_id", lease.id(), "error", lease.error()))
            .toList();
    return new Reply.Data(Map.of("lease_count", (long) found.size(), "leases", shown));
  }

  private List<Lease> irrevocable(Call call, int limit) {
    if (!call.get(TYPE).equals("irrevocable")) {
      throw Refusal.absent();
    }
    return leases.store().irrevocable(limit);
  }

  private static int limit(String text) {
    if (text.isEmpty()) {
      return SHOWN;
    }
    if (text.equals("none")) {
      return Integer.MAX_VALUE;
    }
    if (text.matches("-[0-9]+|0")) {
      throw Refusal.bad(Refusal.listed("limit must be 'none' or a positive integer"));
    }
    if (!text.matches("[0-9]{1,9}")) {
      throw Refusal.bad(
          Refusal.listed(
              "invalid 'limit' provided: strconv.Atoi: parsing \"" + text + "\": invalid syntax"));
    }
    return Integer.parseInt(text);
  }

  private Reply count(Call call) {
    Map<String, Long> counts = new LinkedHashMap<>();
    List<Lease> found = irrevocable(call, Integer.MAX_VALUE);
    for (Lease lease : found) {
      counts.merge(leases.mountPath(lease), 1L, Long::sum);
    }
    return new Reply.Data(Map.of("lease_count", (long) found.size(), "counts", counts));
  }

  private Reply tidy(Call call) {
    call.warn(
        leases.tidy().start()
            ? "Tidy operation successfully started. Any information from the operation will be"
                + " printed to Vault's server logs."
            : "Tidy operation already in progress.");
    return new Reply.Accepted();
  }
}
