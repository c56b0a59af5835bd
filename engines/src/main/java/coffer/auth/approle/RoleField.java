package coffer.auth.approle;

import coffer.engine.Call;
import coffer.engine.Param;
import coffer.engine.Refusal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A field of a role that has a path of its own, so that a policy can allow just that.
///
/// @param path below the role
/// @param title what it is, for the help
/// @param params what a request gives it by
/// @param shown what a reader is told
/// @param changed the role after a request; refused where the field isn't given
/// @param cleared the role as if the field had never been given
record RoleField(
    String path,
    String title,
    List<Param<?>> params,
    BiFunction<Call, Role, Map<String, @Nullable Object>> shown,
    BiFunction<Call, Role, Role> changed,
    UnaryOperator<Role> cleared) {

  /// All of them.
  static List<RoleField> all() {
    return Stream.concat(ofSecretIds().stream(), TokenField.all().stream()).toList();
  }

  private static List<RoleField> ofSecretIds() {
    return List.of(
        bindSecretId(),
        cidrs("secret-id-bound-cidrs", RoleRoutes.SECRET_ID_BOUND_CIDRS),
        cidrs("bound-cidr-list", RoleRoutes.BOUND_CIDR_LIST),
        secretIdUses(),
        secretIdTtl());
  }

  static <T> T given(Call call, Param<T> param) {
    return call.find(param).orElseThrow(() -> Refusal.bad("missing " + param.name()));
  }

  private static RoleField bindSecretId() {
    return new RoleField(
        "bind-secret-id",
        "whether a login takes a secret id",
        List.of(RoleRoutes.BIND_SECRET_ID),
        (call, role) -> Map.of(Role.BIND_SECRET_ID, role.bindsSecretId()),
        (call, role) -> binding(role, given(call, RoleRoutes.BIND_SECRET_ID)),
        role -> binding(role, true));
  }

  private static Role binding(Role role, boolean binds) {
    return role.withSecretIds(binds, role.secretIdCidrs(), role.secretIdUses(), role.secretIdTtl());
  }

  private static RoleField cidrs(String path, Param<List<String>> param) {
    return new RoleField(
        path,
        "from where one may log in",
        List.of(param),
        (call, role) -> shownCidrs(call, role, param),
        (call, role) -> call.find(param).map(texts -> within(role, read(texts))).orElse(role),
        role -> within(role, Blocks.ANYWHERE));
  }

  private static Map<String, @Nullable Object> shownCidrs(
      Call call, Role role, Param<List<String>> param) {
    if (param.equals(RoleRoutes.BOUND_CIDR_LIST)) {
      call.warn(
          "The \"bound_cidr_list\" field is deprecated and will be removed. Please use"
              + " \"secret_id_bound_cidrs\" instead.");
    }
    var shown = new HashMap<String, @Nullable Object>();
    shown.put(param.name(), role.secretIdCidrs().isEmpty() ? null : role.secretIdCidrs().texts());
    return shown;
  }

  private static Blocks read(List<String> texts) {
    if (texts.isEmpty()) {
      throw Refusal.bad("missing bound_cidr_list");
    }
    var blocks = new Blocks(texts);
    blocks
        .wrong()
        .ifPresent(
            wrong -> {
              throw Refusal.bad("failed to validate CIDR blocks: " + wrong);
            });
    return blocks;
  }

  private static Role within(Role role, Blocks cidrs) {
    return role.withSecretIds(role.bindsSecretId(), cidrs, role.secretIdUses(), role.secretIdTtl());
  }

  private static RoleField secretIdUses() {
    return new RoleField(
        "secret-id-num-uses",
        "how often a secret id may be used",
        List.of(RoleRoutes.SECRET_ID_NUM_USES),
        (call, role) -> Map.of(Role.SECRET_ID_NUM_USES, role.secretIdUses()),
        (call, role) -> {
          given(call, RoleRoutes.SECRET_ID_NUM_USES);
          return using(role, RoleRoutes.uses(call).orElseThrow());
        },
        role -> using(role, 0));
  }

  private static Role using(Role role, long uses) {
    return role.withSecretIds(role.bindsSecretId(), role.secretIdCidrs(), uses, role.secretIdTtl());
  }

  private static RoleField secretIdTtl() {
    return new RoleField(
        "secret-id-ttl",
        "how long a secret id lasts",
        List.of(RoleRoutes.SECRET_ID_TTL),
        (call, role) -> Map.of(Role.SECRET_ID_TTL, role.secretIdTtl()),
        (call, role) -> lasting(role, given(call, RoleRoutes.SECRET_ID_TTL)),
        role -> lasting(role, Duration.ZERO));
  }

  private static Role lasting(Role role, Duration ttl) {
    return role.withSecretIds(role.bindsSecretId(), role.secretIdCidrs(), role.secretIdUses(), ttl);
  }
}
