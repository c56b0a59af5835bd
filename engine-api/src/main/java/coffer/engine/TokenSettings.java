package coffer.engine;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// What the tokens of one user or role of an auth method are to be like. All methods share these
/// settings; [TokenFields] reads them from requests. Durations of zero mean "as the mount has it".
///
/// @param boundCidrs from where one may log in and use the token; empty for anywhere
/// @param numUses how often a token may be used; 0 for as often as one likes
/// @param strictlyBindIp whether a token works only from the address that logged in
/// @param old the names from before the prefix `token_` under which settings were given: they are
///   shown under these too
public record TokenSettings(
    List<AddressRange> boundCidrs,
    Duration explicitMaxTtl,
    Duration maxTtl,
    boolean noDefaultPolicy,
    long numUses,
    Duration period,
    List<String> policies,
    boolean strictlyBindIp,
    Duration ttl,
    Login.TokenType type,
    Set<String> old) {

  /// What there is for whoever says nothing.
  public static final TokenSettings NONE =
      new TokenSettings(
          List.of(),
          Duration.ZERO,
          Duration.ZERO,
          false,
          0,
          Duration.ZERO,
          List.of(),
          false,
          Duration.ZERO,
          Login.TokenType.DEFAULT,
          Set.of());

  private static final String DEFAULT_POLICY = "default";

  /// The same, not known by some of the names from before.
  public TokenSettings withoutOld(Set<String> names) {
    return new TokenSettings(
        boundCidrs,
        explicitMaxTtl,
        maxTtl,
        noDefaultPolicy,
        numUses,
        period,
        policies,
        strictlyBindIp,
        ttl,
        type,
        old.stream().filter(name -> !names.contains(name)).collect(Collectors.toSet()));
  }

  /// Whether somebody at this address may log in.
  public boolean admits(String remoteAddress) {
    return AddressRange.admit(boundCidrs, remoteAddress);
  }

  /// The login of somebody with these settings, whose name is also that of the alias.
  public Login login(String name, Map<String, String> metadata) {
    return login(name, name, metadata);
  }

  /// The login of somebody with these settings.
  ///
  /// @param displayName without the mount's prefix; empty for the mount's alone
  public Login login(String displayName, String alias, Map<String, String> metadata) {
    return new Login(
        displayName,
        alias,
        List.of(),
        policies,
        metadata,
        Map.of(),
        ttl,
        maxTtl,
        explicitMaxTtl,
        period,
        numUses,
        true,
        noDefaultPolicy,
        boundCidrs,
        strictlyBindIp,
        type,
        null);
  }

  /// The same login with the durations of today; refused if the policies have changed since.
  public Login renew(Login login) {
    if (!normal(policies).equals(normal(login.policies()))) {
      throw new Refusal(Refusal.Why.FAILED, "policies have changed, not renewing");
    }
    return prolong(login);
  }

  /// The same login with the durations of today, whatever has become of the policies.
  public Login prolong(Login login) {
    return new Login(
        login.displayName(),
        login.alias(),
        login.groups(),
        login.policies(),
        login.metadata(),
        login.internal(),
        ttl,
        maxTtl,
        login.explicitMaxTtl(),
        period,
        login.numUses(),
        login.renewable(),
        login.noDefaultPolicy(),
        login.boundCidrs(),
        login.bindToCaller(),
        login.type(),
        login.child());
  }

  /// What counts when two lists are compared: a token gets `default` whether it is listed or not.
  private static Set<String> normal(List<String> policies) {
    return policies.stream()
        .map(policy -> policy.strip().toLowerCase(Locale.ROOT))
        .filter(policy -> !policy.isEmpty() && !policy.equals(DEFAULT_POLICY))
        .collect(Collectors.toSet());
  }

  /// The same settings with other ranges to log in from and use the token from.
  public TokenSettings within(List<AddressRange> ranges) {
    return new TokenSettings(
        ranges,
        explicitMaxTtl,
        maxTtl,
        noDefaultPolicy,
        numUses,
        period,
        policies,
        strictlyBindIp,
        ttl,
        type,
        old);
  }

  /// The same settings with the policies in lower case and in order, each once.
  public TokenSettings inOrder() {
    return new TokenSettings(
        boundCidrs,
        explicitMaxTtl,
        maxTtl,
        noDefaultPolicy,
        numUses,
        period,
        TokenFields.inOrder(policies),
        strictlyBindIp,
        ttl,
        type,
        old);
  }

  /// The same settings, as if one field (`token_ttl`) had never been given.
  public TokenSettings without(String field) {
    Map<String, Object> stored = stored();
    stored.put(field, NONE.fields().get(field));
    stored.replaceAll(
        (name, value) -> value instanceof Duration duration ? duration.toSeconds() : value);
    return TokenFields.stored(stored);
  }

  /// All settings as the API spells them: what a caller is shown.
  public Map<String, Object> shown() {
    Map<String, Object> fields = fields();
    for (String name : old) {
      Object value = fields.get(TokenFields.PREFIX + name);
      if (value != null && !value.equals(Duration.ZERO) && !value.equals(List.of())) {
        fields.put(name, value);
      }
    }
    return fields;
  }

  private Map<String, Object> fields() {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("token_bound_cidrs", boundCidrs.stream().map(AddressRange::toString).toList());
    fields.put("token_explicit_max_ttl", explicitMaxTtl);
    fields.put("token_max_ttl", maxTtl);
    fields.put("token_no_default_policy", noDefaultPolicy);
    fields.put("token_num_uses", numUses);
    fields.put("token_period", period);
    fields.put("token_policies", policies);
    fields.put("token_strictly_bind_ip", strictlyBindIp);
    fields.put("token_ttl", ttl);
    fields.put("token_type", type.word());
    return fields;
  }

  /// What a store keeps of them; [TokenFields#stored] reads it.
  public Map<String, Object> stored() {
    Map<String, Object> fields = fields();
    fields.put("old", List.copyOf(old));
    return fields;
  }
}
