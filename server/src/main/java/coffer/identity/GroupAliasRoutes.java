package coffer.identity;

import static coffer.engine.Operation.DELETE;
import static coffer.engine.Operation.LIST;
import static coffer.engine.Operation.READ;
import static coffer.engine.Operation.UPDATE;
import static coffer.identity.Given.AFTER;
import static coffer.identity.Given.ID_IN_PATH;
import static coffer.identity.Given.LIMIT;
import static coffer.identity.Given.NAME;

import coffer.engine.Call;
import coffer.engine.Param;
import coffer.engine.Refusal;
import coffer.engine.Reply;
import coffer.engine.Route;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `identity/group-alias`: which group of a login method an external group stands for.
final class GroupAliasRoutes {
  private static final Param<String> ID = Param.string("id", "The id of the alias to change.");
  private static final Param<String> ACCESSOR =
      Param.string("mount_accessor", "The accessor of the login method.");
  private static final Param<String> CANONICAL_ID =
      Param.string("canonical_id", "The id of the group.");

  private final IdentityStore identities;

  GroupAliasRoutes(IdentityStore identities) {
    this.identities = identities;
  }

  List<Route> routes() {
    return List.of(
        Route.of(
            UPDATE,
            "group-alias",
            "Make or change the alias of a group.",
            this::write,
            ID,
            NAME,
            ACCESSOR,
            CANONICAL_ID),
        Route.of(LIST, "group-alias/id", "List the aliases of groups.", this::list, AFTER, LIMIT),
        Route.of(
            READ, "group-alias/id/{id}", "Look at the alias of a group.", this::read, ID_IN_PATH),
        Route.of(
            UPDATE,
            "group-alias/id/{id}",
            "Change the alias of a group.",
            this::writeById,
            ID_IN_PATH,
            NAME,
            ACCESSOR,
            CANONICAL_ID),
        Route.of(
            DELETE,
            "group-alias/id/{id}",
            "Delete the alias of a group.",
            this::delete,
            ID_IN_PATH));
  }

  private Reply write(Call call) {
    return write(call, call.get(ID));
  }

  private Reply writeById(Call call) {
    return write(call, call.get(ID_IN_PATH));
  }

  private Reply write(Call call, String id) {
    Shelf shelf = identities.writing(call);
    Group holder = id.isEmpty() ? null : Groups.ofAlias(shelf, id);
    if (holder == null && !id.isEmpty()) {
      throw Refusal.bad("invalid group alias ID");
    }
    String name = given(call, NAME, "missing alias name");
    String accessor = given(call, ACCESSOR, "missing mount_accessor");
    identities.checkAccessor(accessor);
    Group before = group(call, shelf, holder);
    Group named = Groups.byAlias(shelf, accessor, name);
    if (named != null && (holder == null || !named.id().equals(holder.id()))) {
      throw Refusal.bad("combination of mount and group alias name is already in use");
    }
    Group to =
        before == null
            ? Group.of(identities.ids().newId(), identities.freeGroupName(shelf), true, call.now())
            : before;
    if (!to.external()) {
      throw Refusal.bad("alias can't be set on an internal group");
    }
    Alias known = holder == null ? null : holder.alias();
    Alias alias =
        known == null
            ? Alias.of(identities.ids().newId(), to.id(), accessor, name, call.now())
            : known.named(accessor, name, call.now()).of(to.id());
    put(call, shelf, holder, before, to.with(alias));
    return new Reply.Data(Map.of("canonical_id", to.id(), "id", alias.id()));
  }

  private static String given(Call call, Param<String> param, String missing) {
    String value = call.get(param);
    if (value.isEmpty()) {
      throw Refusal.bad(missing);
    }
    return value;
  }

  /// The group that is named, or the one that has the alias; null where a new one is to be made.
  private static @Nullable Group group(Call call, Shelf shelf, @Nullable Group holder) {
    String canonical = call.get(CANONICAL_ID);
    if (canonical.isEmpty()) {
      return holder;
    }
    Group group = Groups.get(shelf, canonical);
    if (group == null) {
      throw Refusal.bad("invalid group ID given in 'canonical_id'");
    }
    return group;
  }

  /// Writes a group with its alias, which another one may have had. Who was in either group by what
  /// was the alias before comes in again at the next login, or not.
  private void put(
      Call call, Shelf shelf, @Nullable Group holder, @Nullable Group before, Group after) {
    if (holder != null && !holder.id().equals(after.id())) {
      release(call, shelf, holder);
    }
    identities.groups().members(shelf, after.id(), Set.of());
    identities.groups().put(shelf, before, after.written(call.now()));
  }

  private void release(Call call, Shelf shelf, Group holder) {
    identities.groups().members(shelf, holder.id(), Set.of());
    identities.groups().put(shelf, holder, holder.with((Alias) null).written(call.now()));
  }

  private Reply list(Call call) {
    Shelf shelf = identities.reading(call);
    View view = identities.view(shelf);
    var keys = new ArrayList<String>();
    Map<String, Object> info = new HashMap<>();
    Groups.eachAlias(
        shelf,
        call.get(AFTER),
        Given.limit(call),
        alias -> {
          keys.add(alias.id());
          info.put(alias.id(), view.listed(alias));
        });
    return new Reply.Keys(keys, info);
  }

  private Reply read(Call call) {
    Shelf shelf = identities.reading(call);
    Group holder = Groups.ofAlias(shelf, call.get(ID_IN_PATH));
    if (holder == null || holder.alias() == null) {
      throw Refusal.absent();
    }
    return new Reply.Data(identities.view(shelf).of(holder.alias()));
  }

  private Reply delete(Call call) {
    Shelf shelf = identities.writing(call);
    Group holder = Groups.ofAlias(shelf, call.get(ID_IN_PATH));
    if (holder != null) {
      release(call, shelf, holder);
    }
    return Reply.DONE;
  }
}
