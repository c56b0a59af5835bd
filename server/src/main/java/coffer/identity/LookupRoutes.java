package coffer.identity;

import static coffer.engine.Operation.UPDATE;

import coffer.engine.Call;
import coffer.engine.Param;
import coffer.engine.Refusal;
import coffer.engine.Reply;
import coffer.engine.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `identity/lookup`: entities and groups by their own id or name, or by those of an alias.
final class LookupRoutes {
  private static final Param<String> ID = Param.string("id", "The id.");
  private static final Param<String> NAME = Param.string("name", "The name.");
  private static final Param<String> ALIAS_ID = Param.string("alias_id", "The id of an alias.");
  private static final Param<String> ALIAS_NAME =
      Param.string("alias_name", "The name of an alias; needs alias_mount_accessor.");
  private static final Param<String> ACCESSOR =
      Param.string("alias_mount_accessor", "The accessor of the alias's login method.");
  private static final Param<?>[] PARAMS = {ID, NAME, ALIAS_ID, ALIAS_NAME, ACCESSOR};

  private final IdentityStore identities;

  LookupRoutes(IdentityStore identities) {
    this.identities = identities;
  }

  List<Route> routes() {
    return List.of(
        Route.of(UPDATE, "lookup/entity", "Look an entity up.", this::entity, PARAMS),
        Route.of(UPDATE, "lookup/group", "Look a group up.", this::group, PARAMS));
  }

  /// What something is looked up by.
  private enum By {
    ID,
    NAME,
    ALIAS_ID,
    ALIAS
  }

  private static By asked(Call call) {
    var asked = new ArrayList<By>();
    addIf(Given.has(call, ID), By.ID, asked);
    addIf(Given.has(call, NAME), By.NAME, asked);
    addIf(Given.has(call, ALIAS_ID), By.ALIAS_ID, asked);
    boolean named = Given.has(call, ALIAS_NAME);
    addIf(named || Given.has(call, ACCESSOR), By.ALIAS, asked);
    if (asked.isEmpty()) {
      throw Refusal.bad("query parameter not supplied");
    }
    if (asked.size() > 1) {
      throw Refusal.bad("query parameter conflict; please supply distinct set of query parameters");
    }
    if (asked.contains(By.ALIAS) && !(named && Given.has(call, ACCESSOR))) {
      throw Refusal.bad("both 'alias_name' and 'alias_mount_accessor' needs to be set");
    }
    return asked.getFirst();
  }

  private static void addIf(boolean asked, By by, List<By> into) {
    if (asked) {
      into.add(by);
    }
  }

  private Reply entity(Call call) {
    Shelf shelf = identities.reading(call);
    Entity entity =
        switch (asked(call)) {
          case ID -> Entities.get(shelf, call.get(ID));
          case NAME -> Entities.byName(shelf, call.get(NAME));
          case ALIAS_ID -> Entities.ofAlias(shelf, call.get(ALIAS_ID));
          case ALIAS -> Entities.byAlias(shelf, call.get(ACCESSOR), call.get(ALIAS_NAME));
        };
    return entity == null ? Reply.DONE : shown(identities.view(shelf).of(entity));
  }

  private Reply group(Call call) {
    Shelf shelf = identities.reading(call);
    Group group =
        switch (asked(call)) {
          case ID -> Groups.get(shelf, call.get(ID));
          case NAME -> Groups.byName(shelf, call.get(NAME));
          case ALIAS_ID -> Groups.ofAlias(shelf, call.get(ALIAS_ID));
          case ALIAS -> Groups.byAlias(shelf, call.get(ACCESSOR), call.get(ALIAS_NAME));
        };
    return group == null ? Reply.DONE : shown(identities.view(shelf).of(group));
  }

  private static Reply shown(Map<String, @Nullable Object> data) {
    return new Reply.Data(data);
  }
}
