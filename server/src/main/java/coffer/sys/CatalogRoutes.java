package coffer.sys;

import static coffer.engine.Operation.DELETE;
import static coffer.engine.Operation.LIST;
import static coffer.engine.Operation.READ;
import static coffer.engine.Operation.UPDATE;

import coffer.engine.Call;
import coffer.engine.EngineType;
import coffer.engine.EngineType.Family;
import coffer.engine.Param;
import coffer.engine.Refusal;
import coffer.engine.Reply;
import coffer.engine.Route;
import coffer.engine.Version;
import coffer.mount.MountTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// `sys/plugins`: the engines and methods that can be mounted. All of them are a part of the
/// program, so there is nothing to register, and nothing to reload.
public final class CatalogRoutes {
  private static final String VERSION = "v" + Version.COMPATIBLE + "+builtin.vault";
  private static final String BUILT_IN =
      "plugins outside of the server are not supported: what can be mounted is built in";
  private static final String DATABASE = "database";

  private static final Param<String> TYPE =
      Param.path("type", "Of which type: `auth`, `database` or `secret`.");
  private static final Param<String> NAME = Param.path("name", "The name.");
  private static final Param<List<String>> MOUNTS =
      Param.strings("mounts", "The paths of the mounts to reload.");
  private static final Param<String> PLUGIN =
      Param.string("plugin", "The name of what to reload, wherever it is mounted.");
  private static final Param<String> SCOPE = Param.string("scope", "How far: empty, or `global`.");

  private final MountTable mounts;

  public CatalogRoutes(MountTable mounts) {
    this.mounts = mounts;
  }

  public List<Route> routes() {
    String one = "plugins/catalog/{type}/{name}";
    String old = "plugins/catalog/{name}";
    String register = "Refuse to register a plugin.";
    String remove = "Refuse to remove a plugin.";
    return List.of(
        Route.of(READ, "plugins/catalog", "List what can be mounted.", this::all),
        Route.of(LIST, "plugins/catalog/{type}", "List what there is of a type.", this::list, TYPE)
            .sudo(),
        Route.of(READ, one, "Look at something that can be mounted.", this::read, TYPE, NAME)
            .sudo(),
        Route.of(UPDATE, one, register, this::refuse, TYPE, NAME).sudo(),
        Route.of(DELETE, one, remove, this::refuse, TYPE, NAME).sudo(),
        Route.of(READ, old, "Say that a type is needed.", this::untyped, NAME).sudo(),
        Route.of(UPDATE, old, register, this::refuse, NAME).sudo(),
        Route.of(DELETE, old, remove, this::refuse, NAME).sudo(),
        Route.of(
            UPDATE,
            "plugins/reload/backend",
            "Begin with mounts anew.",
            this::reload,
            MOUNTS,
            PLUGIN,
            SCOPE));
  }

  private static @Nullable Family family(String type) {
    return switch (type) {
      case "auth" -> Family.AUTH;
      case "secret" -> Family.SECRET;
      default -> null;
    };
  }

  /// By name; nothing of what every server has anyway.
  private Stream<String> names(Family family) {
    return mounts.types().stream()
        .filter(type -> type.family() == family && !MountTable.isSingle(type.name()))
        .map(EngineType::name)
        .sorted();
  }

  private Reply all(Call call) {
    List<Map<String, Object>> detailed = new ArrayList<>();
    names(Family.AUTH).forEach(name -> detailed.add(detail("auth", name)));
    names(Family.SECRET).forEach(name -> detailed.add(detail("secret", name)));
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("auth", names(Family.AUTH).toList());
    data.put(DATABASE, List.of());
    data.put("detailed", detailed);
    data.put("secret", names(Family.SECRET).toList());
    return new Reply.Data(data);
  }

  private static Map<String, Object> detail(String type, String name) {
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("builtin", true);
    detail.put("deprecation_status", "supported");
    detail.put("name", name);
    detail.put("type", type);
    detail.put("version", VERSION);
    return detail;
  }

  private Reply list(Call call) {
    String type = call.get(TYPE);
    Family family = family(type);
    if (family == null && !type.equals(DATABASE)) {
      throw Refusal.unsupported();
    }
    return new Reply.Keys(family == null ? List.of() : names(family).toList());
  }

  private Reply read(Call call) {
    Family family = family(call.get(TYPE));
    String name = call.get(NAME);
    if (family == null && !call.get(TYPE).equals(DATABASE)) {
      return untyped(call, call.get(TYPE) + "/" + name);
    }
    if (family == null || names(family).noneMatch(name::equals)) {
      throw Refusal.absent();
    }
    Map<String, @Nullable Object> data = new LinkedHashMap<>();
    data.put("args", null);
    data.put("builtin", true);
    data.put("command", "");
    data.put("declarative", false);
    data.put("deprecation_status", "supported");
    data.put("name", name);
    data.put("oci", false);
    data.put("sha256", "");
    data.put("version", VERSION);
    return new Reply.Data(data);
  }

  private Reply untyped(Call call) {
    if (family(call.get(NAME)) != null || call.get(NAME).equals(DATABASE)) {
      throw Refusal.unsupported();
    }
    return untyped(call, call.get(NAME));
  }

  private static Reply untyped(Call call, String name) {
    call.warn(
        "Deprecated API endpoint, cannot read plugin information from catalog for \""
            + name
            + "\"");
    return Reply.DONE;
  }

  private Reply refuse(Call call) {
    throw Refusal.bad(BUILT_IN);
  }

  /// An engine keeps nothing in memory that its storage doesn't have, so this only checks whether
  /// the mounts are there.
  private Reply reload(Call call) {
    String plugin = call.get(PLUGIN);
    List<String> paths = call.get(MOUNTS);
    if (plugin.isEmpty() && paths.isEmpty()) {
      throw Refusal.bad("plugin or mounts must be provided");
    }
    if (!plugin.isEmpty() && !paths.isEmpty()) {
      throw Refusal.bad("plugin and mounts cannot be set at the same time");
    }
    if (!call.get(SCOPE).isEmpty() && !call.get(SCOPE).equals("global")) {
      throw Refusal.bad("scope must be unset or \"global\"");
    }
    for (String path : paths) {
      if (mounts.at(MountNames.slashed(path)) == null) {
        throw Refusal.bad(Refusal.listed("cannot fetch mount entry on \"" + path + "\""));
      }
    }
    if (!plugin.isEmpty() && mounts.types().stream().noneMatch(type -> isNamed(type, plugin))) {
      throw Refusal.bad("plugin not found in the catalog: \"" + plugin + "\"");
    }
    return new Reply.Data(Map.of("reload_id", mounts.newUuid()));
  }

  private static boolean isNamed(EngineType type, String plugin) {
    return type.name().equals(plugin);
  }
}
