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
import coffer.engine.Refusal.Why;
import coffer.engine.Reply;
import coffer.engine.Route;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `identity/group`: groups by id and by name, and who is in them.
final class GroupRoutes {
  private static final Param<String> ID = Param.string("id", "The id of the group to change.");
  private static final Param<String> TYPE =
      Param.string(
          "type",
          "`internal`, whose members are named here, or `external`, whose members logins decide.");
  private static final Param<List<String>> ENTITIES =
      Param.strings("member_entity_ids", "The ids of the entities in it.");
  private static final Param<List<String>> SUBGROUPS =
      Param.strings("member_group_ids", "The ids of the groups in it.");

  private static final Param<?>[] BY_ID = {
    ID_IN_PATH, NAME, TYPE, METADATA, POLICIES, ENTITIES, SUBGROUPS
  };
  private static final Param<?>[] BY_NAME = {
    NAME_IN_PATH, ID, TYPE, METADATA, POLICIES, ENTITIES, SUBGROUPS
  };

  private final IdentityStore identities;

  GroupRoutes(IdentityStore identities) {
    this.identities = identities;
  }

  List<Route> routes() {
    return List.of(
        Route.of(
            UPDATE,
            "group",
            "Make or change a group.",
            this::write,
            ID,
            NAME,
            TYPE,
            METADATA,
            POLICIES,
            ENTITIES,
            SUBGROUPS),
        Route.of(LIST, "group/id", "List the groups.", this::list, AFTER, LIMIT),
        Route.of(READ, "group/id/{id}", "Look at a group.", this::read, ID_IN_PATH),
        Route.of(UPDATE, "group/id/{id}", "Change a group.", this::writeById, BY_ID),
        Route.of(DELETE, "group/id/{id}", "Delete a group.", this::delete, ID_IN_PATH),
        Route.of(LIST, "group/name", "List the names of the groups.", this::listNames),
        Route.of(READ, "group/name/{name...}", "Look at a group.", this::readByName, NAME_IN_PATH),
        Route.of(
            UPDATE, "group/name/{name...}", "Make or change a group.", this::writeByName, BY_NAME),
        Route.of(
            DELETE, "group/name/{name...}", "Delete a group.", this::deleteByName, NAME_IN_PATH));
  }

  private Reply write(Call call) {
    return write(call, call.get(ID), call.get(NAME));
  }

  private Reply writeById(Call call) {
    return write(call, call.get(ID_IN_PATH), call.get(NAME));
  }

  private Reply writeByName(Call call) {
    return write(call, "", Given.name(call));
  }

  private Reply write(Call call, String id, String name) {
    Shelf shelf = identities.writing(call);
    Group before = find(shelf, id, name);
    Group base =
        before == null
            ? Group.of(identities.ids().newId(), name, external(call, false), call.now())
            : before;
    List<String> policies = Given.policies(call, base.policies());
    if (external(call, base.external()) != base.external()) {
      throw Refusal.bad("group type cannot be changed");
    }
    checkNoMembers(call, base);
    Group after =
        named(shelf, base, name)
            .with(Given.metadata(call, "group", base.metadata()), policies)
            .written(call.now());
    identities.groups().put(shelf, before, after);
    setMembers(call, shelf, after.id());
    return before == null
        ? new Reply.Data(Map.of("id", after.id(), "name", after.name()))
        : Reply.DONE;
  }

  private static @Nullable Group find(Shelf shelf, String id, String name) {
    if (id.isEmpty()) {
      return name.isEmpty() ? null : Groups.byName(shelf, name);
    }
    Group group = Groups.get(shelf, id);
    if (group == null) {
      throw Refusal.bad("invalid group ID");
    }
    return group;
  }

  private static boolean external(Call call, boolean before) {
    return switch (call.get(TYPE)) {
      case "" -> before;
      case "internal" -> false;
      case "external" -> true;
      default -> throw Refusal.bad("invalid group type \"" + call.get(TYPE) + "\"");
    };
  }

