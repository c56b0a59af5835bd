package coffer.identity;

import coffer.json.Fields;
import coffer.json.Json;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Where groups are kept, who is in them, and the ways to them. Every membership is two keys, so
/// that both ends find the other without reading anything else. Whoever writes holds
/// [IdentityStore#LOCK].
///
/// ```
/// group/<id>                          the group
/// group-by-name/<key>                 its id
/// group-by-alias/<accessor>/<key>     its id
/// group-of-alias/<alias id>           its id
/// member/<group>/<entity>             and member-of/<entity>/<group>
/// subgroup/<group>/<other>            and subgroup-of/<other>/<group>
/// ```
final class Groups {
  private static final String GROUP = "group/";
  private static final String BY_NAME = "group-by-name/";
  private static final String BY_ALIAS = "group-by-alias/";
  private static final String OF_ALIAS = "group-of-alias/";
  private static final String MEMBER = "member/";
  private static final String MEMBER_OF = "member-of/";
  private static final String SUBGROUP = "subgroup/";
  private static final String SUBGROUP_OF = "subgroup-of/";

  private final Standings standings;
  private final Entities entities;

  Groups(Standings standings, Entities entities) {
    this.standings = standings;
    this.entities = entities;
  }

  static @Nullable Group get(Shelf shelf, String id) {
    Fields fields = shelf.get(GROUP + id);
    return fields == null ? null : IdentityCodec.group(id, fields);
  }

  static @Nullable Group byName(Shelf shelf, String name) {
    return at(shelf, BY_NAME + Names.key(name));
  }

  static @Nullable Group byAlias(Shelf shelf, String accessor, String name) {
    return at(shelf, byAliasKey(accessor, name));
  }

  /// The id of the group that stands for one of the outside; null for none.
  static @Nullable String idByAlias(Shelf shelf, String accessor, String name) {
    return shelf.id(byAliasKey(accessor, name));
  }

  static @Nullable Group ofAlias(Shelf shelf, String aliasId) {
    return at(shelf, OF_ALIAS + aliasId);
  }

  private static @Nullable Group at(Shelf shelf, String index) {
    String id = shelf.id(index);
    return id == null ? null : get(shelf, id);
  }

  private static String byAliasKey(String accessor, String name) {
    return BY_ALIAS + accessor + "/" + Names.key(name);
  }

  /// Reads all, by id, after one of them, at most so many.
  static void each(Shelf shelf, String after, long limit, Consumer<Group> reader) {
    shelf.each(
        GROUP,
        after,
        limit,
        entry ->
            reader.accept(
                IdentityCodec.group(
                    shelf.name(GROUP, entry), new Fields(Json.object(entry.value())))));
  }

  /// Reads the aliases of all, by id, after one of them, at most so many.
  static void eachAlias(Shelf shelf, String after, long limit, Consumer<Alias> reader) {
    shelf.each(
        OF_ALIAS,
        after,
        limit,
        entry -> {
          Group group = get(shelf, new Fields(Json.object(entry.value())).text("id"));
          Alias alias = group == null ? null : group.alias();
          if (alias != null) {
            reader.accept(alias);
          }
        });
  }

  /// The ids of the entities in a group itself.
  static List<String> members(Shelf shelf, String group) {
    return shelf.below(MEMBER + group + "/");
  }

  static long countMembers(Shelf shelf, String group) {
    return shelf.count(MEMBER + group + "/");
  }

  static List<String> subgroups(Shelf shelf, String group) {
    return shelf.below(SUBGROUP + group + "/");
  }

  /// The ids of the groups that a group is in itself.
  static List<String> parents(Shelf shelf, String group) {
    return shelf.below(SUBGROUP_OF + group + "/");
  }

  /// The ids of the groups that an entity is in itself.
  static List<String> of(Shelf shelf, String entity) {
    return shelf.below(MEMBER_OF + entity + "/");
  }

  /// Writes a group with all that leads to it; not who is in it.
  ///
  /// @param before as it was; null for a new one
  void put(Shelf shelf, @Nullable Group before, Group after) {
    if (before != null) {
      removeWays(shelf, before);
    }
    shelf.put(GROUP + after.id(), IdentityCodec.fields(after));
    shelf.putId(BY_NAME + Names.key(after.name()), after.id());
    Alias alias = after.alias();
    if (alias != null) {
      shelf.putId(byAliasKey(alias.accessor(), alias.name()), after.id());
      shelf.putId(OF_ALIAS + alias.id(), after.id());
    }
    shelf.onCommit(() -> standings.forgetGroup(after.id()));
  }

  private static void removeWays(Shelf shelf, Group group) {
    shelf.delete(BY_NAME + Names.key(group.name()));
    Alias alias = group.alias();
    if (alias != null) {
      shelf.delete(byAliasKey(alias.accessor(), alias.name()));
      shelf.delete(OF_ALIAS + alias.id());
    }
  }

  void delete(Shelf shelf, Group group) {
    members(shelf, group.id(), Set.of());
    subgroups(shelf, group.id(), Set.of());
    parents(shelf, group.id()).forEach(parent -> unlink(shelf, parent, group.id()));
    removeWays(shelf, group);
    shelf.delete(GROUP + group.id());
    shelf.onCommit(() -> standings.forgetGroup(group.id()));
  }

  /// Makes these the entities of a group, and no others.
  void members(Shelf shelf, String group, Collection<String> wanted) {
    Set<String> there = new HashSet<>(members(shelf, group));
    for (String entity : there) {
      if (!wanted.contains(entity)) {
        leave(shelf, group, entity);
      }
    }
    wanted.stream().filter(one -> !there.contains(one)).forEach(one -> join(shelf, group, one));
  }

  void join(Shelf shelf, String group, String entity) {
    shelf.mark(MEMBER + group + "/" + entity);
    shelf.mark(MEMBER_OF + entity + "/" + group);
    entities.changed(shelf, entity);
  }

  void leave(Shelf shelf, String group, String entity) {
    shelf.delete(MEMBER + group + "/" + entity);
    shelf.delete(MEMBER_OF + entity + "/" + group);
    entities.changed(shelf, entity);
  }

  /// Makes these the groups in a group, and no others.
  void subgroups(Shelf shelf, String group, Collection<String> wanted) {
    Set<String> there = new HashSet<>(subgroups(shelf, group));
    for (String other : there) {
      if (!wanted.contains(other)) {
        unlink(shelf, group, other);
      }
    }
    for (String other : wanted) {
      if (!there.contains(other)) {
        shelf.mark(SUBGROUP + group + "/" + other);
        shelf.mark(SUBGROUP_OF + other + "/" + group);
        shelf.onCommit(() -> standings.forgetGroup(other));
      }
    }
  }

  private void unlink(Shelf shelf, String group, String other) {
    shelf.delete(SUBGROUP + group + "/" + other);
    shelf.delete(SUBGROUP_OF + other + "/" + group);
    shelf.onCommit(() -> standings.forgetGroup(other));
  }

  /// The ids of all groups that a group is in, directly or not.
  static Set<String> above(Shelf shelf, String group) {
    Set<String> found = new HashSet<>();
    Deque<String> todo = new ArrayDeque<>(parents(shelf, group));
    while (!todo.isEmpty()) {
      String one = todo.remove();
      if (found.add(one)) {
        todo.addAll(parents(shelf, one));
      }
    }
    return found;
  }
}
