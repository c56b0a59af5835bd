package coffer.token;

import static coffer.engine.Operation.UPDATE;

import coffer.engine.Call;
import coffer.engine.Durations;
import coffer.engine.Kind;
import coffer.engine.Login;
import coffer.engine.Login.Child;
import coffer.engine.Login.TokenType;
import coffer.engine.Param;
import coffer.engine.Refusal;
import coffer.engine.Reply;
import coffer.engine.Route;
import coffer.policy.Policy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/// `auth/token/create` and its kin: what the maker of a token may ask for, and what becomes of it.
final class TokenCreation {
  private static final List<String> RESERVED = List.of("hvs.", "s.");
  private static final int MAX_METADATA = 512 * 1024;

  private static final Param<String> ID =
      Param.string("id", "The id it is to have; a random one if left out. Needs sudo.");
  private static final Param<List<Object>> POLICIES =
      Param.field(
          "policies", Kind.LIST, "Its policies; those of its maker if left out.", List.of());
  private static final Param<Map<String, String>> META =
      Param.field("meta", Kind.PAIRS, "Texts to go with it, into look-ups and audit lines.");
  private static final Param<Boolean> NO_PARENT =
      Param.flag("no_parent", "Make an orphan, which outlives its maker. Needs sudo.");
  private static final Param<Boolean> NO_DEFAULT_POLICY =
      Param.flag("no_default_policy", "Leave the policy \"default\" out.");
  private static final Param<Boolean> RENEWABLE =
      Param.field("renewable", Kind.BOOLEAN, "Whether it can be renewed.", true);
  private static final Param<String> TTL =
      Param.field("ttl", Kind.STRING, "How long it lasts at first.", "");
  private static final Param<String> LEASE =
      Param.field("lease", Kind.STRING, "The early name of ttl.", "");
  private static final Param<String> EXPLICIT_MAX_TTL =
      Param.field("explicit_max_ttl", Kind.STRING, "How long it lasts at most.", "");
  private static final Param<String> PERIOD =
      Param.field(
          "period",
          Kind.STRING,
          "How long each renewal makes it last, without a maximum. Needs sudo.",
          "");
  private static final Param<Long> NUM_USES =
      Param.field("num_uses", Kind.INTEGER, "How often it may be used; 0 for no limit.", 0L);
  private static final Param<String> DISPLAY_NAME =
      Param.field("display_name", Kind.STRING, "Its name in lists and audit lines.", "token");
  private static final Param<String> TYPE =
      Param.field("type", Kind.STRING, "The kind of token: service.", "service");
  private static final Param<String> ENTITY_ALIAS =
      Param.string("entity_alias", "The alias of the entity behind it; needs a role.");
  private static final Param<?>[] PARAMS = {
    ID,
    POLICIES,
    META,
    NO_PARENT,
    NO_DEFAULT_POLICY,
    RENEWABLE,
    TTL,
    LEASE,
    EXPLICIT_MAX_TTL,
    PERIOD,
    NUM_USES,
    DISPLAY_NAME,
    TYPE,
    ENTITY_ALIAS
  };

  private final TokenStore store;
  private final Predicate<String> policyExists;

  TokenCreation(TokenStore store, Predicate<String> policyExists) {
    this.store = store;
    this.policyExists = policyExists;
  }

  List<Route> routes() {
    return List.of(
        Route.of(UPDATE, "create", "Make a child of the caller's token.", this::create, PARAMS),
        Route.of(UPDATE, "create-orphan", "Make a token without a parent.", this::orphan, PARAMS));
  }

  private Reply create(Call call) {
    if (call.get(NO_PARENT) && !call.caller().sudo()) {
      throw Refusal.bad("root or sudo privileges required to create orphan token");
    }
    return create(call, call.get(NO_PARENT), "auth/token/create");
  }

  private Reply orphan(Call call) {
    return create(call, true, "auth/token/create-orphan");
  }

