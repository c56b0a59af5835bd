package coffer.identity;

import coffer.json.Fields;
import coffer.json.Json;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Where entities are kept, and the ways to them. Whoever writes holds [IdentityStore#LOCK].
///
/// ```
/// entity/<id>                          the entity with its aliases
/// entity-by-name/<key>                 its id
/// entity-by-alias/<accessor>/<key>     its id
/// entity-of-alias/<alias id>           its id
/// entity-merged/<id>                   the id of what it became
/// ```
final class Entities {
  private static final String ENTITY = "entity/";
  private static final String BY_NAME = "entity-by-name/";
  private static final String BY_ALIAS = "entity-by-alias/";
  private static final String OF_ALIAS = "entity-of-alias/";
  private static final String MERGED = "entity-merged/";

  private final Standings standings;

  Entities(Standings standings) {
    this.standings = standings;
  }

  static @Nullable Entity get(Shelf shelf, String id) {
    Fields fields = shelf.get(ENTITY + id);
    return fields == null ? null : IdentityCodec.entity(id, fields);
  }

  /// The id of what an entity was merged into; null where it wasn't.
  static @Nullable String mergedInto(Shelf shelf, String id) {
    return shelf.id(MERGED + id);
  }

  static @Nullable Entity byName(Shelf shelf, String name) {
    return at(shelf, BY_NAME + Names.key(name));
  }

  /// The id of the entity that a method knows by a name; null for none.
  static @Nullable String idByAlias(Shelf shelf, String accessor, String name) {
    return shelf.id(byAlias(accessor, name));
  }

  static @Nullable Entity byAlias(Shelf shelf, String accessor, String name) {
    return at(shelf, byAlias(accessor, name));
  }

  static @Nullable Entity ofAlias(Shelf shelf, String aliasId) {
    return at(shelf, OF_ALIAS + aliasId);
  }

  private static @Nullable Entity at(Shelf shelf, String index) {
    String id = shelf.id(index);
    return id == null ? null : get(shelf, id);
  }

  private static String byAlias(String accessor, String name) {
    return BY_ALIAS + accessor + "/" + Names.key(name);
  }

  /// Reads all, by id, after one of them, at most so many.
  static void each(Shelf shelf, String after, long limit, Consumer<Entity> reader) {
    shelf.each(
        ENTITY,
        after,
        limit,
        entry ->
            reader.accept(
                IdentityCodec.entity(
                    shelf.name(ENTITY, entry), new Fields(Json.object(entry.value())))));
  }

  /// Reads all aliases, by id, after one of them, at most so many.
  static void eachAlias(Shelf shelf, String after, long limit, Consumer<Alias> reader) {
    shelf.each(
        OF_ALIAS,
        after,
        limit,
        entry -> {
          String id = shelf.name(OF_ALIAS, entry);
          Entity entity = get(shelf, new Fields(Json.object(entry.value())).text("id"));
          Alias alias = entity == null ? null : entity.alias(id);
          if (alias != null) {
            reader.accept(alias);
          }
        });
  }

  static long count(Shelf shelf) {
    return shelf.count(ENTITY);
  }

  /// Writes an entity with all that leads to it.
  ///
  /// @param before as it was; null for a new one
  void put(Shelf shelf, @Nullable Entity before, Entity after) {
    if (before != null) {
      removeWays(shelf, before, after);
    }
    shelf.put(ENTITY + after.id(), IdentityCodec.fields(after));
    if (before == null || !before.name().equals(after.name())) {
      shelf.putId(BY_NAME + Names.key(after.name()), after.id());
    }
    for (Alias alias : after.aliases()) {
      Alias known = before == null ? null : before.alias(alias.id());
      if (known == null || !known.isNamed(alias.accessor(), alias.name())) {
        shelf.putId(byAlias(alias.accessor(), alias.name()), after.id());
        shelf.putId(OF_ALIAS + alias.id(), after.id());
      }
    }
    after.merged().forEach(id -> shelf.putId(MERGED + id, after.id()));
    changed(shelf, after);
  }

  private static void removeWays(Shelf shelf, Entity before, Entity after) {
    if (!Names.same(before.name(), after.name())) {
      shelf.delete(BY_NAME + Names.key(before.name()));
    }
    for (Alias alias : before.aliases()) {
      Alias kept = after.alias(alias.id());
      if (kept == null) {
        shelf.delete(OF_ALIAS + alias.id());
      }
      if (kept == null || !kept.isNamed(alias.accessor(), alias.name())) {
        shelf.delete(byAlias(alias.accessor(), alias.name()));
      }
    }
  }

  /// Removes an entity; not its places in groups.
  void delete(Shelf shelf, Entity entity) {
    shelf.delete(ENTITY + entity.id());
    shelf.delete(BY_NAME + Names.key(entity.name()));
    for (Alias alias : entity.aliases()) {
      shelf.delete(OF_ALIAS + alias.id());
      shelf.delete(byAlias(alias.accessor(), alias.name()));
    }
    entity.merged().forEach(id -> shelf.delete(MERGED + id));
    changed(shelf, entity);
  }

  private void changed(Shelf shelf, Entity entity) {
    changed(shelf, entity.id());
    shelf.onCommit(() -> entity.merged().forEach(standings::forget));
  }

  /// Says that what counts of an entity has changed, by its groups perhaps.
  void changed(Shelf shelf, String id) {
    shelf.onCommit(() -> standings.forget(id));
  }
}
