package coffer.secrets.kv;

import static coffer.engine.Operation.DELETE;
import static coffer.engine.Operation.LIST;
import static coffer.engine.Operation.READ;
import static coffer.engine.Operation.SCAN;
import static coffer.engine.Operation.UPDATE;
import static coffer.secrets.kv.SecretPath.PATH;

import coffer.engine.Call;
import coffer.engine.Durations;
import coffer.engine.Engine;
import coffer.engine.Param;
import coffer.engine.Refusal;
import coffer.engine.Reply;
import coffer.engine.Route;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Key/value secrets, version 1: one JSON object a path, and no history. A write replaces what was
/// there.
public final class KvV1 implements Engine {
  static final Param<Map<String, Object>> SECRET =
      Param.whole(
          "The secret: any JSON object. Its field ttl, or lease, tells readers after how long to read"
              + " it again.");

  @Override
  public List<Route> routes() {
    return List.of(
        Route.of(READ, "{path...}", "Read a secret.", this::read, PATH),
        Route.of(UPDATE, "{path...}", "Write a secret.", this::write, PATH, SECRET)
            .creating(call -> SecretStore.of(call).has(call.get(PATH))),
        Route.of(DELETE, "{path...}", "Delete a secret.", this::delete, PATH),
        Route.of(LIST, "{path...}", "List the names below a path.", Listing::folder, PATH),
        Route.of(SCAN, "{path...}", "List all secrets below a path.", Listing::scan, PATH));
  }

  private Reply read(Call call) {
    Map<String, Object> data =
        call.storage().get(SecretStore.key(call.get(PATH))).map(SecretForm::data).orElse(null);
    if (data == null) {
      throw Refusal.absent();
    }
    return new Reply.Data(data, refresh(data, call.mount().defaultTtl()));
  }

  /// A hint from who writes a secret to who reads it; one that can't be read says nothing.
  private static Duration refresh(Map<String, Object> data, Duration fallback) {
    boolean named = data.containsKey("ttl");
    if (!named && !data.containsKey("lease")) {
      return fallback;
    }
    return parse(data.get(named ? "ttl" : "lease"), fallback);
  }

  private static Duration parse(@Nullable Object hint, Duration fallback) {
    try {
      return Durations.parse(hint);
    } catch (IllegalArgumentException e) {
      return fallback;
    }
  }

  private Reply write(Call call) {
    if (call.get(PATH).isEmpty()) {
      throw Refusal.bad("missing path");
    }
    String path = SecretPath.ofWrite(call);
    Map<String, Object> secret = call.get(SECRET);
    if (secret.isEmpty()) {
      throw Refusal.bad("missing data fields");
    }
    call.storage().put(SecretStore.key(path), SecretForm.plain(secret, call.now()));
    return Reply.DONE;
  }

  private Reply delete(Call call) {
    call.storage().delete(SecretStore.key(call.get(PATH)));
    return Reply.DONE;
  }
}
