package coffer.openapi;

import coffer.engine.Kind;
import coffer.engine.Param;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What parameters and bodies are like, in the words of JSON Schema. Used by one thread.
final class Schemas {
  private final Map<String, Object> bodies = new TreeMap<>();

  /// The bodies of requests by name.
  Map<String, Object> all() {
    return bodies;
  }

  /// Adds the body of a request and returns the reference to it.
  Map<String, Object> body(String name, List<Param<?>> fields) {
    Map<String, Object> properties = new TreeMap<>();
    fields.forEach(param -> properties.put(param.name(), property(param)));
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    schema.put("properties", properties);
    List<String> needed =
        fields.stream().filter(Param::required).map(Param::name).sorted().toList();
    if (!needed.isEmpty()) {
      schema.put("required", needed);
    }
    bodies.put(name, schema);
    return Map.of("$ref", "#/components/schemas/" + name);
  }

  /// A field of a body.
  private static Map<String, Object> property(Param<?> param) {
    Map<String, Object> schema = new LinkedHashMap<>(type(param.kind()));
    schema.put("description", param.help());
    Object fallback = shown(param.fallback());
    if (fallback != null) {
      schema.put("default", fallback);
    }
    return schema;
  }

  private static @Nullable Object shown(@Nullable Object fallback) {
    return switch (fallback) {
      case null -> null;
      case String text -> text.isEmpty() ? null : text;
      case Duration time -> time.isZero() ? null : time.toSeconds();
      case Collection<?> items -> items.isEmpty() ? null : items;
      case Map<?, ?> map -> map.isEmpty() ? null : map;
      default -> fallback;
    };
  }

  private static Map<String, Object> type(Kind<?> kind) {
    return switch (kind.name()) {
      case "integer", "boolean", "string" -> Map.of("type", kind.name());
      case "number" -> formatted("number", "float");
      case "duration" -> formatted("integer", "seconds");
      case "time" -> formatted("string", "date-time");
      case "strings" -> listOf("string");
      case "integers" -> listOf("integer");
      case "array" -> listOf("object");
      case "object" -> formatted("object", "map");
      case "pairs" -> formatted("object", "kvpairs");
      default -> Map.of();
    };
  }

  private static Map<String, Object> formatted(String type, String format) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", type);
    schema.put("format", format);
    return schema;
  }

  private static Map<String, Object> listOf(String type) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "array");
    schema.put("items", Map.of("type", type));
    return schema;
  }

  /// A parameter in the path or in the query.
  static Map<String, Object> parameter(Param<?> param, String where) {
    Map<String, Object> schema = new LinkedHashMap<>(type(param.kind()));
    Object fallback = shown(param.fallback());
    if (fallback != null) {
      schema.put("default", fallback);
    }
    return parameter(param.name(), param.help(), where, schema, param.required());
  }

  static Map<String, Object> parameter(
      String name, String help, String where, Map<String, Object> schema, boolean required) {
    Map<String, Object> parameter = new LinkedHashMap<>();
    parameter.put("name", name);
    parameter.put("description", help);
    parameter.put("in", where);
    parameter.put("schema", schema);
    if (required) {
      parameter.put("required", true);
    }
    return parameter;
  }
}
