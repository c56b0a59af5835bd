package coffer.sys;

import static coffer.engine.Operation.READ;

import coffer.engine.Call;
import coffer.engine.Param;
import coffer.engine.Refusal;
import coffer.engine.Refusal.Why;
import coffer.engine.Reply;
import coffer.engine.Route;
import coffer.mount.MountEntry;
import coffer.mount.MountTable;
import coffer.mount.Mounted;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// `sys/internal/inspect/router`: the mounts by what they can be found by. Only where the
/// configuration says `introspection_endpoint`.
public final class RouterRoutes {
  private static final Param<String> TAG =
      Param.path("tag", "By what: `root`, `uuid`, `accessor` or `storage`.");

  private final MountTable mounts;

  public RouterRoutes(MountTable mounts) {
    this.mounts = mounts;
  }

  public List<Route> routes() {
    return List.of(
        Route.of(
                READ,
                "internal/inspect/router/{tag}",
                "List the mounts by what they can be found by.",
                this::list,
                TAG)
            .sudo());
  }

  private Reply list(Call call) {
    String tag = call.get(TAG);
    return new Reply.Data(
        Map.of(
            tag,
            switch (tag) {
              case "root" -> sorted(one -> one.entry().path(), true);
              case "storage" -> sorted(Mounted::prefix, true);
              case "uuid" -> sorted(one -> one.entry().uuid(), false);
              case "accessor" -> sorted(one -> one.entry().accessor(), false);
              default -> throw new Refusal(Why.ABSENT, Refusal.listed("unsupported path"));
            }));
  }

  private List<Map<String, Object>> sorted(Function<Mounted, String> key, boolean prefixes) {
    return mounts.all().stream()
        .sorted(Comparator.comparing(key))
        .map(one -> shown(one, prefixes))
        .toList();
  }

  private static Map<String, Object> shown(Mounted mounted, boolean prefix) {
    MountEntry entry = mounted.entry();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("accessor", entry.accessor());
    fields.put("mount_namespace", "");
    fields.put("mount_path", entry.shortPath());
    fields.put("mount_type", entry.type());
    if (prefix) {
      fields.put("storage_prefix", mounted.prefix());
      fields.put("tainted", false);
    }
    fields.put("uuid", entry.uuid());
    return fields;
  }
}
