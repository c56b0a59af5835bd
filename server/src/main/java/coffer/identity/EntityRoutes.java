package coffer.identity;

import static coffer.engine.Operation.DELETE;
import static coffer.engine.Operation.LIST;
import static coffer.engine.Operation.READ;
import static coffer.engine.Operation.UPDATE;
import static coffer.identity.Given.AFTER;
import static coffer.identity.Given.ID_IN_PATH;
import static coffer.identity.Given.LIMIT;
import static coffer.identity.Given.METADATA;
import static coffer.identity.Given.NAME;
import static coffer.identity.Given.NAME_IN_PATH;
import static coffer.identity.Given.POLICIES;

import coffer.engine.Call;
import coffer.engine.Param;
import coffer.engine.Refusal;
import coffer.engine.Reply;
import coffer.engine.Route;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `identity/entity`: entities by id and by name.
final class EntityRoutes {
  private static final Param<String> ID = Param.string("id", "The id of the entity to change.");
  private static final Param<Boolean> DISABLED =
      Param.flag("disabled", "Whether its tokens are refused, and logins of it.");
  private static final Param<List<String>> ENTITY_IDS =
      Param.strings("entity_ids", "The ids of the entities to delete.");

  private final IdentityStore identities;

  EntityRoutes(IdentityStore identities) {
    this.identities = identities;
  }

  List<Route> routes() {
    return List.of(
        Route.of(
            UPDATE,
            "entity",
            "Make or change an entity.",
            this::write,
            ID,
            NAME,
            METADATA,
            POLICIES,
            DISABLED),
        Route.of(LIST, "entity/id", "List the entities.", this::list, AFTER, LIMIT),
        Route.of(READ, "entity/id/{id}", "Look at an entity.", this::read, ID_IN_PATH),
        Route.of(
            UPDATE,
            "entity/id/{id}",
            "Change an entity.",
            this::writeById,
            ID_IN_PATH,
            NAME,
            METADATA,
            POLICIES,
            DISABLED),
        Route.of(DELETE, "entity/id/{id}", "Delete an entity.", this::delete, ID_IN_PATH),
        Route.of(LIST, "entity/name", "List the names of the entities.", this::listNames),
        Route.of(
            READ, "entity/name/{name...}", "Look at an entity.", this::readByName, NAME_IN_PATH),
        Route.of(
            UPDATE,
            "entity/name/{name...}",
            "Make or change an entity.",
            this::writeByName,
            NAME_IN_PATH,
            ID,
            METADATA,
            POLICIES,
            DISABLED),
        Route.of(
            DELETE, "entity/name/{name...}", "Delete an entity.", this::deleteByName, NAME_IN_PATH),
        Route.of(
            UPDATE,
            "entity/batch-delete",
            "Delete several entities.",
            this::deleteAll,
            ENTITY_IDS));
  }

  private Reply write(Call call) {
    return write(call, call.get(ID), call.get(NAME));
  }

  private Reply writeById(Call call) {
    return write(call, call.get(ID_IN_PATH), call.get(NAME));
  }

  private Reply writeByName(Call call) {
    return write(call, call.get(ID), Given.name(call));
  }

  private Reply write(Call call, String id, String name) {
    Shelf shelf = identities.writing(call);
    Entity before = find(shelf, id, name);
    Entity base = before == null ? Entity.of(identities.ids().newId(), name, call.now()) : before;
    Entity after =
        named(shelf, base, name)
            .with(
                Given.metadata(call, "entity", base.metadata()),
                Given.policies(call, base.policies()),
                call.find(DISABLED).orElse(base.disabled()))
            .updated(call.now());
    identities.entities().put(shelf, before, after);
    return before == null ? made(after) : Reply.DONE;
  }

  private static @Nullable Entity find(Shelf shelf, String id, String name) {
    if (id.isEmpty()) {
      return name.isEmpty() ? null : Entities.byName(shelf, name);
    }
    Entity entity = Entities.get(shelf, id);
    if (entity == null) {
      throw Refusal.bad("entity not found from id");
    }
    return entity;
  }

  private Entity named(Shelf shelf, Entity entity, String name) {
    if (name.isEmpty()) {
      return entity.name().isEmpty() ? entity.named(identities.freeName(shelf)) : entity;
    }
    Entity holder = Entities.byName(shelf, name);
    if (holder != null && !holder.id().equals(entity.id())) {
      throw Refusal.bad("entity name is already in use");
    }
    return entity.named(name);
  }

  private static Reply made(Entity entity) {
    Map<String, @Nullable Object> data = new LinkedHashMap<>();
    data.put("aliases", null);
    data.put("id", entity.id());
    data.put("name", entity.name());
    return new Reply.Data(data);
  }

  private Reply list(Call call) {
    Shelf shelf = identities.reading(call);
    View view = identities.view(shelf);
    var keys = new ArrayList<String>();
    Map<String, Object> info = new HashMap<>();
    Entities.each(
        shelf,
        call.get(AFTER),
        Given.limit(call),
        entity -> {
          keys.add(entity.id());
          info.put(entity.id(), view.listed(entity));
        });
    return new Reply.Keys(keys, info);
  }

  private Reply listNames(Call call) {
    var names = new ArrayList<String>();
    Entities.each(identities.reading(call), "", Long.MAX_VALUE, entity -> names.add(entity.name()));
    names.sort(null);
    return new Reply.Keys(names);
  }

  private Reply read(Call call) {
    Shelf shelf = identities.reading(call);
    return shown(shelf, Entities.get(shelf, call.get(ID_IN_PATH)));
  }

  private Reply readByName(Call call) {
    Shelf shelf = identities.reading(call);
    return shown(shelf, Entities.byName(shelf, Given.name(call)));
  }

  private Reply shown(Shelf shelf, @Nullable Entity entity) {
    if (entity == null) {
      throw Refusal.absent();
    }
    return new Reply.Data(identities.view(shelf).of(entity));
  }

  private Reply delete(Call call) {
    Shelf shelf = identities.writing(call);
    return delete(shelf, Entities.get(shelf, call.get(ID_IN_PATH)));
  }

  private Reply deleteByName(Call call) {
    Shelf shelf = identities.writing(call);
    return delete(shelf, Entities.byName(shelf, Given.name(call)));
  }

  private Reply deleteAll(Call call) {
    List<String> ids = call.get(ENTITY_IDS);
    if (ids.isEmpty()) {
      throw Refusal.bad("missing entity ids to delete");
    }
    Shelf shelf = identities.writing(call);
    ids.forEach(id -> delete(shelf, Entities.get(shelf, id)));
    return Reply.DONE;
  }

  private Reply delete(Shelf shelf, @Nullable Entity entity) {
    if (entity != null) {
      Groups.of(shelf, entity.id())
          .forEach(group -> identities.groups().leave(shelf, group, entity.id()));
      identities.entities().delete(shelf, entity);
    }
    return Reply.DONE;
  }
}
