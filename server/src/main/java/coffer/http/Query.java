package coffer.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The names and values of a URL's query, or of a form, in their order. Pairs that are not well
/// formed are left out; [#broken] says whether there were any.
///
/// @param values by name; a name that came once has one
record Query(Map<String, List<String>> values, boolean broken) {
  private static final int MAX_PAIRS = 1_000;
  private static final Query EMPTY = new Query(Map.of(), false);

  static Query parse(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return EMPTY;
    }
    Map<String, List<String>> values = new LinkedHashMap<>();
    boolean broken = false;
    for (String pair : text.split("&", MAX_PAIRS + 1)) {
      if (!pair.isEmpty()) {
        broken |= !read(pair, values);
      }
    }
    return new Query(values, broken);
  }

  /// A `;` was once another `&`: nobody knows what it means to a proxy, so the pair is dropped.
  /// What comes after the last allowed pair has an `&` in it and is dropped too.
  private static boolean read(String pair, Map<String, List<String>> into) {
    int equals = pair.indexOf('=');
    String name = Percent.decodeField(equals < 0 ? pair : pair.substring(0, equals));
    String value = Percent.decodeField(equals < 0 ? "" : pair.substring(equals + 1));
    if (name == null || value == null || pair.indexOf(';') >= 0 || pair.indexOf('&') >= 0) {
      return false;
    }
    into.computeIfAbsent(name, key -> new ArrayList<>(1)).add(value);
    return true;
  }

  /// The first value of a name; empty where it is absent.
  String first(String name) {
    List<String> found = values.get(name);
    return found == null ? "" : found.getFirst();
  }

  /// What a name says, yes or no; no where it says nothing; empty where that is neither.
  Optional<Boolean> flag(String name) {
    return switch (first(name)) {
      case "", "0", "f", "F", "false", "False", "FALSE" -> Optional.of(false);
      case "1", "t", "T", "true", "True", "TRUE" -> Optional.of(true);
      default -> Optional.empty();
    };
  }

  /// As fields of a request: a text, or a list where a name came several times.
  Map<String, Object> fields(String without) {
    if (values.isEmpty()) {
      return Map.of();
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    values.forEach((name, all) -> fields.put(name, all.size() == 1 ? all.getFirst() : all));
    fields.remove(without);
    fields.remove("help");
    return fields;
  }

  /// As fields of a form: several values in one text, with commas.
  Map<String, Object> formFields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    values.forEach((name, all) -> fields.put(name, String.join(",", all)));
    return fields;
  }
}
