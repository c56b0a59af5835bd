package coffer.sys;

import static coffer.engine.Operation.READ;
import static coffer.engine.Operation.UPDATE;

import coffer.engine.Call;
import coffer.engine.Param;
import coffer.engine.Refusal;
import coffer.engine.Reply;
import coffer.engine.Route;
import coffer.identity.Powers;
import coffer.json.Json;
import coffer.mount.MountTable;
import coffer.mount.Mounted;
import coffer.openapi.Document;
import coffer.token.TokenStore;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.List;

/// `sys/internal/specs/openapi`: the API as a document, as far as the caller's token reaches. Open
/// to anybody.
public final class OpenApiRoutes {
  private static final int MAX_CONTEXT = 128;

  /// How many documents are kept: a few kinds of callers each ask for the same.
  private static final int CACHED = 8;

  private static final Param<Boolean> GENERIC =
      Param.flag("generic_mount_paths", "Put parameters where the paths of mounts are.");
  private static final Param<String> CONTEXT =
      Param.string("context", "What the id of every operation ends with.");

  /// What a document depends on. Mounts that changed aren't equal to what they were.
  private record Wanted(List<Mounted> mounts, boolean generic, String context) {}

  private final Cache<Wanted, byte[]> documents = Caffeine.newBuilder().maximumSize(CACHED).build();
  private final Sight sight;

  public OpenApiRoutes(MountTable mounts, TokenStore tokens, Powers powers) {
    this.sight = new Sight(mounts, tokens, powers);
  }

  public List<Route> routes() {
    String path = "internal/specs/openapi";
    String summary = "Describe the API as an OpenAPI document.";
    return List.of(
        Route.of(READ, path, summary, this::document, GENERIC).open(),
        Route.of(UPDATE, path, summary, this::document, GENERIC, CONTEXT).open());
  }

  private Reply document(Call call) {
    if (sight.isFalse(call)) {
      throw Refusal.denied();
    }
    String context = call.operation() == READ ? "" : call.get(CONTEXT);
    if (context.length() > MAX_CONTEXT) {
      throw Refusal.bad("the context is longer than " + MAX_CONTEXT + " characters");
    }
    var wanted = new Wanted(sight.visible(call), call.get(GENERIC), context);
    return new Reply.Raw(200, "application/json", documents.get(wanted, OpenApiRoutes::bytes));
  }

  private static byte[] bytes(Wanted wanted) {
    return Json.bytes(Document.of(wanted.mounts, wanted.generic, wanted.context));
  }
}
