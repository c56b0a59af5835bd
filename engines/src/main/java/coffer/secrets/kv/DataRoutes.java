package coffer.secrets.kv;

import static coffer.secrets.kv.SecretPath.PATH;

import coffer.engine.Call;
import coffer.engine.Kind;
import coffer.engine.Operation;
import coffer.engine.Param;
import coffer.engine.Refusal;
import coffer.engine.Reply;
import coffer.engine.Route;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `data/`: reads and writes versions, and deletes the current one.
final class DataRoutes {
  static final Param<Map<String, Object>> DATA =
      Param.field("data", Kind.MAP, "The secret: any JSON object.").need();
  static final Param<Map<String, Object>> PATCH =
      Param.field("data", Kind.MAP, "What to change of the secret, as a JSON merge patch.").need();

  private static final String TEMPLATE = "data/{path...}";

  private DataRoutes() {}

  static List<Route> routes() {
    return List.of(
        Route.of(
            Operation.READ,
            TEMPLATE,
            "Read a version of a secret.",
            DataRoutes::read,
            PATH,
            AskedVersion.VERSION),
        Route.of(
                Operation.UPDATE,
                TEMPLATE,
                "Write a new version of a secret.",
                DataRoutes::write,
                PATH,
                DATA,
                CheckAndSet.OPTIONS)
            .creating(call -> SecretStore.of(call).has(call.get(PATH))),
        Route.of(
            Operation.PATCH,
            TEMPLATE,
            "Write a new version that changes a part of the current one.",
            DataRoutes::patch,
            PATH,
            PATCH,
            CheckAndSet.OPTIONS),
        Route.of(
            Operation.DELETE,
            TEMPLATE,
            "Delete the current version of a secret, which can be undone.",
            DataRoutes::delete,
            PATH));
  }

  private static Reply read(Call call) {
    if (BadPaths.isRoot(call)) {
      return BadPaths.root(call);
    }
    return AskedVersion.of(call).answer(call, "data", data -> data);
  }

  private static Reply write(Call call) {
    if (BadPaths.isRoot(call)) {
      return BadPaths.root(call);
    }
    String path = SecretPath.ofWrite(call);
    Map<String, Object> data = given(call, DATA);
    var store = SecretStore.of(call);
    Settings mount = store.mountSettings();
    call.lock(path);
    Secret found = store.find(path);
    Secret old = found == null ? Secret.fresh(call.now()) : found;
    CheckAndSet.data(call, mount, old);
    return add(call, path, mount, old, data);
  }

  private static Reply patch(Call call) {
    if (BadPaths.isRoot(call)) {
      return BadPaths.root(call);
    }
    String path = SecretPath.ofWrite(call);
    Map<String, Object> changes = given(call, PATCH);
    var store = SecretStore.of(call);
    Settings mount = store.mountSettings();
    call.lock(path);
    Secret old = store.find(path);
    if (old == null) {
      return SecretPath.NOTHING_TO_PATCH;
    }
    CheckAndSet.data(call, mount, old);
    SecretVersion current = old.version(old.current());
    if (current == null) {
      return SecretPath.NOTHING_TO_PATCH;
    }
    if (current.isGone(call.now())) {
      return new Reply.Missing(old.about(old.current(), current));
    }
    return add(
        call, path, mount, old, changes == null ? null : MergePatch.apply(old.data(), changes));
  }

  /// The data, which may be null but must be given.
  private static @Nullable Map<String, Object> given(Call call, Param<Map<String, Object>> param) {
    if (!SettingsParams.given(call, param)) {
      throw Refusal.bad("no data provided");
    }
    return call.find(param).orElse(null);
  }

  private static Reply add(
      Call call, String path, Settings mount, Secret old, @Nullable Map<String, Object> data) {
    String deletion = Settings.deletion(mount, old.settings(), call.now());
    var version = new SecretVersion(Timestamp.of(call.now()), deletion, false);
    Secret secret = old.plus(version, data, Settings.maxVersions(mount, old.settings()));
    SecretStore.of(call).put(path, old, secret);
    return new Reply.Data(secret.about(secret.current(), version));
  }

  private static Reply delete(Call call) {
    if (BadPaths.isRoot(call)) {
      return BadPaths.root(call);
    }
    String path = call.get(PATH);
    var store = SecretStore.of(call);
    call.lock(path);
    Secret secret = store.find(path);
    SecretVersion current = secret == null ? null : secret.version(secret.current());
    if (secret != null && current != null && !current.isGone(call.now())) {
      store.put(path, secret.with(secret.current(), current.deletedAt(Timestamp.of(call.now()))));
    }
    return Reply.DONE;
  }
}
