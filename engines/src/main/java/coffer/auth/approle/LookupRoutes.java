package coffer.auth.approle;

import static coffer.engine.Operation.DELETE;
import static coffer.engine.Operation.LIST;
import static coffer.engine.Operation.UPDATE;

import coffer.engine.Call;
import coffer.engine.Operation;
import coffer.engine.Param;
import coffer.engine.Refusal;
import coffer.engine.Reply;
import coffer.engine.Route;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Secret ids that are there: to list, look up and destroy, by themselves or by their accessors.
final class LookupRoutes {
  private static final Param<String> ACCESSOR =
      Param.string("secret_id_accessor", "The accessor of the secret id.");
  private static final String BY_ID = "role/{role_name}/secret-id/";
  private static final String BY_ACCESSOR = "role/{role_name}/secret-id-accessor/";

  private final Roles roles;
  private final MountKey keys;

  LookupRoutes(Roles roles, MountKey keys) {
    this.roles = roles;
    this.keys = keys;
  }

  List<Route> routes() {
    return List.of(
        Route.of(
            LIST,
            "role/{role_name}/secret-id",
            "List the accessors of the secret ids of a role.",
            this::list,
            Roles.NAME,
            Page.AFTER,
            Page.LIMIT),
        byId(UPDATE, "lookup", "Show what is known of a secret id.", this::lookup),
        byId(UPDATE, "destroy", "Destroy a secret id.", this::destroy),
        byId(DELETE, "destroy", "Destroy a secret id.", this::destroy),
        byAccessor(
            UPDATE, "lookup", "Show what is known of the secret id.", this::lookupByAccessor),
        byAccessor(UPDATE, "destroy", "Destroy the secret id.", this::destroyByAccessor),
        byAccessor(DELETE, "destroy", "Destroy the secret id.", this::destroyByAccessor));
  }

  private static Route byId(
      Operation operation, String word, String summary, Route.Handler handler) {
    return Route.of(
        operation, BY_ID + word, summary, handler, Roles.NAME, SecretIdRoutes.SECRET_ID);
  }

  private static Route byAccessor(
      Operation operation, String word, String summary, Route.Handler handler) {
    return Route.of(operation, BY_ACCESSOR + word, summary, handler, Roles.NAME, ACCESSOR);
  }

  private SecretIds secretIds(Call call, Role role) {
    return new SecretIds(call, keys.hashes(call), role.folder());
  }

  private SecretIds secretIds(Call call) {
    return secretIds(call, roles.need(call, Roles.name(call)));
  }

  private Reply list(Call call) {
    String name = Roles.name(call);
    Role role = roles.find(call, name).orElseThrow(() -> Refusal.bad(Roles.missing(name)));
    List<String> accessors =
        secretIds(call, role).accessors(call.get(Page.AFTER), Page.limit(call));
    return new Reply.Keys(Page.bounded(accessors));
  }

  private static String given(Call call, Param<String> param) {
    String value = call.get(param);
    if (value.isEmpty()) {
      throw Refusal.bad("missing " + param.name());
    }
    return value;
  }

  private Reply lookup(Call call) {
    String id = given(call, SecretIdRoutes.SECRET_ID);
    SecretIds secretIds = secretIds(call);
    return shown(secretIds.find(secretIds.hash(id)));
  }

  private Reply destroy(Call call) {
    String id = given(call, SecretIdRoutes.SECRET_ID);
    SecretIds secretIds = secretIds(call);
    return destroyed(secretIds, secretIds.hash(id));
  }

  private Reply lookupByAccessor(Call call) {
    String accessor = given(call, ACCESSOR);
    SecretIds secretIds = secretIds(call);
    Optional<String> hash = secretIds.ofAccessor(accessor);
    return hash.isPresent()
        ? shown(secretIds.find(hash.get()))
        : new Reply.Missing(Map.of("error", unknown(accessor)));
  }

  private Reply destroyByAccessor(Call call) {
    String accessor = given(call, ACCESSOR);
    SecretIds secretIds = secretIds(call);
    return destroyed(
        secretIds,
        secretIds
            .ofAccessor(accessor)
            .orElseThrow(() -> new Refusal(Refusal.Why.FAILED, Refusal.listed(unknown(accessor)))));
  }

  private static String unknown(String accessor) {
    return "failed to find accessor entry for secret_id_accessor: \"" + accessor + "\"";
  }

  private static Reply shown(Optional<SecretId> secretId) {
    return secretId.<Reply>map(found -> new Reply.Data(found.shown())).orElse(Reply.DONE);
  }

  private static Reply destroyed(SecretIds secretIds, String hash) {
    secretIds.lock(hash).ifPresent(found -> secretIds.remove(hash, found));
    return Reply.DONE;
  }
}
