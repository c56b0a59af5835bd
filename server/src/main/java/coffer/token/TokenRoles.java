package coffer.token;

import static coffer.engine.Operation.DELETE;
import static coffer.engine.Operation.LIST;
import static coffer.engine.Operation.READ;
import static coffer.engine.Operation.UPDATE;

import coffer.engine.Call;
import coffer.engine.Kind;
import coffer.engine.Param;
import coffer.engine.Refusal;
import coffer.engine.Refusal.Why;
import coffer.engine.Reply;
import coffer.engine.Route;
import coffer.engine.Store;
import coffer.engine.TokenFields;
import coffer.engine.TokenSettings;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// `auth/token/roles`: writing, reading and deleting roles, and finding them for whoever makes a
/// token.
///
/// ```
/// role/<name>     the role
/// ```
final class TokenRoles {
  static final Param<String> NAME = Param.path("role_name", "The name of the role.");

  private static final Param<List<String>> ALLOWED_POLICIES =
      Param.strings(
          "allowed_policies",
          "The policies that there may be, whatever the maker has; those of the maker if empty.");
  private static final Param<List<String>> ALLOWED_POLICIES_GLOB =
      Param.strings("allowed_policies_glob", "The same, with * for any text.");
  private static final Param<List<String>> DISALLOWED_POLICIES =
      Param.strings(
          "disallowed_policies",
          "The policies that there may not be; any other may, where none are allowed by name.");
  private static final Param<List<String>> DISALLOWED_POLICIES_GLOB =
      Param.strings("disallowed_policies_glob", "The same, with * for any text.");
  private static final Param<Boolean> ORPHAN =
      Param.flag("orphan", "Whether the tokens have no parent and outlive their makers.");
  private static final Param<Boolean> RENEWABLE =
      Param.field("renewable", Kind.BOOLEAN, "Whether tokens can be renewed.", true);
  private static final Param<String> PATH_SUFFIX =
      Param.string("path_suffix", "What the paths of the tokens and of their leases end in.");
  private static final Param<String> TYPE =
      Param.string(
          "token_type",
          "The type of the tokens: service or batch; default-service or default-batch where the"
              + " maker may choose.");
  private static final Param<List<String>> ENTITY_ALIASES =
      Param.strings(
          "allowed_entity_aliases", "The aliases of entities that there may be, with * for any.");

  private static final TokenFields SETTINGS =
      new TokenFields("bound_cidrs", "explicit_max_ttl", "period")
          .only(
              "token_bound_cidrs",
              "token_explicit_max_ttl",
              "token_no_default_policy",
              "token_num_uses",
              "token_period",
              "token_strictly_bind_ip");

  /// The settings with an early name, in the order in which they are warned of.
  private static final List<String> RENAMED = List.of("period", "bound_cidrs", "explicit_max_ttl");

