package coffer.sys;

import static coffer.engine.Operation.DELETE;
import static coffer.engine.Operation.READ;
import static coffer.engine.Operation.UPDATE;

import coffer.engine.Call;
import coffer.engine.EngineType.Family;
import coffer.engine.Kind;
import coffer.engine.Param;
import coffer.engine.Refusal;
import coffer.engine.Reply;
import coffer.engine.Route;
import coffer.lease.Leases;
import coffer.mount.MountConfig;
import coffer.mount.MountEntry;
import coffer.mount.MountTable;
import coffer.mount.Mounted;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `sys/mounts` or `sys/auth`: what is mounted of one family, and mounting, tuning and unmounting.
public final class MountRoutes {
  /// Held by whoever changes the table of mounts.
  static final String LOCK = "mounts";

  private static final Param<String> PATH = Param.path("path", "Where it is mounted.");
  private static final Param<String> TYPE = Param.string("type", "What to mount: kv, userpass, ….");
  private static final Param<String> DESCRIPTION = Param.string("description", "What it is for.");
  private static final Param<Map<String, Object>> CONFIG =
      Param.field("config", Kind.MAP, "Settings as of tuning.", Map.of());
  private static final Param<Map<String, String>> OPTIONS =
      Param.field("options", Kind.PAIRS, "Settings of the engine, such as version.", Map.of());
  private static final Param<Boolean> LOCAL =
      Param.flag("local", "Whether it stays in one cluster.");
  private static final Param<Boolean> SEAL_WRAP =
      Param.flag("seal_wrap", "Kept, and without effect.");
  private static final Param<Boolean> ENTROPY =
      Param.flag("external_entropy_access", "Kept, and without effect.");
  private static final Param<String> PLUGIN_NAME =
      Param.string("plugin_name", "An early name of type.");

  private final Family family;
  private final MountTable mounts;
  private final Leases leases;
  private final MountNames names;

  public MountRoutes(Family family, MountTable mounts, Leases leases) {
    this.family = family;
    this.mounts = mounts;
    this.leases = leases;
    this.names = new MountNames(family, mounts);
  }

  public List<Route> routes() {
    String root = family == Family.AUTH ? "auth" : "mounts";
    return List.of(
        access(Route.of(READ, root, "List what is mounted.", this::list)),
        access(
            Route.of(
                READ, root + "/{path+}", "Look at a mount, or how it is tuned.", this::read, PATH)),
        access(
            Route.of(
                UPDATE,
                root + "/{path+}",
                "Mount an engine, or tune one.",
                this::write,
                parameters())),
        access(Route.of(DELETE, root + "/{path+}", "Unmount an engine.", this::disable, PATH)));
  }

  private static Param<?>[] parameters() {
    List<Param<?>> all =
        new ArrayList<>(List.of(PATH, TYPE, CONFIG, LOCAL, SEAL_WRAP, ENTROPY, PLUGIN_NAME));
    all.addAll(List.of(MountTuning.PARAMS));
    return all.toArray(new Param<?>[0]);
  }

  /// Auth methods take `sudo`, but for looking.
  private Route access(Route route) {
    boolean looks = route.operation() == READ && !route.template().text().contains("{");
    return family == Family.AUTH && !looks ? route.sudo() : route;
  }

  private Reply list(Call call) {
    Map<String, Object> data = new LinkedHashMap<>();
    for (Mounted one : mounts.all()) {
      if (one.entry().family() == family) {
        data.put(one.entry().shortPath(), MountView.of(one.entry()));
      }
    }
    return new Reply.Data(data);
  }

  private Reply read(Call call) {
    String path = call.get(PATH);
    if (path.endsWith("/tune")) {
      String mount = MountNames.slashed(path.substring(0, path.length() - "/tune".length()));
      Mounted mounted = names.at(mount);
      if (mounted == null) {
        throw Refusal.bad("cannot fetch sysview for path \"" + names.shown(mount) + "\"");
      }
      return new Reply.Data(MountView.tuned(mounted));
    }
    String mount = MountNames.slashed(path);
    Mounted mounted = names.at(mount);
    if (mounted == null) {
      String what = family == Family.AUTH ? "No auth engine at " : "No secret engine mount at ";
      throw Refusal.bad(what + mount);
    }
    return new Reply.Data(MountView.of(mounted.entry()));
  }