  /// Who is in an external group is found out at logins.
  private static void checkNoMembers(Call call, Group group) {
    if (group.external() && Given.has(call, ENTITIES)) {
      throw Refusal.bad("member entities can't be set manually for external groups");
    }
    if (group.external() && Given.has(call, SUBGROUPS)) {
      throw Refusal.bad("member groups can't be set for external groups");
    }
  }

  private Group named(Shelf shelf, Group group, String name) {
    if (name.isEmpty()) {
      return group.name().isEmpty() ? group.named(identities.freeGroupName(shelf)) : group;
    }
    Group holder = Groups.byName(shelf, name);
    if (holder != null && !holder.id().equals(group.id())) {
      throw Refusal.bad("group name is already in use");
    }
    return group.named(name);
  }

  private void setMembers(Call call, Shelf shelf, String id) {
    if (Given.has(call, ENTITIES)) {
      Set<String> entities = some(call.get(ENTITIES));
      entities.forEach(entity -> checkEntity(shelf, entity));
      identities.groups().members(shelf, id, entities);
    }
    if (Given.has(call, SUBGROUPS)) {
      Set<String> others = some(call.get(SUBGROUPS));
      Set<String> above = Groups.above(shelf, id);
      others.forEach(other -> checkSubgroup(shelf, id, other, above));
      identities.groups().subgroups(shelf, id, others);
    }
  }

  private static Set<String> some(List<String> ids) {
    var set = new LinkedHashSet<>(ids);
    set.remove("");
    return set;
  }

  private static void checkEntity(Shelf shelf, String entity) {
    if (Entities.get(shelf, entity) == null) {
      throw failed("invalid entity ID \"" + entity + "\"");
    }
  }

  private static void checkSubgroup(Shelf shelf, String id, String other, Set<String> above) {
    if (other.equals(id)) {
      throw failed("member group ID \"" + other + "\" is same as the ID of the group");
    }
    if (Groups.get(shelf, other) == null) {
      throw failed("invalid member group ID \"" + other + "\"");
    }
    if (above.contains(other)) {
      throw Refusal.bad("cyclic relationship detected for member group ID \"" + other + "\"");
    }
  }

  private static Refusal failed(String message) {
    return new Refusal(Why.FAILED, Refusal.listed(message));
  }

  private Reply list(Call call) {
    Shelf shelf = identities.reading(call);
    View view = identities.view(shelf);
    var keys = new ArrayList<String>();
    Map<String, Object> info = new HashMap<>();
    Groups.each(
        shelf,
        call.get(AFTER),
        Given.limit(call),
        group -> {
          keys.add(group.id());
          info.put(group.id(), view.listed(group));
        });
    return new Reply.Keys(keys, info);
  }

  private Reply listNames(Call call) {
    var names = new ArrayList<String>();
    Groups.each(identities.reading(call), "", Long.MAX_VALUE, group -> names.add(group.name()));
    names.sort(null);
    return new Reply.Keys(names);
  }

  private Reply read(Call call) {
    Shelf shelf = identities.reading(call);
    return shown(shelf, Groups.get(shelf, call.get(ID_IN_PATH)));
  }

  private Reply readByName(Call call) {
    Shelf shelf = identities.reading(call);
    return shown(shelf, Groups.byName(shelf, Given.name(call)));
  }

  private Reply shown(Shelf shelf, @Nullable Group group) {
    if (group == null) {
      throw Refusal.absent();
    }
    return new Reply.Data(identities.view(shelf).of(group));
  }

  private Reply delete(Call call) {
    Shelf shelf = identities.writing(call);
    return delete(shelf, Groups.get(shelf, call.get(ID_IN_PATH)));
  }

  private Reply deleteByName(Call call) {
    Shelf shelf = identities.writing(call);
    return delete(shelf, Groups.byName(shelf, Given.name(call)));
  }

  private Reply delete(Shelf shelf, @Nullable Group group) {
    if (group != null) {
      identities.groups().delete(shelf, group);
    }
    return Reply.DONE;
  }
}
