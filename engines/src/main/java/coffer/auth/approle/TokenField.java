package coffer.auth.approle;

import coffer.engine.Call;
import coffer.engine.Durations;
import coffer.engine.Param;
import coffer.engine.Refusal;
import coffer.engine.TokenFields;
import coffer.engine.TokenSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The fields about tokens that have a path of their own.
final class TokenField {
  private static final String BOUND_CIDRS = "token_bound_cidrs";
  private static final String MAX_TTL = "token_max_ttl";
  private static final String TTL = "token_ttl";

  /// What one field is read and checked by.
  @FunctionalInterface
  private interface Reader {
    /// The settings after a request; the fields are this one alone.
    TokenSettings read(TokenFields fields, Call call, TokenSettings before);
  }

  private TokenField() {}

  static List<RoleField> all() {
    return List.of(
        boundCidrs(),
        of("token-max-ttl", MAX_TTL, "the most that a token may last", TokenField::maxTtl),
        of("token-num-uses", "token_num_uses", "how often a token may be used", TokenFields::read),
        of("period", "token_period", "how long each renewal of a token lasts", TokenField::period),
        of("policies", "token_policies", "the policies of tokens", TokenField::policies),
        of("token-ttl", TTL, "how long a token lasts at first", TokenField::ttl));
  }

  private static RoleField of(String path, String name, String title, Reader reader) {
    TokenFields fields = RoleRoutes.TOKENS.only(name);
    List<Param<?>> params = List.of(fields.after());
    return new RoleField(
        path,
        title,
        params,
        (call, role) -> shown(role, params),
        (call, role) -> {
          if (params.stream().noneMatch(call::has)) {
            throw Refusal.bad("missing " + (path.equals("period") ? path : name));
          }
          return role.withTokens(reader.read(fields, call, role.tokens()));
        },
        role -> role.withTokens(role.tokens().without(name)));
  }

  /// Under each name that the whole role shows it by.
  private static Map<String, @Nullable Object> shown(Role role, List<Param<?>> params) {
    var shown = new TreeMap<String, @Nullable Object>(role.tokens().shown());
    shown.keySet().retainAll(params.stream().map(Param::name).toList());
    return shown;
  }

  private static TokenSettings policies(TokenFields fields, Call call, TokenSettings before) {
    return fields.read(call, before).inOrder();
  }

  private static TokenSettings period(TokenFields fields, Call call, TokenSettings before) {
    TokenSettings after = fields.read(call, before);
    Duration most = call.mount().maxTtl();
    if (after.period().compareTo(most) > 0) {
      throw Refusal.bad(
          "period of \"%s\" is greater than the backend's maximum lease TTL of \"%s\""
              .formatted(Durations.format(after.period()), Durations.format(most)));
    }
    return after;
  }

  private static TokenSettings ttl(TokenFields fields, Call call, TokenSettings before) {
    Duration ttl = fields.read(call, before.without(MAX_TTL)).ttl();
    if (before.maxTtl().isPositive() && ttl.compareTo(before.maxTtl()) > 0) {
      throw Refusal.bad("token_ttl should not be greater than token_max_ttl");
    }
    return fields.read(call, before);
  }

  private static TokenSettings maxTtl(TokenFields fields, Call call, TokenSettings before) {
    Duration most = fields.read(call, before.without(TTL)).maxTtl();
    if (most.isPositive() && before.ttl().compareTo(most) > 0) {
      throw Refusal.bad("token_max_ttl should be greater than or equal to token_ttl");
    }
    return fields.read(call, before);
  }

  /// Unlike the others it needn't be given.
  private static RoleField boundCidrs() {
    TokenFields fields = RoleRoutes.TOKENS.only(BOUND_CIDRS);
    return new RoleField(
        "token-bound-cidrs",
        "from where one may use the tokens",
        List.of(fields.after()),
        (call, role) -> shownCidrs(role.tokens()),
        (call, role) -> role.withTokens(cidrs(fields, call, role.tokens())),
        role -> role.withTokens(role.tokens().without(BOUND_CIDRS)));
  }

  private static Map<String, @Nullable Object> shownCidrs(TokenSettings tokens) {
    var shown = new TreeMap<String, @Nullable Object>();
    shown.put(BOUND_CIDRS, tokens.boundCidrs().isEmpty() ? null : tokens.shown().get(BOUND_CIDRS));
    return shown;
  }

  private static TokenSettings cidrs(TokenFields fields, Call call, TokenSettings before) {
    try {
      return fields.read(call, before);
    } catch (Refusal e) {
      String message = e.errors().getFirst();
      throw message.startsWith("error parsing")
          ? Refusal.bad("failed to parse token_bound_cidrs: " + message)
          : e;
    }
  }
}
