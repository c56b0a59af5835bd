package coffer.secrets.kv;

import coffer.engine.Call;
import coffer.engine.Operation;
import coffer.engine.Param;
import coffer.engine.Refusal;
import coffer.engine.Reply;
import coffer.engine.Route;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Paths that lead nowhere in a mount of version 2, often because they were meant for version 1: a
/// 404 that says so.
final class BadPaths {
  static final Param<String> PATH = Param.path("path", "A path that is not of version 2.");
  static final Param<Map<String, Object>> BODY = Param.whole("What was meant for version 1.");

  /// The folders of the API that tell a path to them from a path into them.
  private static final Set<String> ROOTS =
      Set.of("data", "delete", "destroy", "metadata", "undelete");

  /// Those that don't.
  private static final Set<String> OTHERS = Set.of("detailed-metadata", "subkeys");

  private BadPaths() {}

  static List<Route> routes() {
    return List.of(
        route(Operation.READ),
        route(Operation.UPDATE),
        route(Operation.PATCH),
        route(Operation.DELETE),
        route(Operation.LIST),
        route(Operation.SCAN));
  }

  private static Route route(Operation operation) {
    return Route.of(
        operation,
        "{path...}",
        "Say that this path is not of version 2.",
        BadPaths::unrouted,
        operation.writes() ? new Param<?>[] {PATH, BODY} : new Param<?>[] {PATH});
  }

  /// Whether the path is one of the API's folders itself, without a `/`.
  static boolean isRoot(Call call) {
    return call.path().indexOf('/') < 0;
  }

  static Reply root(Call call) {
    call.warn("Non-listing operations on the root of a K/V v2 mount are not supported.");
    return new Reply.Missing(Map.of());
  }

  private static Reply unrouted(Call call) {
    String path = call.path();
    int slash = path.indexOf('/');
    String folder = slash < 0 ? path : path.substring(0, slash);
    boolean lists = call.operation() == Operation.LIST || call.operation() == Operation.SCAN;
    boolean into = slash >= 0 || lists;
    if (ROOTS.contains(folder)) {
      return into ? unsupported() : root(call);
    }
    boolean known = into ? OTHERS.contains(folder) : folder.equals("config");
    return known ? unsupported() : unknown(call);
  }

  /// The path is one of the API's, but not for this operation.
  private static Reply unsupported() {
    throw Refusal.unsupported();
  }

  static Reply unknown(Call call) {
    String command =
        switch (call.operation()) {
          case READ, HELP -> "get";
          case CREATE, UPDATE -> "put";
          case PATCH -> "patch";
          case DELETE -> "delete";
          case LIST -> "list";
          case SCAN -> "scan";
        };
    call.warn(
        "Invalid path for a versioned K/V secrets engine. See the API docs for the appropriate API"
            + " endpoints to use. If using the Coffer CLI, use 'coffer kv "
            + command
            + "' for this operation.");
    return new Reply.Missing(Map.of());
  }
}
