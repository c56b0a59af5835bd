package coffer.sys;

import static coffer.engine.Operation.READ;
import static coffer.engine.Operation.UPDATE;

import coffer.engine.Call;
import coffer.engine.EngineType.Family;
import coffer.engine.Param;
import coffer.engine.Refusal;
import coffer.engine.Reply;
import coffer.engine.Route;
import coffer.lease.Leases;
import coffer.mount.MountEntry;
import coffer.mount.MountTable;
import coffer.mount.Mounted;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// `sys/remount`: moving a mount to another path. What it lent is taken back; what it stores stays.
/// The move is done when the request is answered, and its status is kept for whoever asks.
public final class RemountRoutes {
  private static final String DONE = "remount/";

  private static final Param<String> FROM = Param.string("from", "Where it is mounted.");
  private static final Param<String> TO = Param.string("to", "Where it is to be mounted.");
  private static final Param<String> ID = Param.path("id", "What the move was answered with.");

  private final MountTable mounts;
  private final Leases leases;

  public RemountRoutes(MountTable mounts, Leases leases) {
    this.mounts = mounts;
    this.leases = leases;
  }

  public List<Route> routes() {
    return List.of(
        Route.of(UPDATE, "remount", "Move a mount.", this::remount, FROM, TO).sudo(),
        Route.of(READ, "remount/status/{id}", "Look at a move.", this::status, ID));
  }

  private Reply remount(Call call) {
    call.lock(MountRoutes.LOCK);
    String from = path(call, FROM);
    String to = path(call, TO);
    Family family = MountNames.familyOf(from);
    Mounted mounted = movable(from, to, family);
    leases.revokePrefix(from, true);
    MountEntry entry = mounted.entry();
    mounts.move(
        Work.of(call),
        mounted,
        new MountEntry(
            family,
            to,
            entry.type(),
            entry.uuid(),
            entry.accessor(),
            entry.description(),
            entry.options(),
            entry.config(),
            entry.local(),
            entry.sealWrap(),
            entry.externalEntropy()));
    String id = mounts.newUuid();
    call.storage().put(DONE + id, Map.of("source_mount", from, "target_mount", to));
    call.warn(
        "Mount move has been queued. Progress will be reported in Vault's server log, tagged with"
            + " the returned migration_id");
    return new Reply.Data(Map.of("migration_id", id));
  }

  private static String path(Call call, Param<String> param) {
    String path = call.get(param);
    if (path.isBlank()) {
      throw Refusal.bad("both 'from' and 'to' path must be specified as a string");
    }
    return MountNames.slashed(path.strip());
  }

  private Mounted movable(String from, String to, Family family) {
    String quoted = "\"" + from + "\"";
    if (List.of("sys/", "cubbyhole/", "identity/", "auth/token/", "audit/").contains(from)) {
      throw Refusal.bad("cannot remount " + quoted);
    }
    if (family != MountNames.familyOf(to)) {
      throw Refusal.bad(
          family == Family.AUTH
              ? "cannot remount auth mount to non-auth mount \"" + to + "\""
              : "cannot remount non-auth mount to auth mount \"" + to + "\"");
    }
    Mounted mounted = mounts.at(from);
    if (mounted == null) {
      throw Refusal.bad("no matching mount at " + quoted);
    }
    if (List.of("sys/", "auth/", "cubbyhole/", "identity/", "audit/").contains(to)) {
      throw Refusal.bad("cannot remount to protected path \"" + to + "\"");
    }
    Mounted taken = mounts.conflict(to);
    if (taken != null) {
      throw Refusal.bad("path already in use at \"" + taken.entry().path() + "\"");
    }
    return mounted;
  }

  private Reply status(Call call) {
    Optional<Map<String, Object>> done = call.storage().get(DONE + call.get(ID));
    Map<String, Object> info = new LinkedHashMap<>(done.orElseThrow(Refusal::absent));
    info.put("status", "success");
    return new Reply.Data(Map.of("migration_id", call.get(ID), "migration_info", info));
  }
}
