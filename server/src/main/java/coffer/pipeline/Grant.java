package coffer.pipeline;

import coffer.engine.Call;
import coffer.engine.Refusal;
import coffer.engine.Reply;
import coffer.exchange.Answer;
import coffer.exchange.Auth;
import coffer.exchange.Request;
import coffer.identity.IdentityStore;
import coffer.lease.LeaseStore.Found;
import coffer.lease.Leases;
import coffer.lease.TokenRenewal;
import coffer.mount.Mounted;
import coffer.policy.Policy;
import coffer.policy.PolicyStore;
import coffer.token.Token;
import coffer.token.TokenMaker;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Turns what an engine replies into an answer: this is where tokens and leases come from.
final class Grant {
  private final TokenMaker maker;
  private final TokenRenewal renewal;
  private final Leases leases;
  private final IdentityStore identities;
  private final GrantMeters meters;

  Grant(
      TokenMaker maker,
      TokenRenewal renewal,
      Leases leases,
      IdentityStore identities,
      GrantMeters meters) {
    this.maker = maker;
    this.renewal = renewal;
    this.leases = leases;
    this.identities = identities;
    this.meters = meters;
  }

  Answer answer(Request request, Mounted mounted, Call call, Reply reply) {
    Answer answer =
        switch (reply) {
          case Reply.Lend lend -> lend(request, mounted, lend);
          case Reply.Welcome welcome -> welcome(request, mounted, welcome);
          case Reply.RenewToken renew -> renew(request, renew);
          case Reply.RenewLease renew -> renew(request, renew);
          case Reply.Done done -> plain(done);
          case Reply.Accepted accepted -> plain(accepted);
          case Reply.Data data -> plain(data);
          case Reply.Missing missing -> plain(missing);
          case Reply.Keys keys -> plain(keys);
          case Reply.Raw raw -> plain(raw);
        };
    return answer.warned(call.warnings());
  }

  /// What needs no token and no lease.
  static Answer plain(Reply reply) {
    return switch (reply) {
      case Reply.Done done -> Answer.NOTHING;
      case Reply.Accepted accepted -> Answer.of(202, null);
      case Reply.Data data -> data(data);
      case Reply.Missing missing -> Answer.of(404, missing.data());
      case Reply.Keys keys -> keys(keys);
      case Reply.Raw raw -> Answer.raw(raw.status(), raw.contentType(), raw.body());
      case Reply.Lend lend -> throw misplaced(lend);
      case Reply.Welcome welcome -> throw misplaced(welcome);
      case Reply.RenewToken renew -> throw misplaced(renew);
      case Reply.RenewLease renew -> throw misplaced(renew);
    };
  }

  private static IllegalStateException misplaced(Reply reply) {
    return new IllegalStateException("nobody is there to be given " + reply);
  }

  private static Answer data(Reply.Data data) {
    Answer answer = Answer.of(data.data());
    return data.refresh().isZero()
        ? answer
        : answer.with(new Answer.Lease("", data.refresh(), false));
  }

  private static Answer keys(Reply.Keys keys) {
    if (keys.keys().isEmpty()) {
      return Answer.error(404);
    }
    Map<String, Object> data = new LinkedHashMap<>();
    if (!keys.info().isEmpty()) {
      data.put("key_info", keys.info());
    }
    data.put("keys", keys.keys());
    return Answer.of(data);
  }

  private Answer lend(Request request, Mounted mounted, Reply.Lend lend) {
    Token owner = request.token();
    if (owner == null) {
      throw Refusal.denied();
    }
    long start = System.nanoTime();
    Leases.Given given =
        leases.lend(request.transaction(), mounted, request.path(), owner, lend.lent());
    request.lent(given.lease().id());
    meters.lease(mounted, given.lease().ttl(), start);
    return Answer.of(lend.data()).with(lease(given)).warned(given.warnings());
  }

  private static Answer.Lease lease(Leases.Given given) {
    return new Answer.Lease(given.lease().id(), given.lease().ttl(), given.lease().renewable());
  }

  private Answer welcome(Request request, Mounted mounted, Reply.Welcome welcome) {
    IdentityStore.Entered entered =
        identities.enter(request.transaction(), request.locks(), mounted.mount(), welcome.login());
    long start = System.nanoTime();
    TokenMaker.Made made =
        maker.make(
            request.transaction(),
            welcome.login(),
            new TokenMaker.Place(
                mounted.mount(),
                mounted.entry().config().tokenType(welcome.login().type()),
                request.path(),
                request.connection().remoteAddress(),
                entered.entity()));
    Token token = made.token();
    request.made(token.key());
    List<String> more = entered.entity().isEmpty() ? policies(token) : entered.policies();
    meters.token(mounted, token.type(), made.ttl(), token.policies().contains(Policy.ROOT), start);
    return Answer.of(auth(made.id(), token, made.ttl(), more)).warned(made.warnings());
  }

  private Answer renew(Request request, Reply.RenewToken renew) {
    request.locks().accept(renew.token());
    long start = System.nanoTime();
    TokenRenewal.Renewed renewed =
        renewal.renew(request.transaction(), renew.token(), renew.increment());
    meters.renewedToken(start);
    Token token = renewed.token();
    List<String> more =
        identities.renew(
            request.transaction(),
            request.locks(),
            token.entity(),
            renewed.mount(),
            renewed.login());
    return Answer.of(auth(renew.id(), token, renewed.ttl(), more)).warned(renewed.warnings());
  }

  private Answer renew(Request request, Reply.RenewLease renew) {
    request.locks().accept(renew.lease());
    Found found =
        leases.store().find(renew.lease()).orElseThrow(() -> Refusal.bad("lease not found"));
    return switch (found) {
      case Found.OfToken token ->
          throw Refusal.bad("tokens cannot be renewed through this endpoint");
      case Found.OfSecret secret -> {
        long start = System.nanoTime();
        Leases.Given given = leases.renew(request.transaction(), secret.lease(), renew.increment());
        meters.renewed(start);
        yield Answer.of(200, null).with(lease(given)).warned(given.warnings());
      }
    };
  }

  private List<String> policies(Token token) {
    return identities.standing(token.entity()).policies();
  }

  private static Auth auth(String id, Token token, Duration ttl, List<String> more) {
    return new Auth(
        id,
        token.accessor(),
        PolicyStore.union(token.policies(), more),
        token.policies(),
        more,
        token.metadata(),
        ttl,
        token.renewable(),
        token.entity(),
        token.type(),
        token.orphan(),
        token.uses(),
        token.displayName());
  }
}
