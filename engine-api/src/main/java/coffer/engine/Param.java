package coffer.engine;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One typed input of a route, declared once as a constant: parsing, validation, help, the OpenAPI
/// document and the docs derive from it.
///
/// @param where which part of the request it is taken from
/// @param fallback what [Call#get] gives where the caller left it out
public record Param<T>(
    String name, Where where, Kind<T> kind, String help, @Nullable T fallback, boolean required) {

  /// The part of a request that a parameter is taken from.
  public enum Where {
    /// A `{name}` of the route's template.
    PATH,
    /// A field of the JSON body; of the query string where the operation has no body.
    FIELD,
    /// The whole JSON body.
    WHOLE
  }

  /// The `{name}` of the template.
  public static Param<String> path(String name, String help) {
    return new Param<>(name, Where.PATH, Kind.STRING, help, "", true);
  }

  /// A field with no default: use [Call#find], or [Call#get] after [#need].
  public static <T> Param<T> field(String name, Kind<T> kind, String help) {
    return new Param<>(name, Where.FIELD, kind, help, null, false);
  }

  public static <T> Param<T> field(String name, Kind<T> kind, String help, T fallback) {
    return new Param<>(name, Where.FIELD, kind, help, fallback, false);
  }

  public static Param<String> string(String name, String help) {
    return field(name, Kind.STRING, help, "");
  }

  public static Param<Boolean> flag(String name, String help) {
    return field(name, Kind.BOOLEAN, help, false);
  }

  public static Param<List<String>> strings(String name, String help) {
    return field(name, Kind.STRINGS, help, List.of());
  }

  /// The whole body as one JSON object.
  public static Param<Map<String, Object>> whole(String help) {
    return new Param<>("", Where.WHOLE, Kind.MAP, help, Map.of(), false);
  }

  /// The same, but a request without it is refused.
  public Param<T> need() {
    return new Param<>(name, where, kind, help, fallback, true);
  }
}
