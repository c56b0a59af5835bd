package coffer.token;

import coffer.barrier.Transaction;
import coffer.engine.AddressRange;
import coffer.engine.Login;
import coffer.engine.Login.Child;
import coffer.engine.Login.TokenType;
import coffer.engine.Mount;
import coffer.engine.Refusal;
import coffer.policy.Policy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Makes tokens: for those whom a login method welcomes, for holders of tokens, for wrapped
/// answers, and the first one. May be used by many threads.
public final class TokenMaker {
  /// A token that was made.
  ///
  /// @param id what its holder must say: a secret
  /// @param ttl how long it lasts; zero for ever
  public record Made(String id, Token token, Duration ttl, List<String> warnings) {
    @Override
    public String toString() {
      return "Made[" + token + "]";
    }
  }

  /// Where somebody is welcome.
  ///
  /// @param type that the mount makes of the one the login asks for
  /// @param path of the request that led to it
  /// @param entity the id of the entity that it is for; empty for that of its parent, if it has one
  public record Place(
      Mount mount, TokenType type, String path, String remoteAddress, String entity) {}

  /// The policies that nobody can give to a token.
  private static final List<String> NOT_ASSIGNABLE = List.of(Policy.RESPONSE_WRAPPING);

  private static final String LESSER =
      "%s specified both during creation call and in role; using the lesser value of %d seconds";

  private final TokenStore store;
  private final InstantSource time;

  public TokenMaker(TokenStore store, InstantSource time) {
    this.store = store;
    this.time = time;
  }

  /// Makes the token of somebody who is welcome.
  public Made make(Transaction transaction, Login login, Place place) {
    return place.type == TokenType.BATCH
        ? makeBatch(login, place)
        : makeService(transaction, login, place);
  }

  /// A token that lives in its id alone. It can't be renewed, so what limits renewals of others
  /// limits its life; a number of uses can't be kept.
  private Made makeBatch(Login login, Place place) {
    Instant now = time.instant().truncatedTo(ChronoUnit.SECONDS);
    Child child = login.child();
    if (login.numUses() != 0) {
      throw Refusal.bad("batch tokens cannot have \"num_uses\" set");
    }
    Lifetime life = lifetime(login, place.mount, now);
    Token token =
        new Token(
            "",
            "",
            child == null ? "" : child.parent(),
            Token.BATCH,
            policies(login),
            child == null ? place.path : child.path(),
            displayName(login, place.mount),
            login.metadata(),
            place.entity.isEmpty() ? entity(child) : place.entity,
            child == null ? "" : child.role(),
            0,
            now,
            life.ttl(),
            now.plus(life.ttl()),
            null,
            Duration.ZERO,
            Duration.ZERO,
            false,
            boundCidrs(login, place.remoteAddress),
            "",
            "",
            Map.of());
    return new Made(store.seal(token), token, life.ttl(), life.warnings());
  }

  private Made makeService(Transaction transaction, Login login, Place place) {
    Instant now = time.instant();
    Child child = login.child();
    Lifetime life = child != null && child.root() ? null : lifetime(login, place.mount, now);
    Duration ttl = life == null ? explicitMaxTtl(login) : life.ttl();
    String id = id(transaction, child);
    String key = store.ids().hash(id);
    String created = child == null ? place.path : child.path();
    Token token =
        new Token(
            key,
            store.ids().newAccessor(),
            child == null ? "" : child.parent(),
            Token.SERVICE,
            policies(login),
            created,
            displayName(login, place.mount),
            login.metadata(),
            place.entity.isEmpty() ? entity(child) : place.entity,
            child == null ? "" : child.role(),
            login.numUses(),
            now,
            ttl,
            ttl.isZero() ? null : now.plus(ttl),
            null,
            child == null ? login.explicitMaxTtl() : child.explicitMaxTtl(),
            child == null ? login.period() : child.period(),
            login.renewable() && !ttl.isZero(),
            ttl.isZero() ? List.of() : boundCidrs(login, place.remoteAddress),
            ttl.isZero() ? "" : lease(created, key),
            place.mount.uuid(),
            login.internal());
    store.add(transaction, token);
    return new Made(id, token, ttl, life == null ? List.of() : life.warnings());
  }

  private String entity(@Nullable Child child) {
    Token parent = child == null || child.parent().isEmpty() ? null : store.stored(child.parent());
    return parent == null ? "" : parent.entity();
  }