  private static final Pattern NAMES =
      Pattern.compile("[a-zA-Z0-9_]([a-zA-Z0-9_.-]*[a-zA-Z0-9_])?");
  private static final Pattern SUFFIX = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9_.-]+[a-zA-Z0-9_]");
  private static final int MAX_SUFFIX = 1_024;
  private static final Set<String> TYPES =
      Set.of(
          TokenRole.SERVICE, TokenRole.BATCH, TokenRole.DEFAULT_SERVICE, TokenRole.DEFAULT_BATCH);
  private static final String PREFIX = "role/";

  List<Route> routes() {
    return List.of(
        Route.of(LIST, "roles", "List the roles.", this::list),
        Route.of(READ, "roles/{role_name}", "Look at a role.", this::read, NAME),
        Route.of(
                UPDATE,
                "roles/{role_name}",
                "Write a role, or change what is said of it.",
                this::write,
                SETTINGS.after(
                    NAME,
                    ALLOWED_POLICIES,
                    ALLOWED_POLICIES_GLOB,
                    DISALLOWED_POLICIES,
                    DISALLOWED_POLICIES_GLOB,
                    ORPHAN,
                    RENEWABLE,
                    PATH_SUFFIX,
                    TYPE,
                    ENTITY_ALIASES))
            .creating(call -> find(call.storage(), call.get(NAME)).isPresent()),
        Route.of(DELETE, "roles/{role_name}", "Delete a role.", this::delete, NAME));
  }

  /// A path that has no name of a role in it is none of these.
  static String name(Call call) {
    String name = call.get(NAME);
    if (!NAMES.matcher(name).matches()) {
      throw new Refusal(Why.ABSENT, Refusal.listed("unsupported path"));
    }
    return name;
  }

  Optional<TokenRole> find(Store storage, String name) {
    return storage.get(PREFIX + name).map(stored -> TokenRole.of(name, stored));
  }

  private Reply list(Call call) {
    return new Reply.Keys(call.storage().list(PREFIX));
  }

  private Reply read(Call call) {
    return new Reply.Data(find(call.storage(), name(call)).orElseThrow(Refusal::absent).shown());
  }

  private Reply delete(Call call) {
    call.storage().delete(PREFIX + name(call));
    return Reply.DONE;
  }

  private Reply write(Call call) {
    String name = name(call);
    call.lock(PREFIX + name);
    TokenRole before = find(call.storage(), name).orElseGet(() -> TokenRole.fresh(name));
    TokenRole role = changed(call, before).checked();
    call.storage().put(PREFIX + name, role.stored());
    warnOfOldNames(call);
    long most = call.mount().maxTtl().toSeconds();
    if (role.explicitMaxTtl().toSeconds() > most) {
      call.warn(
          "Given explicit max TTL of %d is greater than system/mount allowed value of %d seconds; until this is fixed attempting to create tokens against this role will result in an error"
              .formatted(role.explicitMaxTtl().toSeconds(), most));
    }
    return Reply.DONE;
  }

  private static TokenRole changed(Call call, TokenRole before) {
    String suffix = suffix(call, before);
    TokenSettings settings = settings(call, before);
    return new TokenRole(
        before.name(),
        settings,
        call.find(ALLOWED_POLICIES).map(TokenRoles::inOrder).orElse(before.allowedPolicies()),
        call.find(ALLOWED_POLICIES_GLOB)
            .map(TokenRoles::inOrder)
            .orElse(before.allowedPoliciesGlob()),
        call.find(DISALLOWED_POLICIES).map(TokenRoles::inOrder).orElse(before.disallowedPolicies()),
        call.find(DISALLOWED_POLICIES_GLOB)
            .map(TokenRoles::inOrder)
            .orElse(before.disallowedPoliciesGlob()),
        call.find(ORPHAN).orElse(before.orphan()),
        call.find(RENEWABLE).orElse(before.renewable()),
        suffix,
        type(call, before),
        call.find(ENTITY_ALIASES).map(TokenRoles::inOrder).orElse(before.entityAliases()));
  }

  private static List<String> inOrder(List<String> names) {
    var sorted = new TreeSet<String>();
    names.forEach(name -> sorted.add(name.strip().toLowerCase(Locale.ROOT)));
    sorted.remove("");
    return List.copyOf(sorted);
  }

  private static String suffix(Call call, TokenRole before) {
    String suffix = call.find(PATH_SUFFIX).orElse(before.pathSuffix());
    if (suffix.isEmpty()) {
      return suffix;
    }
    if (!SUFFIX.matcher(suffix).find()
        || suffix.length() > MAX_SUFFIX
        || suffix.chars().anyMatch(Character::isISOControl)) {
      throw Refusal.bad(
          "given role path suffix contains invalid characters; must match \\w[\\w-.]+\\w");
    }
    if (suffix.contains("..")) {
      throw Refusal.bad("error registering path suffix: path cannot contain parent references");
    }
    return suffix;
  }

  private static TokenSettings settings(Call call, TokenRole before) {
    try {
      return SETTINGS.read(call, before.settings()).withoutOld(givenTwice(call));
    } catch (Refusal e) {
      String message = String.valueOf(e.getMessage());
      if (message.startsWith("Field validation failed")) {
        throw e;
      }
      boolean early = call.fields().containsKey("bound_cidrs");
      boolean late = call.fields().containsKey("token_bound_cidrs");
      boolean ranges = message.startsWith("error parsing address");
      throw Refusal.bad(
          (ranges && early && !late ? "error parsing bound_cidrs: " : "error parsing role fields: ")
              + message);
    }
  }

  private static Set<String> givenTwice(Call call) {
    var twice = new HashSet<String>();
    for (String name : RENAMED) {
      if (call.fields().get(name) != null && call.fields().get("token_" + name) != null) {
        twice.add(name);
      }
    }
    return twice;
  }

  private static void warnOfOldNames(Call call) {
    Set<String> twice = givenTwice(call);
    for (String name : RENAMED) {
      if (twice.contains(name)) {
        call.warn(
            "Both 'token_%s' and deprecated '%s' value supplied, ignoring the deprecated value"
                .formatted(name, name));
      }
    }
  }

  private static String type(Call call, TokenRole before) {
    String type = call.find(TYPE).orElse(before.type());
    if (!TYPES.contains(type)) {
      throw Refusal.bad("invalid 'token_type' value \"" + type + "\"");
    }
    return type;
  }
}
