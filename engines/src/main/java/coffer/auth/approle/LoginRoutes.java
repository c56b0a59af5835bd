package coffer.auth.approle;

import coffer.engine.Call;
import coffer.engine.Login;
import coffer.engine.Operation;
import coffer.engine.Param;
import coffer.engine.Refusal;
import coffer.engine.Reply;
import coffer.engine.Route;
import coffer.engine.TokenSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Logging in as a role, and staying so.
final class LoginRoutes {
  /// Where the name of the role is in the metadata of a token.
  private static final String ROLE_NAME = "role_name";

  private static final Param<String> ROLE_ID = Param.string("role_id", "The id of the role.");
  private static final Param<String> SECRET_ID =
      Param.string("secret_id", "A secret id of the role, if it takes one.");

  private final Roles roles;
  private final MountKey keys;

  LoginRoutes(Roles roles, MountKey keys) {
    this.roles = roles;
    this.keys = keys;
  }

  List<Route> routes() {
    return List.of(
        Route.of(Operation.UPDATE, "login", "Log in.", this::login, ROLE_ID, SECRET_ID).open());
  }

  /// Tells nobody whether it is the role id or the secret id that is wrong, neither by its text nor
  /// by its time: of an unknown role a secret id is looked for all the same.
  private Reply login(Call call) {
    String roleId = call.get(ROLE_ID).strip();
    String id = call.get(SECRET_ID).strip();
    if (roleId.isEmpty()) {
      throw new Refusal(Refusal.Why.FAILED, "missing role_id");
    }
    Optional<Role> role = roles.ofRoleId(call, roleId);
    if (role.isPresent() && !role.get().bindsSecretId()) {
      return welcome(call, role.get(), role.get().tokens(), Map.of());
    }
    if (role.isPresent() && id.isEmpty()) {
      throw Refusal.bad("missing secret_id");
    }
    var secretIds =
        new SecretIds(
            call, keys.hashes(call), role.map(Role::folder).orElseGet(() -> roles.nobodys(call)));
    String hash = secretIds.hash(id);
    SecretId secretId = valid(call, secretIds.find(hash));
    Reply reply = welcome(call, role.orElseThrow(), secretId);
    if (secretId.isLimited()) {
      use(call, secretIds, hash);
    }
    return reply;
  }

  private static SecretId valid(Call call, Optional<SecretId> found) {
    SecretId secretId = found.orElseThrow(LoginRoutes::invalid);
    if (!secretId.cidrs().admit(call.caller().remoteAddress())) {
      throw unauthorized(call, secretId.isLimited() ? "by" : "through", "secret ID");
    }
    return secretId;
  }

  private static Refusal invalid() {
    return Refusal.bad("invalid role or secret ID");
  }

  private static Refusal unauthorized(Call call, String by, String what) {
    return Refusal.bad(
        "source address \"%s\" unauthorized %s CIDR restrictions on the %s"
            .formatted(call.caller().remoteAddress(), by, what));
  }

  /// Counts a use. It is committed with the token, so that there is never the one without the
  /// other; others who would use the secret id wait until then.
  private static void use(Call call, SecretIds secretIds, String hash) {
    SecretId secretId = secretIds.lock(hash).orElseThrow(LoginRoutes::invalid);
    if (secretId.uses() == 1) {
      secretIds.remove(hash, secretId);
    } else {
      secretIds.put(hash, secretId.used(call.now()));
    }
  }

  private static Reply welcome(Call call, Role role, SecretId secretId) {
    TokenSettings tokens = role.tokens();
    return welcome(
        call,
        role,
        secretId.tokenCidrs().isEmpty() ? tokens : tokens.within(secretId.tokenCidrs().ranges()),
        secretId.metadata());
  }

  private static Reply welcome(
      Call call, Role role, TokenSettings tokens, Map<String, String> further) {
    if (!role.secretIdCidrs().admit(call.caller().remoteAddress())) {
      throw unauthorized(call, "by", "role");
    }
    Map<String, String> metadata = new HashMap<>(further);
    metadata.put(ROLE_NAME, role.name());
    return new Reply.Welcome(tokens.login("", role.roleId(), Map.copyOf(metadata)));
  }

  /// A token lasts on as long as its role is there, whatever has become of the secret id.
  Login renew(Call call, Login login) {
    String name = login.metadata().getOrDefault(ROLE_NAME, "");
    return roles
        .find(call, name)
        .orElseThrow(() -> new Refusal(Refusal.Why.FAILED, Roles.missing(name) + " during renewal"))
        .tokens()
        .prolong(login);
  }
}
