package coffer.token;

import static coffer.engine.Operation.LIST;
import static coffer.engine.Operation.READ;
import static coffer.engine.Operation.UPDATE;

import coffer.barrier.MountStore;
import coffer.barrier.Transaction;
import coffer.engine.AddressRange;
import coffer.engine.Call;
import coffer.engine.Engine;
import coffer.engine.Kind;
import coffer.engine.Login;
import coffer.engine.Param;
import coffer.engine.Refusal;
import coffer.engine.Reply;
import coffer.engine.Route;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// `auth/token`: making, looking at, renewing and revoking tokens.
public final class TokenEngine implements Engine {
  static final Param<String> TOKEN = Param.string("token", "The token.");
  static final Param<String> ACCESSOR = Param.string("accessor", "The accessor of the token.");
  static final Param<Duration> INCREMENT =
      Param.field("increment", Kind.TTL, "How long it is to last from now on.", Duration.ZERO);

  /// How many accessors are read at once while they are listed.
  private static final int PAGE = 1_000;

  private final TokenStore store;
  private final TokenRoles roles = new TokenRoles();
  private final TokenCreation creation;
  private final InstantSource time;
  private final BooleanSupplier tidy;
  private final Function<String, List<String>> identityPolicies;

  /// @param policyExists whether a policy of this name is there
  /// @param tidy begins to look for what was left behind, unless somebody does already
  /// @param identityPolicies what comes on top of a token's own policies, by the id of its entity
  public TokenEngine(
      TokenStore store,
      Predicate<String> policyExists,
      InstantSource time,
      BooleanSupplier tidy,
      Function<String, List<String>> identityPolicies) {
    this.store = store;
    this.creation = new TokenCreation(store, roles, policyExists);
    this.time = time;
    this.tidy = tidy;
    this.identityPolicies = identityPolicies;
  }

  @Override
  public List<Route> routes() {
    var routes = new ArrayList<>(creation.routes());
    routes.addAll(roles.routes());
    routes.addAll(
        List.of(
            Route.of(READ, "lookup", "Look at a token.", this::lookup, TOKEN),
            Route.of(UPDATE, "lookup", "Look at a token.", this::lookup, TOKEN),
            Route.of(READ, "lookup-self", "Look at the caller's token.", this::lookupSelf),
            Route.of(UPDATE, "lookup-self", "Look at the caller's token.", this::lookupSelf, TOKEN),
            Route.of(UPDATE, "lookup-accessor", "Look at a token.", this::lookupAccessor, ACCESSOR),
            Route.of(LIST, "accessors", "List all accessors.", this::accessors).sudo(),
            Route.of(UPDATE, "renew", "Renew a token.", this::renew, TOKEN, INCREMENT),
            Route.of(
                UPDATE,
                "renew-self",
                "Renew the caller's token.",
                this::renewSelf,
                TOKEN,
                INCREMENT),
            Route.of(
                UPDATE,
                "renew-accessor",
                "Renew the token of an accessor.",
                this::renewAccessor,
                ACCESSOR,
                INCREMENT),
            Route.of(UPDATE, "revoke", "Revoke a token.", this::revoke, TOKEN),
            Route.of(UPDATE, "revoke-self", "Revoke the caller's token.", this::revokeSelf),
            Route.of(
                UPDATE,
                "revoke-accessor",
                "Revoke the token of an accessor.",
                this::revokeAccessor,
                ACCESSOR),
            Route.of(
                UPDATE,
                "revoke-orphan",
                "Revoke a token and keep its children.",
                this::revokeOrphan,
                TOKEN),
            Route.of(UPDATE, "tidy", "Look for what was left behind.", this::tidy)));
    return List.copyOf(routes);
  }

  private Reply lookup(Call call) {
    return call.get(TOKEN).isEmpty() ? lookupSelf(call) : lookup(call.get(TOKEN));
  }

  private Reply lookup(String id) {
    Token token = store.find(id);
    if (token == null) {
      throw new Refusal(Refusal.Why.DENIED, "bad token");
    }
    return new Reply.Data(shown(token, id));
  }

  private Reply lookupSelf(Call call) {
    Token token = self(call);
    return new Reply.Data(shown(token, call.caller().header().apply("X-Vault-Token")));
  }

  private Reply lookupAccessor(Call call) {
    return new Reply.Data(shown(byAccessor(accessor(call)), ""));
  }

  private static String id(Call call, Param<String> param) {
    String id = call.get(param);
    if (id.isEmpty()) {
      throw Refusal.bad("missing token ID");
    }
    return id;
  }

  private static String accessor(Call call) {
    String accessor = call.get(ACCESSOR);
    if (accessor.isEmpty()) {
      throw Refusal.bad(Refusal.listed("missing accessor"));
    }
    return accessor;
  }

  private Token byAccessor(String accessor) {
    Token token = store.byAccessor(accessor);
    if (token == null) {
      throw Refusal.bad(Refusal.listed("invalid accessor"));
    }
    return token;
  }

  private Token self(Call call) {
    Token token = store.of(call.caller());
    if (token == null) {
      throw Refusal.denied();
    }
    return token;
  }

