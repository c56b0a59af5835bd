package coffer.sys;

import static coffer.engine.Operation.READ;

import coffer.engine.Call;
import coffer.engine.EngineType.Family;
import coffer.engine.Param;
import coffer.engine.Refusal;
import coffer.engine.Refusal.Why;
import coffer.engine.Reply;
import coffer.engine.Route;
import coffer.identity.Powers;
import coffer.mount.MountEntry;
import coffer.mount.MountTable;
import coffer.mount.Mounted;
import coffer.policy.Acl;
import coffer.token.TokenStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `sys/internal/ui`: what command lines and user interfaces must know before they know what the
/// caller may do. Open to anybody; shows no more than the caller's token reaches.
public final class InternalRoutes {
  private static final Param<String> PATH = Param.path("path", "A path at or below a mount.");

  private final Sight sight;

  public InternalRoutes(MountTable mounts, TokenStore tokens, Powers powers) {
    this.sight = new Sight(mounts, tokens, powers);
  }

  public List<Route> routes() {
    return List.of(
        Route.of(READ, "internal/ui/mounts", "List the mounts within reach.", this::mounts).open(),
        Route.of(
                READ,
                "internal/ui/mounts/{path+}",
                "Look at the mount of a path.",
                this::mount,
                PATH)
            .open(),
        Route.of(READ, "internal/ui/namespaces", "List the namespaces within reach.", this::none)
            .open(),
        Route.of(
            READ, "internal/ui/resultant-acl", "Show what the token may do.", this::resultant));
  }

  private Reply mounts(Call call) {
    if (sight.isFalse(call)) {
      throw Refusal.denied();
    }
    Acl acl = sight.acl(call);
    Map<String, Object> auth = new LinkedHashMap<>();
    Map<String, Object> secret = new LinkedHashMap<>();
    for (Mounted one : sight.mounts().all()) {
      MountEntry entry = one.entry();
      boolean reached = Sight.reaches(acl, one);
      if (reached || Sight.isPublic(one)) {
        (entry.family() == Family.AUTH ? auth : secret)
            .put(entry.shortPath(), reached ? MountView.of(entry) : brief(entry));
      }
    }
    return new Reply.Data(Map.of("auth", auth, "secret", secret));
  }

  private static Map<String, Object> brief(MountEntry entry) {
    return Map.of(
        "description", entry.description(), "options", entry.options(), "type", entry.type());
  }

  private Reply mount(Call call) {
    String path = MountNames.slashed(call.get(PATH));
    Acl acl = sight.acl(call);
    if (acl == null) {
      throw Refusal.denied();
    }
    Mounted mounted = sight.mounts().find(path);
    if (mounted == null || !acl.reaches(mounted.entry().path())) {
      throw new Refusal(
          Why.DENIED,
          "preflight capability check returned 403, please ensure client's policies grant access"
              + " to path \""
              + path
              + "\"");
    }
    Map<String, @Nullable Object> data = new LinkedHashMap<>(MountView.of(mounted.entry()));
    data.put("path", mounted.entry().path());
    return new Reply.Data(data);
  }

  private Reply none(Call call) {
    return new Reply.Data(Map.of());
  }

  private Reply resultant(Call call) {
    Acl acl = sight.acl(call);
    if (acl == null) {
      throw Refusal.denied();
    }
    return new Reply.Data(acl.isRoot() ? Map.of("root", true) : acl.shown());
  }
}