  private Reply write(Call call) {
    call.lock(LOCK);
    String path = call.get(PATH);
    if (path.endsWith("/")) {
      throw Refusal.bad("cannot write to a path ending in '/'");
    }
    return path.endsWith("/tune")
        ? tune(call, MountNames.slashed(path.substring(0, path.length() - "/tune".length())))
        : enable(call, MountNames.slashed(path));
  }

  private Reply enable(Call call, String path) {
    String asked = call.get(TYPE).isEmpty() ? call.get(PLUGIN_NAME) : call.get(TYPE);
    if (asked.isEmpty()) {
      throw Refusal.bad("backend type must be specified as a string");
    }
    MountConfig config =
        new MountTuning(call.get(CONFIG), MountConfig.NONE, family)
            .read(mounts.ttls(), (what, why) -> "unable to parse " + what + ": " + why);
    names.checkFree(path);
    MountTable.Kind type = names.kind(asked);
    Map<String, String> options = new LinkedHashMap<>(call.get(OPTIONS));
    options.putAll(type.options());
    mounts.put(
        Work.of(call),
        new MountEntry(
            family,
            names.full(path),
            type.type(),
            mounts.newUuid(),
            mounts.accessor(family == Family.AUTH ? "auth_" + type.type() : type.type()),
            call.get(DESCRIPTION),
            options,
            config,
            call.get(LOCAL),
            call.get(SEAL_WRAP),
            call.get(ENTROPY)));
    return Reply.DONE;
  }

  private Reply tune(Call call, String path) {
    Mounted mounted = names.at(path);
    if (mounted == null) {
      throw Refusal.bad("tune of path \"" + names.shown(path) + "\" failed: no mount entry found");
    }
    MountEntry entry = mounted.entry();
    names.checkTunable(entry, call.fields().keySet());
    MountConfig config =
        MountTuning.of(call, entry.config(), family)
            .read(mounts.ttls(), (what, why) -> "unable to parse " + what + ": " + why);
    Map<String, String> options = new LinkedHashMap<>(entry.options());
    options.putAll(call.get(OPTIONS));
    upgradeWarning(call, entry, options);
    mounts.put(
        Work.of(call),
        new MountEntry(
            family,
            entry.path(),
            entry.type(),
            entry.uuid(),
            entry.accessor(),
            call.has(DESCRIPTION) ? call.get(DESCRIPTION) : entry.description(),
            options,
            config,
            entry.local(),
            entry.sealWrap(),
            entry.externalEntropy()));
    return Reply.DONE;
  }

  private static void upgradeWarning(Call call, MountEntry entry, Map<String, String> options) {
    @Nullable String before = entry.options().get("version");
    @Nullable String after = options.get("version");
    if (!entry.type().equals("kv") || after == null || after.equals(before)) {
      return;
    }
    if (after.equals("1") && "2".equals(before)) {
      throw Refusal.bad("cannot downgrade mount from version 2");
    }
    if (!after.equals("1") && !after.equals("2")) {
      throw Refusal.bad("invalid version \"" + after + "\"");
    }
    call.warn(
        "Upgrading mount from version 1 to version "
            + after
            + ". This mount will be unavailable for a brief period and will resume service"
            + " shortly.");
  }

  /// Unmounts, after everything that was lent has been taken back. A mount that isn't there counts
  /// as unmounted.
  private Reply disable(Call call) {
    call.lock(LOCK);
    String path = MountNames.slashed(call.get(PATH));
    names.checkRemovable(path);
    Mounted mounted = names.at(path);
    if (mounted != null) {
      String mount = mounted.entry().path();
      leases.revokePrefix(mount, true);
      mounts.remove(Work.of(call), mounted);
      // What was given out until nobody could reach the mount any more.
      Work.of(call).onCommit(() -> leases.revokePrefix(mount, false));
    }
    return Reply.DONE;
  }
}
