package coffer.identity;

import static coffer.engine.Operation.UPDATE;

import coffer.engine.Call;
import coffer.engine.Param;
import coffer.engine.Refusal;
import coffer.engine.Reply;
import coffer.engine.Route;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// `identity/entity/merge`: several entities become one. Aliases and places in groups go over to
/// it; policies and metadata don't. Tokens of the others are its tokens from then on.
final class MergeRoutes {
  /// How many entities one can have swallowed.
  private static final int MAX_MERGED = 10_000;

  private static final Param<String> TO =
      Param.string("to_entity_id", "The id of the entity that stays.");
  private static final Param<List<String>> FROM =
      Param.strings("from_entity_ids", "The ids of the entities that become part of it.");
  private static final Param<List<String>> KEEP =
      Param.strings(
          "conflicting_alias_ids_to_keep",
          "Of two aliases at one login method, the ids of those that stay.");
  private static final Param<Boolean> FORCE =
      Param.flag("force", "Kept from early versions, and without effect.");

  private final IdentityStore identities;

  MergeRoutes(IdentityStore identities) {
    this.identities = identities;
  }

  List<Route> routes() {
    return List.of(
        Route.of(
            UPDATE,
            "entity/merge",
            "Make several entities one.",
            this::merge,
            TO,
            FROM,
            KEEP,
            FORCE));
  }

  private Reply merge(Call call) {
    String to = call.get(TO);
    if (to.isEmpty()) {
      throw Refusal.bad("missing entity id to merge to");
    }
    Set<String> from = new LinkedHashSet<>(call.get(FROM));
    if (from.isEmpty()) {
      throw Refusal.bad("missing entity ids to merge from");
    }
    Shelf shelf = identities.writing(call);
    Entity into = Entities.get(shelf, to);
    if (into == null) {
      throw Refusal.bad("entity id to merge to is invalid");
    }
    if (from.contains(to)) {
      throw Refusal.bad("to_entity_id should not be present in from_entity_ids");
    }
    List<Entity> swallowed = from.stream().map(id -> source(shelf, id)).toList();
    List<Alias> lost = new Clashes(into, swallowed).lost(call.get(KEEP));
    Entity merged = merged(into, swallowed, lost);
    for (Entity one : swallowed) {
      identities.entities().delete(shelf, one);
      move(shelf, one.id(), to);
    }
    identities.entities().put(shelf, into, merged.updated(call.now()));
    return Reply.DONE;
  }

  private static Entity source(Shelf shelf, String id) {
    Entity entity = Entities.get(shelf, id);
    if (entity == null) {
      throw Refusal.bad("entity id to merge from is invalid");
    }
    return entity;
  }

  private static Entity merged(Entity into, List<Entity> swallowed, List<Alias> lost) {
    var aliases = new ArrayList<>(into.aliases());
    Set<String> ids = new LinkedHashSet<>(into.merged());
    for (Entity one : swallowed) {
      one.aliases().forEach(alias -> aliases.add(alias.mergedInto(into.id())));
      ids.addAll(one.merged());
      ids.add(one.id());
    }
    if (ids.size() > MAX_MERGED) {
      throw Refusal.bad("more than " + MAX_MERGED + " entities would have become one");
    }
    Set<String> gone = new HashSet<>(lost.stream().map(Alias::id).toList());
    aliases.removeIf(alias -> gone.contains(alias.id()));
    return into.withAliases(List.copyOf(aliases)).withMerged(List.copyOf(ids));
  }

  private void move(Shelf shelf, String from, String to) {
    for (String group : Groups.of(shelf, from)) {
      identities.groups().leave(shelf, group, from);
      identities.groups().join(shelf, group, to);
    }
  }
}
