package coffer.token;

import coffer.engine.Login.TokenType;
import coffer.engine.Refusal;
import coffer.engine.TokenFields;
import coffer.engine.TokenSettings;
import coffer.json.Fields;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What tokens may be like that are made at one place, `auth/token/create/<name>`, whoever makes
/// them there. Immutable.
///
/// @param settings that roles of all login methods have; some of them mean nothing here
/// @param allowedPolicies that there may be; with the patterns empty for those of the maker
/// @param renewable whether there may be tokens that can be renewed
/// @param pathSuffix what the paths and the leases of the tokens go on with; empty for nothing
/// @param type `service` or `batch`, or one of them with `default-` where the maker may choose
/// @param entityAliases that there may be; null where nobody said so
record TokenRole(
    String name,
    TokenSettings settings,
    List<String> allowedPolicies,
    List<String> allowedPoliciesGlob,
    List<String> disallowedPolicies,
    List<String> disallowedPoliciesGlob,
    boolean orphan,
    boolean renewable,
    String pathSuffix,
    String type,
    @Nullable List<String> entityAliases) {
  static final String SERVICE = "service";
  static final String BATCH = "batch";
  static final String DEFAULT_SERVICE = "default-service";
  static final String DEFAULT_BATCH = "default-batch";

  /// A role of which nothing was said.
  static TokenRole fresh(String name) {
    return new TokenRole(
        name,
        TokenSettings.NONE,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        false,
        true,
        "",
        DEFAULT_SERVICE,
        null);
  }

  Duration period() {
    return settings.period();
  }

  Duration explicitMaxTtl() {
    return settings.explicitMaxTtl();
  }

  /// Whether its tokens don't get the policy `default` unless somebody names it. Only counts where
  /// the role says something of policies, as with the peers.
  boolean withoutDefault() {
    return settings.noDefaultPolicy() || disallows("default");
  }

  boolean allowsSome() {
    return !allowedPolicies.isEmpty() || !allowedPoliciesGlob.isEmpty();
  }

  /// Whether the role decides on policies, and not what the maker has.
  boolean limitsPolicies() {
    return allowsSome() || !disallowedPolicies.isEmpty() || !disallowedPoliciesGlob.isEmpty();
  }

  boolean disallows(String policy) {
    return disallowedPolicies.contains(policy) || Globs.anyMatches(disallowedPoliciesGlob, policy);
  }

  boolean allowsAlias(String alias) {
    return entityAliases != null && Globs.anyMatches(entityAliases, alias.toLowerCase(Locale.ROOT));
  }

  /// The type of a token.
  ///
  /// @param wished by its maker; empty for none
  TokenType typeOf(String wished) {
    return switch (type) {
      case SERVICE -> TokenType.SERVICE;
      case BATCH -> TokenType.BATCH;
      case DEFAULT_BATCH -> TokenCreation.type(wished, TokenType.BATCH);
      default -> TokenCreation.type(wished, TokenType.SERVICE);
    };
  }

  /// Where its tokens are made, as look-ups show it.
  String path() {
    String path = "auth/token/create/" + name;
    return pathSuffix.isEmpty() ? path : path + "/" + pathSuffix;
  }

  /// Refused where its tokens could not be what it says of them.
  TokenRole checked() {
    if (type.equals(BATCH)) {
      String wrong = "'token_type' cannot be 'batch' when role is set to generate ";
      refuseIf(!orphan, wrong + "non-orphan tokens");
      refuseIf(period().isPositive(), wrong + "periodic tokens");
      refuseIf(renewable, wrong + "renewable tokens");
      refuseIf(explicitMaxTtl().isPositive(), wrong + "tokens with an explicit max TTL");
      refuseIf(settings.numUses() != 0, wrong + "tokens with limited use count");
    }
    return this;
  }

  private static void refuseIf(boolean wrong, String message) {
    if (wrong) {
      throw Refusal.bad(message);
    }
  }

  /// What a caller is shown.
  Map<String, @Nullable Object> shown() {
    Map<String, Object> settings = this.settings.shown();
    Map<String, @Nullable Object> fields = new LinkedHashMap<>(own());
    fields.put("allowed_entity_aliases", entityAliases);
    fields.put("name", name);
    fields.put("period", settings.getOrDefault("period", Duration.ZERO));
    fields.put("explicit_max_ttl", settings.getOrDefault("explicit_max_ttl", Duration.ZERO));
    for (String always : List.of("explicit_max_ttl", "no_default_policy", "period")) {
      fields.put("token_" + always, settings.get("token_" + always));
    }
    for (String some : List.of("bound_cidrs", "token_bound_cidrs", "token_num_uses")) {
      Object value = settings.get(some);
      if (value != null && !value.equals(List.of()) && !value.equals(0L)) {
        fields.put(some, value);
      }
    }
    if (this.settings.strictlyBindIp()) {
      fields.put("token_strictly_bind_ip", true);
    }
    return fields;
  }

  private Map<String, Object> own() {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("allowed_policies", allowedPolicies);
    fields.put("allowed_policies_glob", allowedPoliciesGlob);
    fields.put("disallowed_policies", disallowedPolicies);
    fields.put("disallowed_policies_glob", disallowedPoliciesGlob);
    fields.put("orphan", orphan);
    fields.put("renewable", renewable);
    fields.put("path_suffix", pathSuffix);
    fields.put("token_type", type);
    return fields;
  }

  /// What a store keeps.
  Map<String, Object> stored() {
    Map<String, Object> fields = own();
    fields.put("settings", settings.stored());
    if (entityAliases != null) {
      fields.put("allowed_entity_aliases", entityAliases);
    }
    return fields;
  }

  /// Reads what [#stored] wrote.
  static TokenRole of(String name, Map<String, Object> stored) {
    var fields = new Fields(stored);
    return new TokenRole(
        name,
        TokenFields.stored(fields.object("settings")),
        fields.texts("allowed_policies"),
        fields.texts("allowed_policies_glob"),
        fields.texts("disallowed_policies"),
        fields.texts("disallowed_policies_glob"),
        fields.flag("orphan"),
        fields.flag("renewable"),
        fields.text("path_suffix"),
        fields.text("token_type"),
        stored.containsKey("allowed_entity_aliases")
            ? fields.texts("allowed_entity_aliases")
            : null);
  }
}