  /// With a warning where both the maker and the role say something.
  private static Lifetime lifetime(Login login, Mount mount, Instant now) {
    Child child = login.child();
    Duration explicitMax = explicitMaxTtl(login);
    Duration period =
        child == null ? login.period() : Lifetime.lesser(login.period(), child.period());
    var wish = new Lifetime.Wish(Duration.ZERO, login.ttl(), period, login.maxTtl(), explicitMax);
    Lifetime life = Lifetime.of(wish, mount.defaultTtl(), mount.maxTtl(), now, now);
    var warnings = new ArrayList<String>();
    if (child != null && both(login.explicitMaxTtl(), child.explicitMaxTtl())) {
      warnings.add(LESSER.formatted("Explicit max TTL", explicitMax.toSeconds()));
    }
    if (child != null && both(login.period(), child.period())) {
      warnings.add(LESSER.formatted("Period", period.toSeconds()));
    }
    warnings.addAll(life.warnings());
    return new Lifetime(life.ttl(), List.copyOf(warnings));
  }

  private static boolean both(Duration one, Duration other) {
    return one.isPositive() && other.isPositive();
  }

  private static Duration explicitMaxTtl(Login login) {
    Child child = login.child();
    return child == null
        ? login.explicitMaxTtl()
        : Lifetime.lesser(login.explicitMaxTtl(), child.explicitMaxTtl());
  }

  private String id(Transaction transaction, @Nullable Child child) {
    if (child == null || child.id().isEmpty()) {
      return store.ids().newToken();
    }
    if (transaction.get(TokenStore.TOKENS + store.ids().hash(child.id())) != null) {
      throw Refusal.bad("cannot create a token with a duplicate ID");
    }
    return child.id();
  }

  /// Sorted, without doubles, in lower case; with `default` unless the login says no, and for root
  /// nothing else: a root token is made only from a root token.
  private static List<String> policies(Login login) {
    var policies = new TreeSet<String>();
    login.policies().forEach(name -> policies.add(Policy.normalName(name)));
    policies.remove("");
    for (String policy : NOT_ASSIGNABLE) {
      if (policies.contains(policy)) {
        throw Refusal.bad("cannot assign policy \"" + policy + "\"");
      }
    }
    if (policies.contains(Policy.ROOT)) {
      if (login.child() == null) {
        throw Refusal.bad("auth methods cannot create root tokens");
      }
      return List.of(Policy.ROOT);
    }
    if (!login.noDefaultPolicy()) {
      policies.add(Policy.DEFAULT);
    }
    return List.copyOf(policies);
  }

  /// `userpass-alice` for alice at `auth/userpass/`; as it is for the children of tokens.
  private static String displayName(Login login, Mount mount) {
    if (login.child() != null) {
      return login.displayName();
    }
    String method = mount.path().substring(mount.path().indexOf('/') + 1).replace('/', '-');
    return login.displayName().isEmpty()
        ? method.substring(0, method.length() - 1)
        : method + login.displayName();
  }

  private static List<AddressRange> boundCidrs(Login login, String remoteAddress) {
    if (!login.bindToCaller()) {
      return login.boundCidrs();
    }
    if (remoteAddress.isEmpty()) {
      throw Refusal.denied();
    }
    return List.of(AddressRange.parse(remoteAddress));
  }

  private static String lease(String path, String key) {
    return path + "/h" + key;
  }

  /// Makes a root token that lasts for ever.
  ///
  /// @param wanted the id it is to have, as if somebody had created it; empty for a random one
  public Made makeRoot(Transaction transaction, String wanted) {
    boolean own = !wanted.isEmpty();
    String id = own ? wanted : store.ids().newToken();
    String path = own ? "auth/token/create" : "auth/token/root";
    String name = own ? "token" : "root";
    Token token = plain(id, List.of(Policy.ROOT), path, name, 0, Duration.ZERO);
    store.add(transaction, token);
    return new Made(id, token, Duration.ZERO, List.of());
  }

  /// Makes a token that opens one wrapped answer, once.
  public Made makeWrapping(Transaction transaction, String path, Duration ttl) {
    String id = store.ids().newToken();
    Token token = plain(id, List.of(Policy.RESPONSE_WRAPPING), path, "token", 1, ttl);
    store.add(transaction, token);
    return new Made(id, token, ttl, List.of());
  }

  private Token plain(
      String id, List<String> policies, String path, String displayName, long uses, Duration ttl) {
    Instant now = time.instant();
    return new Token(
        store.ids().hash(id),
        store.ids().newAccessor(),
        "",
        Token.SERVICE,
        policies,
        path,
        displayName,
        Map.of(),
        "",
        "",
        uses,
        now,
        ttl,
        ttl.isZero() ? null : now.plus(ttl),
        null,
        ttl.isZero() ? Duration.ZERO : ttl,
        Duration.ZERO,
        false,
        List.of(),
        "",
        "",
        Map.of());
  }
}
