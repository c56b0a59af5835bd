package coffer.http;

import coffer.engine.Operation;
import coffer.exchange.Answer;
import org.jspecify.annotations.Nullable;

/// What a method and a query ask for.
///
/// @param operation what is to be done
/// @param flag the parameter that said so and is none of the engine's; empty for none
record Meaning(Operation operation, String flag) {

  static Meaning of(String method, Query query) {
    @Nullable Meaning meaning =
        switch (method) {
          case "GET", "HEAD" -> read(query);
          case "LIST" -> new Meaning(Operation.LIST, "");
          case "SCAN" -> new Meaning(Operation.SCAN, "");
          case "POST", "PUT" -> new Meaning(Operation.UPDATE, "");
          case "PATCH" -> new Meaning(Operation.PATCH, "");
          case "DELETE" -> new Meaning(Operation.DELETE, "");
          default -> null;
        };
    if (meaning == null) {
      throw new TurnedAway(405);
    }
    return query.first("help").isEmpty() ? meaning : new Meaning(Operation.HELP, "help");
  }

  private static Meaning read(Query query) {
    if (query.values().isEmpty()) {
      return new Meaning(Operation.READ, "");
    }
    boolean list = flag(query, "list");
    boolean scan = flag(query, "scan");
    if (list && scan) {
      throw new TurnedAway(Answer.error(400), false);
    }
    if (list) {
      return new Meaning(Operation.LIST, "list");
    }
    return scan ? new Meaning(Operation.SCAN, "scan") : new Meaning(Operation.READ, "");
  }

  private static boolean flag(Query query, String name) {
    return query.flag(name).orElseThrow(() -> new TurnedAway(400));
  }

  /// Lists are of what is below a path, so their paths end in `/`.
  String path(String path) {
    boolean lists = operation == Operation.LIST || operation == Operation.SCAN;
    return lists && !path.endsWith("/") ? path + "/" : path;
  }
}
