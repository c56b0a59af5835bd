package coffer.secrets.kv;

import static coffer.secrets.kv.SecretPath.PATH;

import coffer.engine.Call;
import coffer.engine.Kind;
import coffer.engine.Operation;
import coffer.engine.Param;
import coffer.engine.Reply;
import coffer.engine.Route;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `subkeys/`: the names within a secret, without the values.
final class SubkeyRoutes {
  static final Param<Long> DEPTH =
      Param.field(
          "depth", Kind.INTEGER, "How many levels of names are shown; 0 for all of them.", 0L);

  private SubkeyRoutes() {}

  static List<Route> routes() {
    return List.of(
        Route.of(
            Operation.READ,
            "subkeys/{path...}",
            "Read the names within a version of a secret.",
            SubkeyRoutes::read,
            PATH,
            AskedVersion.VERSION,
            DEPTH));
  }

  private static Reply read(Call call) {
    if (BadPaths.isRoot(call)) {
      return BadPaths.unknown(call);
    }
    long depth = call.get(DEPTH);
    long levels = depth == 0 ? Long.MAX_VALUE : Math.max(1, depth);
    return AskedVersion.of(call)
        .answer(call, "subkeys", data -> data == null ? null : names(data, levels));
  }

  /// As deep as the secret is nested, and so as a request may be.
  private static Map<String, @Nullable Object> names(Map<?, ?> data, long levels) {
    var names = new LinkedHashMap<String, @Nullable Object>();
    data.forEach(
        (name, value) ->
            names.put(
                (String) name,
                levels > 1 && value instanceof Map<?, ?> nested && !nested.isEmpty()
                    ? names(nested, levels - 1)
                    : null));
    return names;
  }
}
