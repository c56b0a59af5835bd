package coffer.engine.testing;

import coffer.engine.Operation;
import coffer.engine.Refusal;
import coffer.engine.Reply;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What came of a call, in the terms of HTTP.
///
/// @param operation what the call counted as: a create where there was nothing yet
/// @param data empty where there is none
/// @param reply null for a refusal
public record Outcome(
    Operation operation,
    int status,
    Map<String, Object> data,
    List<String> warnings,
    List<String> errors,
    @Nullable Reply reply) {

  static Outcome of(Operation operation, Reply reply, List<String> warnings) {
    int status =
        switch (reply) {
          case Reply.Done done -> warnings.isEmpty() ? 204 : 200;
          case Reply.Accepted accepted -> 202;
          case Reply.Missing missing -> 404;
          case Reply.Keys keys -> keys.keys().isEmpty() ? 404 : 200;
          case Reply.Raw raw -> raw.status();
          case Reply.Data data -> 200;
          case Reply.Lend lend -> 200;
          case Reply.Welcome welcome -> 200;
          case Reply.RenewToken renew -> 200;
          case Reply.RenewLease renew -> 200;
        };
    Map<String, ?> data =
        switch (reply) {
          case Reply.Data given -> given.data();
          case Reply.Missing missing -> missing.data();
          case Reply.Lend lend -> lend.data();
          case Reply.Keys keys -> shown(keys);
          case Reply.Done done -> Map.of();
          case Reply.Accepted accepted -> Map.of();
          case Reply.Raw raw -> Map.of();
          case Reply.Welcome welcome -> Map.of();
          case Reply.RenewToken renew -> Map.of();
          case Reply.RenewLease renew -> Map.of();
        };
    return new Outcome(operation, status, Json.stored(data), warnings, List.of(), reply);
  }

  static Outcome of(Operation operation, Refusal refusal) {
    return new Outcome(
        operation, refusal.why().status(), Map.of(), List.of(), refusal.errors(), null);
  }

  private static Map<String, ?> shown(Reply.Keys keys) {
    var shown = new LinkedHashMap<String, Object>();
    if (!keys.keys().isEmpty()) {
      shown.put("keys", keys.keys());
    }
    if (!keys.info().isEmpty()) {
      shown.put("key_info", keys.info());
    }
    return shown;
  }

  /// A value within the data, by the names that lead to it.
  public @Nullable Object at(String... names) {
    Object value = data;
    for (String name : names) {
      if (!(value instanceof Map<?, ?> map) || !map.containsKey(name)) {
        throw new AssertionError("no " + String.join(".", names) + " in " + data);
      }
      value = map.get(name);
    }
    return value;
  }
}
