package coffer.config;

import coffer.hcl.HclException;
import coffer.hcl.Item;
import coffer.hcl.Key;
import coffer.hcl.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One audit device that is there from the start: `audit "file" "main/" { … }`.
///
/// @param path under which it is listed
public record AuditConfig(
    String type, String path, String description, boolean local, Map<String, String> options) {

  static List<AuditConfig> readAll(Section section) {
    var found = new ArrayList<AuditConfig>();
    for (Item item : section.raw("audit")) {
      List<String> names = item.keys().stream().skip(1).map(Key::name).toList();
      collect(item, item.value(), names, section, found);
    }
    return found;
  }

  /// Goes down until type and path are known, by labels, by nesting, or by keys of their names.
  private static void collect(
      Item item, Value value, List<String> names, Section section, List<AuditConfig> found) {
    if (value instanceof Value.Many many) {
      many.values().forEach(one -> collect(item, one, names, section, found));
      return;
    }
    Value.Body body = value.body();
    if (names.size() == 2 || body.value("type").isPresent()) {
      found.add(read(item, names, section.within(body)));
      return;
    }
    if (names.size() > 2 || body.items().isEmpty()) {
      throw new HclException(item.at(), "audit needs a type and a path");
    }
    for (Item inner : body.items()) {
      var longer = new ArrayList<>(names);
      inner.keys().forEach(key -> longer.add(key.name()));
      collect(inner, inner.value(), longer, section, found);
    }
  }

  private static AuditConfig read(Item item, List<String> names, Section section) {
    String type = section.text("type").orElse(names.isEmpty() ? "" : names.getFirst());
    String path = section.text("path").orElse(names.isEmpty() ? "" : names.getLast());
    if (type.isEmpty() || path.isEmpty()) {
      throw new HclException(item.at(), "audit needs a type and a path");
    }
    String description = section.text("description").orElse("");
    boolean local = section.flag("local", false);
    Map<String, String> options = new LinkedHashMap<>();
    section.value("options").ifPresent(value -> options(value, options));
    section.close();
    return new AuditConfig(type, path, description, local, Map.copyOf(options));
  }

  private static void options(Value value, Map<String, String> into) {
    if (value instanceof Value.Many many) {
      many.values().forEach(one -> options(one, into));
      return;
    }
    for (Item item : value.body().items()) {
      into.put(item.key().name(), text(item.value()));
    }
  }

  private static String text(Value value) {
    return value instanceof Value.Flag flag ? String.valueOf(flag.value()) : value.text();
  }
}
