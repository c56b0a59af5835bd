package coffer.identity;

import coffer.json.Fields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Entities and groups as they are stored. What is empty is left out.
final class IdentityCodec {
  private IdentityCodec() {}

  static Map<String, Object> fields(Entity entity) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", entity.name());
    put(fields, "metadata", entity.metadata());
    put(fields, "policies", entity.policies());
    if (entity.disabled()) {
      fields.put("disabled", true);
    }
    put(fields, "aliases", entity.aliases().stream().map(IdentityCodec::fields).toList());
    put(fields, "merged", entity.merged());
    fields.put("created", Fields.nanos(entity.created()));
    fields.put("updated", Fields.nanos(entity.updated()));
    return fields;
  }

  static Entity entity(String id, Fields fields) {
    return new Entity(
        id,
        fields.text("name"),
        fields.pairs("metadata"),
        fields.texts("policies"),
        fields.flag("disabled"),
        aliases(id, fields),
        fields.texts("merged"),
        fields.instant("created"),
        fields.instant("updated"));
  }

  static Map<String, Object> fields(Group group) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", group.name());
    fields.put("external", group.external());
    put(fields, "metadata", group.metadata());
    put(fields, "policies", group.policies());
    if (group.alias() != null) {
      fields.put("aliases", List.of(fields(group.alias())));
    }
    fields.put("index", group.index());
    fields.put("created", Fields.nanos(group.created()));
    fields.put("updated", Fields.nanos(group.updated()));
    return fields;
  }

  static Group group(String id, Fields fields) {
    List<Alias> aliases = aliases(id, fields);
    return new Group(
        id,
        fields.text("name"),
        fields.flag("external"),
        fields.pairs("metadata"),
        fields.texts("policies"),
        aliases.isEmpty() ? null : aliases.getFirst(),
        fields.number("index"),
        fields.instant("created"),
        fields.instant("updated"));
  }

  private static Map<String, Object> fields(Alias alias) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("id", alias.id());
    fields.put("accessor", alias.accessor());
    fields.put("name", alias.name());
    put(fields, "metadata", alias.metadata());
    put(fields, "custom_metadata", alias.customMetadata());
    put(fields, "merged_from", alias.mergedFrom());
    fields.put("created", Fields.nanos(alias.created()));
    fields.put("updated", Fields.nanos(alias.updated()));
    return fields;
  }

  private static List<Alias> aliases(String canonical, Fields owner) {
    if (!(owner.map().get("aliases") instanceof List<?> items)) {
      return List.of();
    }
    var aliases = new ArrayList<Alias>(items.size());
    for (Object item : items) {
      @SuppressWarnings("unchecked")
      var fields = new Fields((Map<String, Object>) item);
      aliases.add(
          new Alias(
              fields.text("id"),
              canonical,
              fields.text("accessor"),
              fields.text("name"),
              fields.pairs("metadata"),
              fields.pairs("custom_metadata"),
              fields.texts("merged_from"),
              fields.instant("created"),
              fields.instant("updated")));
    }
    return List.copyOf(aliases);
  }

  private static void put(Map<String, Object> fields, String name, Map<String, String> pairs) {
    if (!pairs.isEmpty()) {
      fields.put(name, pairs);
    }
  }

  private static void put(Map<String, Object> fields, String name, List<?> items) {
    if (!items.isEmpty()) {
      fields.put(name, items);
    }
  }
}
