package coffer.identity;

import coffer.mount.MountTable;
import coffer.mount.Mounted;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Entities, groups and aliases as callers are shown them.
///
/// @param shelf what they are read from
record View(Shelf shelf, MountTable mounts) {

  Map<String, @Nullable Object> of(Entity entity) {
    List<String> direct = Groups.of(shelf, entity.id());
    List<String> inherited = inherited(direct);
    List<String> all = new ArrayList<>(direct);
    all.addAll(inherited);
    Map<String, @Nullable Object> data = new LinkedHashMap<>();
    data.put("aliases", entity.aliases().stream().map(this::ofEntity).toList());
    data.put("creation_time", entity.created());
    data.put("direct_group_ids", direct);
    data.put("disabled", entity.disabled());
    data.put("group_ids", all);
    data.put("id", entity.id());
    data.put("inherited_group_ids", inherited);
    data.put("last_update_time", entity.updated());
    data.put("merged_entity_ids", some(entity.merged()));
    data.put("metadata", some(entity.metadata()));
    data.put("name", entity.name());
    data.put("namespace_id", IdentityStore.NAMESPACE);
    data.put("policies", entity.policies());
    return data;
  }

  /// The groups that these are in, but for themselves.
  private List<String> inherited(List<String> direct) {
    Set<String> found = new LinkedHashSet<>(direct);
    List<String> level = direct;
    while (!level.isEmpty()) {
      var above = new ArrayList<String>();
      level.forEach(group -> above.addAll(Groups.parents(shelf, group)));
      level = above.stream().filter(found::add).toList();
    }
    return found.stream().skip(direct.size()).toList();
  }

  Map<String, @Nullable Object> of(Group group) {
    Alias alias = group.alias();
    Map<String, @Nullable Object> data = new LinkedHashMap<>();
    data.put("alias", alias == null ? Map.of() : ofGroup(alias));
    data.put("creation_time", group.created());
    data.put("id", group.id());
    data.put("last_update_time", group.updated());
    data.put("member_entity_ids", some(Groups.members(shelf, group.id())));
    data.put("member_group_ids", some(Groups.subgroups(shelf, group.id())));
    data.put("metadata", some(group.metadata()));
    data.put("modify_index", group.index());
    data.put("name", group.name());
    data.put("namespace_id", IdentityStore.NAMESPACE);
    data.put("parent_group_ids", some(Groups.parents(shelf, group.id())));
    data.put("policies", some(group.policies()));
    data.put("type", group.type());
    return data;
  }

  private Map<String, @Nullable Object> ofGroup(Alias alias) {
    Map<String, @Nullable Object> data = new LinkedHashMap<>();
    data.put("canonical_id", alias.canonical());
    data.put("creation_time", alias.created());
    data.put("id", alias.id());
    data.put("last_update_time", alias.updated());
    data.put("merged_from_canonical_ids", some(alias.mergedFrom()));
    data.put("metadata", some(alias.metadata()));
    putMount(alias, data);
    data.put("name", alias.name());
    return data;
  }

  private Map<String, @Nullable Object> ofEntity(Alias alias) {
    Map<String, @Nullable Object> data = new LinkedHashMap<>();
    data.put("canonical_id", alias.canonical());
    data.put("creation_time", alias.created());
    data.put("custom_metadata", some(alias.customMetadata()));
    data.put("id", alias.id());
    data.put("last_update_time", alias.updated());
    data.put("local", false);
    data.put("merged_from_canonical_ids", some(alias.mergedFrom()));
    data.put("metadata", some(alias.metadata()));
    putMount(alias, data);
    data.put("name", alias.name());
    return data;
  }

  /// An alias on its own.
  Map<String, @Nullable Object> of(Alias alias) {
    Map<String, @Nullable Object> data = ofEntity(alias);
    data.put("namespace_id", IdentityStore.NAMESPACE);
    return data;
  }

  /// An alias in the list of all.
  Map<String, @Nullable Object> listed(Alias alias) {
    Map<String, @Nullable Object> data = new LinkedHashMap<>();
    data.put("canonical_id", alias.canonical());
    data.put("custom_metadata", some(alias.customMetadata()));
    data.put("local", false);
    data.put("metadata", some(alias.metadata()));
    putMount(alias, data);
    data.put("name", alias.name());
    return data;
  }

  Map<String, @Nullable Object> listed(Entity entity) {
    Map<String, @Nullable Object> data = new LinkedHashMap<>();
    if (!entity.aliases().isEmpty()) {
      data.put("aliases", entity.aliases().stream().map(this::brief).toList());
    }
    data.put("name", entity.name());
    return data;
  }

  Map<String, @Nullable Object> listed(Group group) {
    Map<String, @Nullable Object> data = new LinkedHashMap<>();
    if (group.alias() != null) {
      data.put("alias", brief(group.alias()));
    }
    data.put("name", group.name());
    data.put("num_member_entities", Groups.countMembers(shelf, group.id()));
    data.put("num_parent_groups", Groups.parents(shelf, group.id()).size());
    return data;
  }

  private Map<String, @Nullable Object> brief(Alias alias) {
    Map<String, @Nullable Object> data = new LinkedHashMap<>();
    data.put("id", alias.id());
    putMount(alias, data);
    data.put("name", alias.name());
    return data;
  }

  /// The mount may have gone in the meantime.
  private void putMount(Alias alias, Map<String, @Nullable Object> data) {
    data.put("mount_accessor", alias.accessor());
    Mounted mounted = mounts.byAccessor(alias.accessor());
    if (mounted != null) {
      data.put("mount_path", mounted.entry().path());
      data.put("mount_type", mounted.entry().type());
    }
  }

  private static @Nullable List<String> some(List<String> items) {
    return items.isEmpty() ? null : items;
  }

  private static @Nullable Map<String, String> some(Map<String, String> pairs) {
    return pairs.isEmpty() ? null : pairs;
  }
}
