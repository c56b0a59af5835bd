package coffer.token;

import static coffer.engine.Operation.UPDATE;

import coffer.engine.AddressRange;
import coffer.engine.Call;
import coffer.engine.Login;
import coffer.engine.Login.Child;
import coffer.engine.Login.TokenType;
import coffer.engine.Param;
import coffer.engine.Refusal;
import coffer.engine.Reply;
import coffer.engine.Route;
import coffer.policy.Policy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// `auth/token/create` and its kin: what the maker of a token may ask for, and what becomes of it.
/// The order in which things are refused is the peers'.
final class TokenCreation {
  private static final List<String> RESERVED = List.of("hvs.", "s.");
  private static final int MAX_METADATA = 512 * 1024;

  private final TokenStore store;
  private final TokenRoles roles;
  private final Predicate<String> policyExists;

  TokenCreation(TokenStore store, TokenRoles roles, Predicate<String> policyExists) {
    this.store = store;
    this.roles = roles;
    this.policyExists = policyExists;
  }

  List<Route> routes() {
    Param<?>[] params = TokenWish.PARAMS.toArray(Param<?>[]::new);
    var withRole = new ArrayList<Param<?>>(TokenWish.PARAMS);
    withRole.add(TokenRoles.NAME);
    return List.of(
        Route.of(UPDATE, "create", "Make a child of the caller's token.", this::child, params),
        Route.of(UPDATE, "create-orphan", "Make a token without a parent.", this::orphan, params),
        Route.of(
            UPDATE,
            "create/{role_name}",
            "Make a token as a role says.",
            this::byRole,
            withRole.toArray(Param<?>[]::new)));
  }

  private Reply child(Call call) {
    return create(call, TokenWish.of(call), null, "auth/token/create");
  }

  private Reply orphan(Call call) {
    return create(call, TokenWish.of(call), null, "auth/token/create-orphan");
  }

  private Reply byRole(Call call) {
    String name = TokenRoles.name(call);
    TokenWish wish = TokenWish.of(call);
    TokenRole role =
        roles.find(call.storage(), name).orElseThrow(() -> Refusal.bad("unknown role " + name));
    return create(call, wish, role, role.path());
  }

  private Reply create(Call call, TokenWish wish, @Nullable TokenRole role, String path) {
    if (role == null && !wish.entityAlias().isEmpty()) {
      throw Refusal.bad("'entity_alias' is only allowed in combination with token role");
    }
    Token parent = parent(call);
    boolean sudo = call.caller().sudo();
    TokenType type = role == null ? type(wish.type(), TokenType.SERVICE) : role.typeOf(wish.type());
    check(wish, role, type, sudo);
    List<String> policies = new ChildPolicies(wish, parent, sudo).of(role);
    boolean root = policies.contains(Policy.ROOT);
    if (root && type == TokenType.BATCH) {
      throw Refusal.bad("batch tokens cannot be root tokens");
    }
    boolean orphan = isOrphan(wish, role, path, sudo);
    Duration explicitMax = wish.explicitMaxTtlSeconds();
    Duration period = period(wish, sudo);
    Duration ttl = wish.ttlSeconds();
    boolean forever = root && ttl.isZero() && period.isZero() && periodOf(role).isZero();
    if (forever
        && explicitMax.isZero()
        && explicitMaxTtlOf(role).isZero()
        && parent.expires() != null) {
      throw Refusal.bad("expiring root tokens cannot create non-expiring root tokens");
    }
    checkId(type == TokenType.BATCH ? "" : wish.id());
    policies.stream()
        .filter(policy -> !policyExists.test(policy))
        .forEach(policy -> call.warn("Policy \"" + policy + "\" does not exist"));
    var child =
        new Child(
            orphan ? "" : parent.key(),
            wish.id(),
            path,
            role == null ? "" : role.name(),
            forever,
            period,
            explicitMax);
    return new Reply.Welcome(login(wish, role, type, policies, ttl, child));
  }

