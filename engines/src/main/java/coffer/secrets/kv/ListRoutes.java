package coffer.secrets.kv;

import static coffer.secrets.kv.Listing.AFTER;
import static coffer.secrets.kv.Listing.LIMIT;
import static coffer.secrets.kv.SecretPath.PATH;

import coffer.engine.Call;
import coffer.engine.Operation;
import coffer.engine.Refusal;
import coffer.engine.Refusal.Why;
import coffer.engine.Reply;
import coffer.engine.Route;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Lists and scans of `metadata/`, and of `detailed-metadata/`, which say what is known of each
/// secret along with its name.
final class ListRoutes {
  /// The most secrets that one answer describes.
  private static final int MAX_DESCRIBED = 100_000;

  private ListRoutes() {}

  static List<Route> routes() {
    return List.of(
        Route.of(
            Operation.LIST,
            "metadata/{path...}",
            "List the names below a path.",
            Listing::list,
            PATH,
            AFTER,
            LIMIT),
        Route.of(
            Operation.SCAN,
            "metadata/{path...}",
            "List all secrets below a path.",
            Listing::scan,
            PATH),
        Route.of(
            Operation.LIST,
            "detailed-metadata/{path...}",
            "List the names below a path with what is known of each secret.",
            ListRoutes::list,
            PATH,
            AFTER,
            LIMIT),
        Route.of(
            Operation.SCAN,
            "detailed-metadata/{path...}",
            "List all secrets below a path with what is known of each.",
            ListRoutes::scan,
            PATH));
  }

  private static Reply list(Call call) {
    return described(call, Listing.page(call));
  }

  private static Reply scan(Call call) {
    List<String> names = Listing.below(call);
    return names.isEmpty() ? new Reply.Data(Map.of()) : described(call, names);
  }

  private static Reply described(Call call, List<String> names) {
    if (names.size() > MAX_DESCRIBED) {
      throw new Refusal(
          Why.TOO_LARGE, "more than " + MAX_DESCRIBED + " names: list them with after and limit");
    }
    String folder = SecretPath.ofFolder(call);
    var store = SecretStore.of(call);
    var info = new LinkedHashMap<String, Object>();
    for (String name : names) {
      Secret secret = name.endsWith("/") ? null : store.find(folder + name);
      info.put(name, secret == null ? Map.of() : secret.metadata());
    }
    return new Reply.Keys(names, info);
  }
}
