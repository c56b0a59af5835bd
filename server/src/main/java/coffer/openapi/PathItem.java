package coffer.openapi;

import coffer.engine.EngineType.Family;
import coffer.engine.Operation;
import coffer.engine.Param;
import coffer.engine.Route;
import coffer.engine.Route.Access;
import coffer.mount.MountEntry;
import coffer.mount.MountTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// All that can be done at one path template. Used by one thread.
final class PathItem {
  private static final Map<String, Object> OK = Map.of("200", Map.of("description", "OK"));
  private static final Map<String, Object> EMPTY =
      Map.of("204", Map.of("description", "empty body"));

  private final MountEntry entry;
  private final List<Route> routes;
  private final Names names;
  private final Schemas schemas;

  PathItem(MountEntry entry, List<Route> routes, Names names, Schemas schemas) {
    this.entry = entry;
    this.routes = routes;
    this.names = names;
    this.schemas = schemas;
  }

  Map<String, Object> fields(MountPath at) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("description", routes.getFirst().summary());
    List<Map<String, Object>> parameters = parameters(at);
    if (!parameters.isEmpty()) {
      fields.put("parameters", parameters);
    }
    if (routes.stream().anyMatch(route -> route.exists() != null)) {
      fields.put("x-vault-createSupported", true);
    }
    if (has(Access.SUDO)) {
      fields.put("x-vault-sudo", true);
    }
    if (has(Access.OPEN) || has(Access.ALWAYS)) {
      fields.put("x-vault-unauthenticated", true);
    }
    get(fields);
    put(fields, "post", "write", find(Operation.UPDATE));
    put(fields, "patch", "patch", find(Operation.PATCH));
    put(fields, "delete", "delete", find(Operation.DELETE));
    return fields;
  }

  private boolean has(Access access) {
    return routes.stream().anyMatch(route -> route.access() == access);
  }

  private @Nullable Route find(Operation operation) {
    return routes.stream().filter(route -> route.operation() == operation).findAny().orElse(null);
  }

  private List<Map<String, Object>> parameters(MountPath at) {
    List<Map<String, Object>> parameters = new ArrayList<>();
    for (Param<?> param : routes.getFirst().params()) {
      if (param.where() == Param.Where.PATH) {
        parameters.add(Schemas.parameter(param, "path"));
      }
    }
    if (!at.parameter().isEmpty()) {
      parameters.add(at.declared());
    }
    return parameters;
  }

  /// Reading and listing are one method, told apart by the query.
  private void get(Map<String, Object> fields) {
    Route read = find(Operation.READ);
    Route list = find(Operation.LIST);
    Route scan = find(Operation.SCAN);
    Route first = read != null ? read : list != null ? list : scan;
    if (first == null) {
      return;
    }
    Map<String, Object> operation = operation(read == null ? "list" : "read", first);
    List<Map<String, Object>> query = new ArrayList<>();
    query(read, query);
    query(list, query);
    query(scan, query);
    if (list != null) {
      query.add(flag("list", "Return a list if `true`", read == null && scan == null));
    }
    if (scan != null) {
      query.add(flag("scan", "Return all that is below if `true`", read == null && list == null));
    }
    if (!query.isEmpty()) {
      operation.put("parameters", query);
    }
    operation.put("responses", OK);
    fields.put("get", operation);
  }

  private static void query(@Nullable Route route, List<Map<String, Object>> into) {
    if (route == null) {
      return;
    }
    for (Param<?> param : route.params()) {
      boolean known = into.stream().anyMatch(one -> Objects.equals(one.get("name"), param.name()));
      if (param.where() == Param.Where.FIELD && !known) {
        into.add(Schemas.parameter(param, "query"));
      }
    }
  }

  private static Map<String, Object> flag(String name, String help, boolean must) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "string");
    if (must) {
      schema.put("enum", List.of("true"));
    }
    String shown = must ? "Must be set to `true`" : help;
    return Schemas.parameter(name, shown, "query", schema, must);
  }

  private void put(Map<String, Object> fields, String method, String verb, @Nullable Route route) {
    if (route == null) {
      return;
    }
    Map<String, Object> operation = operation(verb, route);
    if (route.operation() == Operation.DELETE) {
      List<Map<String, Object>> query = new ArrayList<>();
      query(route, query);
      if (!query.isEmpty()) {
        operation.put("parameters", query);
      }
      operation.put("responses", EMPTY);
    } else {
      body(operation, route);
      operation.put("responses", OK);
    }
    fields.put(method, operation);
  }

  private Map<String, Object> operation(String verb, Route route) {
    Map<String, Object> operation = new LinkedHashMap<>();
    operation.put("summary", route.summary());
    operation.put("operationId", names.of(entry, verb, route.template().text()));
    operation.put("tags", List.of(tag()));
    return operation;
  }

  private String tag() {
    if (entry.family() == Family.AUTH) {
      return "auth";
    }
    return switch (entry.type()) {
      case MountTable.SYSTEM -> "system";
      case MountTable.IDENTITY -> "identity";
      default -> "secrets";
    };
  }

  private void body(Map<String, Object> operation, Route route) {
    List<Param<?>> taken =
        route.params().stream().filter(param -> param.where() == Param.Where.FIELD).toList();
    boolean whole = route.params().stream().anyMatch(one -> one.where() == Param.Where.WHOLE);
    if (taken.isEmpty() && !whole) {
      return;
    }
    Map<String, Object> schema =
        whole
            ? Map.of("type", "object")
            : schemas.body(Names.schema(Objects.toString(operation.get("operationId"))), taken);
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("required", true);
    body.put("content", Map.of("application/json", Map.of("schema", schema)));
    operation.put("requestBody", body);
  }
}
