package coffer.auth.approle;

import coffer.engine.Call;
import coffer.engine.Operation;
import coffer.engine.Param;
import coffer.engine.Refusal;
import coffer.engine.Reply;
import coffer.engine.Route;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/// Single fields of roles, so that a policy can allow just those: to show, change and clear.
final class FieldRoutes {
  private static final String BELOW = "role/{role_name}/";

  private final Roles roles;

  FieldRoutes(Roles roles) {
    this.roles = roles;
  }

  List<Route> routes() {
    return Stream.concat(own().stream(), RoleField.all().stream().flatMap(this::routes)).toList();
  }

  /// What can't be cleared, or not changed either.
  private List<Route> own() {
    return List.of(
        Route.of(
            Operation.READ,
            BELOW + "role-id",
            "Show the id of a role.",
            call -> shown(call, role -> Map.of("role_id", role.roleId())),
            Roles.NAME),
        Route.of(
            Operation.UPDATE,
            BELOW + "role-id",
            "Change the id of a role.",
            call -> changed(call, FieldRoutes::withRoleId),
            Roles.NAME,
            RoleRoutes.ROLE_ID),
        Route.of(
            Operation.READ,
            BELOW + "local-secret-ids",
            "Show whether the secret ids of a role belong to this cluster alone.",
            call -> shown(call, role -> Map.of(Role.LOCAL_SECRET_IDS, role.localSecretIds())),
            Roles.NAME));
  }

  private static Role withRoleId(Call call, Role role) {
    String id = RoleField.given(call, RoleRoutes.ROLE_ID);
    if (id.isEmpty()) {
      throw Refusal.bad("missing role_id");
    }
    return role.withRoleId(id);
  }

  private Stream<Route> routes(RoleField field) {
    String template = BELOW + field.path();
    Param<?>[] params =
        Stream.concat(Stream.of(Roles.NAME), field.params().stream()).toArray(Param<?>[]::new);
    return Stream.of(
        Route.of(
            Operation.READ,
            template,
            "Show of a role " + field.title() + ".",
            call -> shown(call, role -> field.shown().apply(call, role)),
            Roles.NAME),
        Route.of(
            Operation.UPDATE,
            template,
            "Change for a role " + field.title() + ".",
            call -> changed(call, field.changed()),
            params),
        Route.of(
            Operation.DELETE,
            template,
            "Clear for a role " + field.title() + ".",
            call -> cleared(call, field),
            Roles.NAME));
  }

  private Reply shown(Call call, Function<Role, Map<String, ?>> field) {
    Role role = roles.find(call, Roles.name(call)).orElseThrow(Refusal::absent);
    return new Reply.Data(field.apply(role));
  }

  private Reply changed(Call call, BiFunction<Call, Role, Role> change) {
    Optional<Role> before = roles.lock(call, Roles.name(call));
    Role after = change.apply(call, before.orElseThrow(Roles::noPath));
    roles.put(call, before, after.checked());
    return Reply.DONE;
  }

  private Reply cleared(Call call, RoleField field) {
    Optional<Role> before = roles.lock(call, Roles.name(call));
    before.ifPresent(role -> roles.put(call, before, field.cleared().apply(role).checked()));
    return Reply.DONE;
  }
}