  private static Login login(
      TokenWish wish,
      @Nullable TokenRole role,
      TokenType type,
      List<String> policies,
      Duration ttl,
      Child child) {
    return new Login(
        displayName(wish.displayName()),
        wish.entityAlias().toLowerCase(Locale.ROOT),
        List.of(),
        policies,
        metadata(wish),
        Map.of(),
        ttl,
        Duration.ZERO,
        explicitMaxTtlOf(role),
        periodOf(role),
        role == null ? wish.numUses() : fewer(wish.numUses(), role.settings().numUses()),
        wish.renewable() && (role == null || role.renewable()),
        true,
        role == null ? List.<AddressRange>of() : role.settings().boundCidrs(),
        role != null && role.settings().strictlyBindIp(),
        type,
        child);
  }

  private Token parent(Call call) {
    Token parent = store.of(call.caller());
    if (parent == null || parent.uses() < 0) {
      throw Refusal.bad("parent token lookup failed: no parent found");
    }
    if (parent.uses() > 0) {
      throw Refusal.bad("restricted use token cannot generate child tokens");
    }
    if (parent.batch()) {
      throw Refusal.bad("batch tokens cannot create more tokens");
    }
    return parent;
  }

  /// The type by its word.
  ///
  /// @param otherwise where there is none
  static TokenType type(String word, TokenType otherwise) {
    return switch (word) {
      case "" -> otherwise;
      case "service" -> TokenType.SERVICE;
      case "batch" -> TokenType.BATCH;
      default -> throw Refusal.bad("invalid 'token_type' value");
    };
  }

  private static void check(
      TokenWish wish, @Nullable TokenRole role, TokenType type, boolean sudo) {
    if (type == TokenType.BATCH) {
      wish.checkBatch();
    }
    if (wish.numUses() < 0) {
      throw Refusal.bad("number of uses cannot be negative");
    }
    if (role != null && !wish.entityAlias().isEmpty() && !role.allowsAlias(wish.entityAlias())) {
      throw Refusal.bad("invalid 'entity_alias' value");
    }
    if (!wish.id().isEmpty() && !sudo) {
      throw Refusal.bad("root or sudo privileges required to specify token id");
    }
  }

  private static boolean isOrphan(
      TokenWish wish, @Nullable TokenRole role, String path, boolean sudo) {
    if (role != null) {
      return role.orphan();
    }
    if (path.endsWith("-orphan")) {
      return true;
    }
    if (wish.noParent() && !sudo) {
      throw Refusal.bad("root or sudo privileges required to create orphan token");
    }
    return wish.noParent();
  }

  private static void checkId(String id) {
    for (String reserved : RESERVED) {
      if (id.startsWith(reserved)) {
        throw Refusal.bad("custom token ID cannot have the '" + reserved + "' prefix");
      }
    }
    if (id.contains(".")) {
      throw Refusal.bad("custom token ID cannot have a '.' in the value");
    }
  }

  private static Duration period(TokenWish wish, boolean sudo) {
    Duration period = wish.periodSeconds();
    if (period.isPositive() && !sudo) {
      throw Refusal.bad("root or sudo privileges required to create periodic token");
    }
    return period;
  }

  private static Duration periodOf(@Nullable TokenRole role) {
    return role == null ? Duration.ZERO : role.period();
  }

  private static Duration explicitMaxTtlOf(@Nullable TokenRole role) {
    return role == null ? Duration.ZERO : role.explicitMaxTtl();
  }

  /// Of two numbers of uses the lesser; 0 is any number.
  private static long fewer(long one, long other) {
    return one == 0 || other == 0 ? one + other : Math.min(one, other);
  }

  private static Map<String, String> metadata(TokenWish wish) {
    long size = 0;
    for (Map.Entry<String, String> entry : wish.metadata().entrySet()) {
      size += entry.getKey().length() + entry.getValue().length();
    }
    if (size > MAX_METADATA) {
      throw Refusal.bad("metadata is longer than " + MAX_METADATA + " bytes");
    }
    return wish.metadata();
  }

  /// `token-` and the name, with `-` for all that isn't a letter, a digit or `-`.
  private static String displayName(String name) {
    if (name.equals("token") || name.isEmpty()) {
      return "token";
    }
    String clean = ("token-" + name).replaceAll("[^a-zA-Z0-9-]", "-");
    return clean.endsWith("-") ? clean.substring(0, clean.length() - 1) : clean;
  }
}
