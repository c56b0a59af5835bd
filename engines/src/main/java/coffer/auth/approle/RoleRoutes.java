package coffer.auth.approle;

import static coffer.engine.Operation.DELETE;
import static coffer.engine.Operation.LIST;
import static coffer.engine.Operation.READ;
import static coffer.engine.Operation.UPDATE;

import coffer.engine.Call;
import coffer.engine.Kind;
import coffer.engine.Param;
import coffer.engine.Refusal;
import coffer.engine.Reply;
import coffer.engine.Route;
import coffer.engine.TokenFields;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Whole roles: to make, change, show, list and delete.
final class RoleRoutes {
  static final TokenFields TOKENS = new TokenFields("policies", "period").adjusting();

  static final Param<String> ROLE_ID =
      Param.string("role_id", "The id that a login says; a random one where none is given.");
  static final Param<Boolean> BIND_SECRET_ID =
      Param.field(
          Role.BIND_SECRET_ID, Kind.BOOLEAN, "Whether a login takes a secret id; true at first.");
  static final Param<List<String>> SECRET_ID_BOUND_CIDRS =
      Param.field(
          Role.SECRET_ID_BOUND_CIDRS,
          Kind.STRINGS,
          "The blocks of IP addresses from where one may log in.");
  static final Param<List<String>> BOUND_CIDR_LIST =
      Param.field(
          "bound_cidr_list",
          Kind.STRINGS,
          "The old name of `secret_id_bound_cidrs`, which goes first.");
  static final Param<Long> SECRET_ID_NUM_USES =
      Param.field(
          Role.SECRET_ID_NUM_USES,
          Kind.INTEGER,
          "How often a secret id may be used; 0 for as often as one likes.");
  static final Param<Duration> SECRET_ID_TTL =
      Param.field(Role.SECRET_ID_TTL, Kind.TTL, "How long a secret id lasts; 0 for ever.");

  private static final Param<Boolean> LOCAL_SECRET_IDS =
      Param.field(
          Role.LOCAL_SECRET_IDS,
          Kind.BOOLEAN,
          "Whether secret ids belong to this cluster alone; only for a new role.");

  private final Roles roles;
  private final Ids ids;

  RoleRoutes(Roles roles, Ids ids) {
    this.roles = roles;
    this.ids = ids;
  }

  List<Route> routes() {
    return List.of(
        Route.of(LIST, "role", "List the roles.", this::list, Page.AFTER, Page.LIMIT),
        Route.of(READ, "role/{role_name}", "Show a role.", this::read, Roles.NAME),
        Route.of(
                UPDATE,
                "role/{role_name}",
                "Make or change a role.",
                this::write,
                TOKENS.after(
                    Roles.NAME,
                    ROLE_ID,
                    BIND_SECRET_ID,
                    SECRET_ID_BOUND_CIDRS,
                    BOUND_CIDR_LIST,
                    SECRET_ID_NUM_USES,
                    SECRET_ID_TTL,
                    LOCAL_SECRET_IDS))
            .creating(call -> roles.exists(call, Roles.name(call))),
        Route.of(
            DELETE,
            "role/{role_name}",
            "Delete a role with all its secret ids.",
            this::delete,
            Roles.NAME));
  }

  private Reply list(Call call) {
    return new Reply.Keys(Page.bounded(roles.list(call, call.get(Page.AFTER), Page.limit(call))));
  }

  private Reply read(Call call) {
    return new Reply.Data(roles.find(call, Roles.name(call)).orElseThrow(Refusal::absent).shown());
  }

  private Reply delete(Call call) {
    roles.lock(call, Roles.name(call)).ifPresent(role -> roles.delete(call, role));
    return Reply.DONE;
  }

  private Reply write(Call call) {
    String name = Roles.name(call);
    Optional<Role> before = roles.lock(call, name);
    if (before.isPresent() && call.has(LOCAL_SECRET_IDS)) {
      throw Refusal.bad("local_secret_ids can only be modified during role creation");
    }
    Role role = changed(call, before.orElseGet(() -> fresh(name)));
    roles.put(call, before, role.checked());
    if (role.tokens().maxTtl().compareTo(call.mount().maxTtl()) > 0) {
      call.warn(
          "token_max_ttl is greater than the backend mount's maximum TTL value; issued tokens' max"
              + " TTL value will be truncated");
    }
    return Reply.DONE;
  }

  private Role fresh(String name) {
    return Role.fresh(name, SecretIds.folder(name, ids.next()), ids.next());
  }

  private static Role changed(Call call, Role role) {
    return role.withTokens(TOKENS.read(call, role.tokens()))
        .withRoleId(roleId(call, role.roleId()))
        .withLocalSecretIds(call.find(LOCAL_SECRET_IDS).orElse(role.localSecretIds()))
        .withSecretIds(
            call.find(BIND_SECRET_ID).orElse(role.bindsSecretId()),
            cidrs(call).orElse(role.secretIdCidrs()),
            uses(call).orElse(role.secretIdUses()),
            call.find(SECRET_ID_TTL).orElse(role.secretIdTtl()));
  }

  private static String roleId(Call call, String before) {
    String id = call.find(ROLE_ID).orElse(before);
    if (id.isEmpty()) {
      throw Refusal.bad("invalid role_id supplied, or failed to generate a role_id");
    }
    return id;
  }

  private static Optional<Blocks> cidrs(Call call) {
    Optional<Blocks> cidrs =
        call.find(SECRET_ID_BOUND_CIDRS).or(() -> call.find(BOUND_CIDR_LIST)).map(Blocks::new);
    cidrs
        .flatMap(Blocks::wrong)
        .ifPresent(
            wrong -> {
              throw new Refusal(
                  Refusal.Why.FAILED, Refusal.listed("failed to validate CIDR blocks: " + wrong));
            });
    return cidrs;
  }

  static Optional<Long> uses(Call call) {
    Optional<Long> uses = call.find(SECRET_ID_NUM_USES);
    if (uses.orElse(0L) < 0) {
      throw Refusal.bad("secret_id_num_uses cannot be negative");
    }
    return uses;
  }
}