  /// What a look-up shows.
  ///
  /// @param id empty for whoever knows only the accessor
  private Map<String, @Nullable Object> shown(Token token, String id) {
    Map<String, @Nullable Object> data = new LinkedHashMap<>();
    data.put("accessor", token.accessor());
    if (!token.boundCidrs().isEmpty()) {
      data.put("bound_cidrs", token.boundCidrs().stream().map(AddressRange::toString).toList());
    }
    data.put("creation_time", token.created().getEpochSecond());
    data.put("creation_ttl", token.creationTtl());
    data.put("display_name", token.displayName());
    data.put("entity_id", token.entity());
    data.put("expire_time", token.expires());
    data.put("explicit_max_ttl", token.explicitMaxTtl());
    List<String> more = identityPolicies.apply(token.entity());
    if (!more.isEmpty()) {
      data.put("external_namespace_policies", Map.of());
    }
    data.put("id", id);
    if (!more.isEmpty()) {
      data.put("identity_policies", more);
    }
    data.put("issue_time", token.created());
    if (token.renewed() != null) {
      data.put("last_renewal", token.renewed());
      data.put("last_renewal_time", token.renewed().getEpochSecond());
    }
    data.put("meta", token.metadata().isEmpty() ? null : token.metadata());
    data.put("num_uses", token.uses());
    data.put("orphan", token.orphan());
    data.put("path", token.path());
    if (token.period().isPositive()) {
      data.put("period", token.period());
    }
    data.put("policies", token.policies());
    data.put("renewable", token.renewable());
    if (!token.role().isEmpty()) {
      data.put("role", token.role());
    }
    data.put("ttl", token.ttl(time.instant()));
    data.put("type", token.type());
    return data;
  }

  private Reply accessors(Call call) {
    var keys = new ArrayList<String>();
    String after = "";
    while (true) {
      List<TokenStore.Accessor> page = store.accessors(after, PAGE);
      page.forEach(one -> keys.add(one.accessor()));
      if (page.size() < PAGE) {
        return new Reply.Keys(keys);
      }
      after = page.getLast().hash();
    }
  }

  private Reply renew(Call call) {
    return renew(id(call, TOKEN), call.get(INCREMENT));
  }

  private Reply renew(String id, Duration increment) {
    Token token = store.find(id);
    if (token == null) {
      throw Refusal.bad("token not found");
    }
    return renew(token, id, increment);
  }

  private static Reply renew(Token token, String id, Duration increment) {
    if (token.batch()) {
      throw Refusal.bad("batch tokens cannot be renewed");
    }
    return new Reply.RenewToken(token.key(), id, increment);
  }

  private Reply renewSelf(Call call) {
    String id = call.caller().header().apply("X-Vault-Token");
    return renew(self(call), id, call.get(INCREMENT));
  }

  private Reply renewAccessor(Call call) {
    return new Reply.RenewToken(byAccessor(accessor(call)).key(), "", call.get(INCREMENT));
  }

  private Reply revoke(Call call) {
    return revoke(call, id(call, TOKEN));
  }

  /// A token that isn't there counts as revoked.
  private Reply revoke(Call call, String id) {
    Token token = store.find(id);
    if (token != null) {
      store.doom(transaction(call), stored(token).key());
    }
    return Reply.DONE;
  }

  private static Token stored(Token token) {
    if (token.batch()) {
      throw Refusal.bad("batch tokens cannot be revoked");
    }
    return token;
  }

  private Reply revokeSelf(Call call) {
    store.doom(transaction(call), stored(self(call)).key());
    return Reply.DONE;
  }

  private Reply revokeAccessor(Call call) {
    return revokeAccessor(call, accessor(call));
  }

  private Reply revokeAccessor(Call call, String accessor) {
    Token token = store.byAccessor(accessor);
    if (token == null) {
      call.warn("No token found with this accessor");
    } else {
      store.doom(transaction(call), token.key());
    }
    return Reply.DONE;
  }

  private Reply revokeOrphan(Call call) {
    return revokeOrphan(call, id(call, TOKEN));
  }

  private Reply revokeOrphan(Call call, String id) {
    if (!call.caller().sudo()) {
      throw Refusal.bad("root or sudo privileges required to revoke and orphan");
    }
    Token token = store.find(id);
    if (token == null) {
      throw Refusal.bad("token to revoke not found");
    }
    store.part(transaction(call), stored(token).key());
    return Reply.DONE;
  }

  /// What the role of a token says today: its period and its maximum.
  @Override
  public Login renewLogin(Call call, Login login) {
    Login.Child child = login.child();
    if (child == null) {
      return login;
    }
    TokenRole role =
        roles
            .find(call.storage(), child.role())
            .orElseThrow(
                () ->
                    new Refusal(
                        Refusal.Why.FAILED,
                        "original token role \"%s\" could not be found, not renewing"
                            .formatted(child.role())));
    return login.limitedTo(role.period(), role.explicitMaxTtl());
  }

  private Reply tidy(Call call) {
    call.warn(
        tidy.getAsBoolean()
            ? "Tidy operation successfully started. Any information from the operation will be"
                + " printed to Vault's server logs."
            : "Tidy operation already in progress.");
    return new Reply.Accepted();
  }

  private static Transaction transaction(Call call) {
    return ((MountStore) call.storage()).transaction();
  }
}