  private Reply create(Call call, boolean orphan, String path) {
    Token parent = store.stored(call.caller().token());
    if (parent == null) {
      throw Refusal.bad("parent token lookup failed: no parent found");
    }
    check(call, parent);
    Duration explicitMax = duration(call, EXPLICIT_MAX_TTL);
    Duration period = period(call);
    Duration ttl = call.has(TTL) ? duration(call, TTL) : duration(call, LEASE);
    List<String> policies = policies(call, parent);
    boolean root = policies.contains(Policy.ROOT);
    boolean forever = root && ttl.isZero() && period.isZero();
    if (forever && explicitMax.isZero() && parent.expires() != null) {
      throw Refusal.bad("expiring root tokens cannot create non-expiring root tokens");
    }
    policies.stream()
        .filter(policy -> !policyExists.test(policy))
        .forEach(policy -> call.warn("Policy \"" + policy + "\" does not exist"));
    var child = new Child(orphan ? "" : parent.key(), call.get(ID), path, "", forever);
    return new Reply.Welcome(
        new Login(
            displayName(call.get(DISPLAY_NAME)),
            "",
            List.of(),
            policies,
            metadata(call),
            Map.of(),
            ttl,
            Duration.ZERO,
            explicitMax,
            period,
            call.get(NUM_USES),
            call.get(RENEWABLE),
            true,
            List.of(),
            false,
            TokenType.SERVICE,
            child));
  }

  private static void check(Call call, Token parent) {
    if (parent.uses() < 0) {
      throw Refusal.bad("parent token lookup failed: no parent found");
    }
    if (parent.uses() > 0) {
      throw Refusal.bad("restricted use token cannot generate child tokens");
    }
    if (call.get(NUM_USES) < 0) {
      throw Refusal.bad("number of uses cannot be negative");
    }
    String type = call.get(TYPE);
    if (type.equals("batch")) {
      throw Refusal.bad("batch tokens are not supported");
    }
    if (!type.isEmpty() && !type.equals("service")) {
      throw Refusal.bad("invalid 'token_type' value");
    }
    if (!call.get(ENTITY_ALIAS).isEmpty()) {
      throw Refusal.bad("'entity_alias' is only allowed in combination with token role");
    }
    String id = call.get(ID);
    if (!id.isEmpty() && !call.caller().sudo()) {
      throw Refusal.bad("root or sudo privileges required to specify token id");
    }
    for (String reserved : RESERVED) {
      if (id.startsWith(reserved)) {
        throw Refusal.bad("custom token ID cannot have the '" + reserved + "' prefix");
      }
    }
    if (id.contains(".")) {
      throw Refusal.bad("custom token ID cannot have a '.' in the value");
    }
  }

  private static Duration duration(Call call, Param<String> param) {
    Duration duration = parsed(call.get(param));
    if (duration.isNegative()) {
      throw Refusal.bad(param.name() + " must be positive");
    }
    return Duration.ofSeconds(duration.toSeconds());
  }

  private static Duration parsed(String text) {
    try {
      return Durations.parse(text);
    } catch (IllegalArgumentException e) {
      throw Refusal.bad(String.valueOf(e.getMessage()));
    }
  }

  private static Duration period(Call call) {
    Duration period = duration(call, PERIOD);
    if (period.isPositive() && !call.caller().sudo()) {
      throw Refusal.bad("root or sudo privileges required to create periodic token");
    }
    return period;
  }

  private static Map<String, String> metadata(Call call) {
    Map<String, String> metadata = call.find(META).orElse(Map.of());
    long size = 0;
    for (Map.Entry<String, String> entry : metadata.entrySet()) {
      size += entry.getKey().length() + entry.getValue().length();
    }
    if (size > MAX_METADATA) {
      throw Refusal.bad("metadata is longer than " + MAX_METADATA + " bytes");
    }
    return metadata;
  }

  private static List<String> policies(Call call, Token parent) {
    var wanted = new TreeSet<String>();
    for (Object name : call.get(POLICIES)) {
      wanted.add(Policy.normalName(Kind.STRING.read(POLICIES.name(), name)));
    }
    wanted.remove("");
    boolean defaults = !call.get(NO_DEFAULT_POLICY);
    if (call.get(POLICIES).isEmpty()) {
      wanted.addAll(parent.policies());
    } else if (call.caller().sudo()) {
      addDefault(wanted, defaults);
    } else if (!parent.policies().containsAll(wanted)) {
      throw Refusal.bad("child policies must be subset of parent");
    } else {
      addDefault(wanted, defaults && parent.policies().contains(Policy.DEFAULT));
    }
    if (wanted.contains(Policy.ROOT)) {
      if (!parent.policies().contains(Policy.ROOT)) {
        throw Refusal.bad("root tokens may not be created without parent token being root");
      }
      return List.of(Policy.ROOT);
    }
    return List.copyOf(wanted);
  }

  private static void addDefault(Set<String> policies, boolean wanted) {
    if (wanted && !policies.contains(Policy.ROOT)) {
      policies.add(Policy.DEFAULT);
    }
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
