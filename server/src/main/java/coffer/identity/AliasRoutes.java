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
import coffer.engine.Kind;
import coffer.engine.Param;
import coffer.engine.Refusal;
import coffer.engine.Reply;
import coffer.engine.Route;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// `identity/entity-alias`, and `identity/alias` and `identity/persona` as it was called before: by
/// what names login methods know entities.
final class AliasRoutes {
  private static final List<String> ROOTS = List.of("entity-alias", "alias", "persona");

  private static final Param<String> ID = Param.string("id", "The id of the alias to change.");
  private static final Param<String> ACCESSOR =
      Param.string("mount_accessor", "The accessor of the login method.");
  private static final Param<String> CANONICAL_ID =
      Param.string("canonical_id", "The id of the entity.");
  private static final Param<String> ENTITY_ID =
      Param.string("entity_id", "The early name of canonical_id.");
  private static final Param<Map<String, String>> CUSTOM_METADATA =
      Param.field("custom_metadata", Kind.PAIRS, "What to say about it.", Map.of());

  private final IdentityStore identities;

  AliasRoutes(IdentityStore identities) {
    this.identities = identities;
  }

  List<Route> routes() {
    var routes = new ArrayList<Route>();
    for (String root : ROOTS) {
      String one = root + "/id/{id}";
      routes.add(
          Route.of(
              UPDATE,
              root,
              "Make or change an alias of an entity.",
              this::write,
              ID,
              NAME,
              ACCESSOR,
              CANONICAL_ID,
              ENTITY_ID,
              CUSTOM_METADATA));
      routes.add(Route.of(LIST, root + "/id", "List the aliases.", this::list, AFTER, LIMIT));
      routes.add(Route.of(READ, one, "Look at an alias.", this::read, ID_IN_PATH));
      routes.add(
          Route.of(
              UPDATE,
              one,
              "Change an alias.",
              this::writeById,
              ID_IN_PATH,
              NAME,
              ACCESSOR,
              CANONICAL_ID,
              ENTITY_ID,
              CUSTOM_METADATA));
      routes.add(Route.of(DELETE, one, "Delete an alias.", this::delete, ID_IN_PATH));
    }
    return List.copyOf(routes);
  }

  private Reply write(Call call) {
    String id = call.get(ID);
    return id.isEmpty() ? writeByName(call) : change(call, id);
  }

  private Reply writeById(Call call) {
    return change(call, call.get(ID_IN_PATH));
  }

  private static String canonical(Call call) {
    String canonical = call.get(CANONICAL_ID);
    return canonical.isEmpty() ? call.get(ENTITY_ID) : canonical;
  }

  private static Map<String, String> customMetadata(Call call) {
    return Metadata.checkedCustom(call.get(CUSTOM_METADATA));
  }

  private Reply writeByName(Call call) {
    String name = call.get(NAME);
    String accessor = call.get(ACCESSOR);
    if (name.isEmpty() || accessor.isEmpty()) {
      throw Refusal.bad("'id' or 'mount_accessor' and 'name' must be provided");
    }
    Shelf shelf = identities.writing(call);
    identities.checkAccessor(accessor);
    Map<String, String> custom = customMetadata(call);
    Entity holder = Entities.byAlias(shelf, accessor, name);
    return holder == null
        ? make(
            call, shelf, Alias.of(identities.ids().newId(), "", accessor, name, call.now()), custom)
        : change(call, shelf, holder, held(holder, accessor, name), custom);
  }

  private static Alias held(Entity holder, String accessor, String name) {
    return holder.aliases().stream()
        .filter(alias -> alias.isNamed(accessor, name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("an index leads to the wrong entity"));
  }

  private Reply make(Call call, Shelf shelf, Alias alias, Map<String, String> custom) {
    String canonical = canonical(call);
    Entity before = canonical.isEmpty() ? null : Entities.get(shelf, canonical);
    if (before == null && !canonical.isEmpty()) {
      throw Refusal.bad("invalid canonical ID");
    }
    if (before != null && before.aliasAt(alias.accessor()) != null) {
      throw Refusal.bad("Alias already exists for requested entity and mount accessor");
    }
    Entity owner =
        before == null
            ? Entity.of(identities.ids().newId(), identities.freeName(shelf), call.now())
            : before;
    Alias made = alias.of(owner.id()).withCustomMetadata(custom, call.now());
    identities.entities().put(shelf, before, owner.with(made));
    return shown(made);
  }

  private Reply change(Call call, String id) {
    Shelf shelf = identities.writing(call);
    Entity holder = Entities.ofAlias(shelf, id);
    Alias alias = holder == null ? null : holder.alias(id);
    if (holder == null || alias == null) {
      throw Refusal.bad("invalid alias ID provided");
    }
    Map<String, String> custom =
        Given.has(call, CUSTOM_METADATA) ? customMetadata(call) : alias.customMetadata();
    return change(call, shelf, holder, alias, custom);
  }

  /// Gives an alias another name, method or entity. What has the name already keeps it.
  private Reply change(
      Call call, Shelf shelf, Entity holder, Alias alias, Map<String, String> custom) {
    String accessor = call.get(ACCESSOR).isEmpty() ? alias.accessor() : call.get(ACCESSOR);
    String name = call.get(NAME).isEmpty() ? alias.name() : call.get(NAME);
    String canonical = canonical(call).isEmpty() ? holder.id() : canonical(call);
    Alias changed =
        alias
            .named(accessor, name, call.now())
            .withCustomMetadata(custom, call.now())
            .of(canonical);
    if (changed.equals(alias.updated(call.now()))) {
      return Reply.DONE;
    }
    identities.checkAccessor(accessor);
    Entity named = Entities.byAlias(shelf, accessor, name);
    if (named != null && !held(named, accessor, name).id().equals(alias.id())) {
      throw Refusal.bad("alias with combination of mount accessor and name already exists");
    }
    boolean moves = !canonical.equals(holder.id());
    Entity to = moves ? Entities.get(shelf, canonical) : holder;
    if (to == null) {
      throw Refusal.bad("given 'canonical_id' is not associated with an entity");
    }
    if ((moves || !accessor.equals(alias.accessor())) && to.aliasAt(accessor) != null) {
      throw Refusal.bad(
          "Alias cannot be updated as the given entity already has an alias for this mount ");
    }
    if (moves) {
      identities.entities().put(shelf, holder, holder.without(alias));
    }
    identities.entities().put(shelf, to, to.with(changed));
    return shown(changed);
  }

  private static Reply shown(Alias alias) {
    return new Reply.Data(Map.of("canonical_id", alias.canonical(), "id", alias.id()));
  }

  private Reply list(Call call) {
    Shelf shelf = identities.reading(call);
    View view = identities.view(shelf);
    var keys = new ArrayList<String>();
    Map<String, Object> info = new HashMap<>();
    Entities.eachAlias(
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
    String id = call.get(ID_IN_PATH);
    Entity holder = Entities.ofAlias(shelf, id);
    Alias alias = holder == null ? null : holder.alias(id);
    if (alias == null) {
      throw Refusal.absent();
    }
    return new Reply.Data(identities.view(shelf).of(alias));
  }

  private Reply delete(Call call) {
    Shelf shelf = identities.writing(call);
    String id = call.get(ID_IN_PATH);
    Entity holder = Entities.ofAlias(shelf, id);
    Alias alias = holder == null ? null : holder.alias(id);
    if (holder != null && alias != null) {
      identities.entities().put(shelf, holder, holder.without(alias));
    }
    return Reply.DONE;
  }
}
