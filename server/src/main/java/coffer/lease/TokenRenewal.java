package coffer.lease;

import coffer.barrier.Transaction;
import coffer.engine.Call;
import coffer.engine.Login;
import coffer.engine.Login.Child;
import coffer.engine.Login.TokenType;
import coffer.engine.Mount;
import coffer.engine.Refusal;
import coffer.mount.MountTable;
import coffer.mount.Mounted;
import coffer.token.Lifetime;
import coffer.token.Token;
import coffer.token.TokenStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes tokens last longer: asks the login method that a token came through whether it still may,
/// and keeps within what the mount and the token's maker allow. May be used by many threads, for
/// one token by one at a time.
public final class TokenRenewal {
  /// A token that was renewed, for how long from now on.
  ///
  /// @param mount of the login method that it came through
  /// @param login what that says today
  public record Renewed(
      Token token, Duration ttl, List<String> warnings, Mount mount, Login login) {}

  private final TokenStore tokens;
  private final MountTable mounts;
  private final InstantSource time;

  public TokenRenewal(TokenStore tokens, MountTable mounts, InstantSource time) {
    this.tokens = tokens;
    this.mounts = mounts;
    this.time = time;
  }

  /// @param increment how long it is to last from now on; zero for as long as before
  public Renewed renew(Transaction transaction, String key, Duration increment) {
    Token token = tokens.byKey(key);
    if (token == null) {
      throw Refusal.bad("token not found");
    }
    Mounted mounted = mounts.byUuid(token.mount());
    if (!token.renewable() || mounted == null) {
      throw Refusal.bad("lease is not renewable");
    }
    Instant now = time.instant();
    Login login = judged(mounted, token, Takeback.call(mounted, token.path(), transaction, now));
    boolean byRole = !token.role().isEmpty();
    Duration period = byRole ? Lifetime.lesser(login.period(), token.period()) : login.period();
    Duration explicitMax = Lifetime.lesser(login.explicitMaxTtl(), token.explicitMaxTtl());
    var wish = new Lifetime.Wish(increment, login.ttl(), period, login.maxTtl(), explicitMax);
    Lifetime life =
        Lifetime.of(
            wish, mounted.mount().defaultTtl(), mounted.mount().maxTtl(), token.created(), now);
    Token renewed =
        token.renewed(
            now, now.plus(life.ttl()), byRole ? token.period() : login.period(), token.policies());
    tokens.replace(transaction, token, renewed);
    return new Renewed(renewed, life.ttl(), life.warnings(), mounted.mount(), login);
  }

  /// What the method that somebody came through says today; its refusal in the words of the peers.
  private static Login judged(Mounted mounted, Token token, Call call) {
    try {
      return mounted.engine().renewLogin(call, login(token));
    } catch (Refusal e) {
      throw e.why() == Refusal.Why.FAILED
          ? new Refusal(e.why(), Refusal.listed("failed to renew entry: " + e.getMessage()))
          : e;
    }
  }

  /// What a role has to know of a token that was made by it; null for others.
  private static @Nullable Child child(Token token) {
    return token.role().isEmpty()
        ? null
        : new Child(
            token.parent(),
            "",
            token.path(),
            token.role(),
            false,
            token.period(),
            token.explicitMaxTtl());
  }

  /// The login that a token stands for, wishing for as long as it got last time.
  private static Login login(Token token) {
    Instant from = token.renewed() == null ? token.created() : token.renewed();
    Duration last =
        token.expires() == null
            ? Duration.ZERO
            : Duration.ofSeconds(Duration.between(from, token.expires()).toSeconds());
    return new Login(
        token.displayName(),
        "",
        List.of(),
        token.policies(),
        token.metadata(),
        token.internal(),
        last,
        Duration.ZERO,
        token.explicitMaxTtl(),
        token.period(),
        token.uses(),
        token.renewable(),
        true,
        token.boundCidrs(),
        false,
        TokenType.SERVICE,
        child(token));
  }
}
