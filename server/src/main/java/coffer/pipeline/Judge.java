package coffer.pipeline;

import coffer.engine.AddressRange;
import coffer.engine.Operation;
import coffer.engine.Refusal;
import coffer.engine.Refusal.Why;
import coffer.engine.Route;
import coffer.exchange.Answer;
import coffer.exchange.Request;
import coffer.identity.Powers;
import coffer.identity.Standing;
import coffer.mount.Mounted;
import coffer.policy.Acl;
import coffer.policy.Verdict;
import coffer.token.Token;
import coffer.token.TokenStore;
import coffer.wrapping.Wrapping;
import org.jspecify.annotations.Nullable;

/// Finds out who calls and whether they may: as data, for the steps that record and enforce it.
final class Judge implements Step {
  private static final String WRAPPED = "sys/wrapping/";

  private final TokenStore tokens;
  private final Powers powers;
  private final Wrapping wrapping;
  private final Uses uses;
  private final Perform perform;
  private final Meters meters;

  Judge(
      TokenStore tokens,
      Powers powers,
      Wrapping wrapping,
      Uses uses,
      Perform perform,
      Meters meters) {
    this.tokens = tokens;
    this.powers = powers;
    this.wrapping = wrapping;
    this.uses = uses;
    this.perform = perform;
    this.meters = meters;
  }

  @Override
  public Answer take(Request request, Next next) {
    Route route = request.route();
    if (isOpen(request, route) || explainsItself(request) || opensNothing(request)) {
      return next.take(request);
    }
    Token token = judge(request, route);
    if (token == null) {
      return next.take(request);
    }
    return token.uses() < 0 ? uses.last(request, token, next) : next.take(request);
  }

  /// The caller's token, with what it may do found out; null without one.
  private @Nullable Token judge(Request request, @Nullable Route route) {
    long start = System.nanoTime();
    Token token = caller(request);
    long found = System.nanoTime();
    meters.lookup().between(start, found);
    if (token == null) {
      request.refusal(Refusal.denied());
    } else {
      request.token(token);
      judge(request, route, token);
    }
    long end = System.nanoTime();
    meters.policies().between(start, end);
    meters.check().between(start, end);
    return token;
  }

  private static boolean isOpen(Request request, @Nullable Route route) {
    return route == null ? request.open() : route.access() == Route.Access.OPEN;
  }

  /// Whether it is about to open what is no wrapped answer: that is said before anybody is asked
  /// who they are.
  private boolean opensNothing(Request request) {
    if (!request.path().startsWith(WRAPPED) || !Wrapping.opens(request.path())) {
      return false;
    }
    try {
      wrapping.check(Wrapping.named(request.fields(), request.secret()));
      return false;
    } catch (Refusal refusal) {
      request.refusal(refusal);
      return true;
    }
  }

  /// Whether it asks for the help of something that needs no token.
  private static boolean explainsItself(Request request) {
    Mounted mounted = request.mounted();
    return request.operation() == Operation.HELP
        && mounted != null
        && Help.isOpen(mounted, request.path());
  }

  /// The caller's token, counted as used; null where nobody may come in by it.
  private @Nullable Token caller(Request request) {
    if (request.secret().isEmpty()) {
      return null;
    }
    Token token = tokens.find(request.secret());
    if (token == null
        || !AddressRange.admit(token.boundCidrs(), request.connection().remoteAddress())) {
      return null;
    }
    return token.uses() == 0 ? token : uses.count(token.key());
  }

  private void judge(Request request, @Nullable Route route, Token token) {
    Standing standing = powers.standing(token);
    if (standing.barred()) {
      request.refusal(Refusal.denied());
      return;
    }
    Acl acl;
    try {
      acl = powers.acl(token, standing);
    } catch (Refusal refusal) {
      request.refusal(refusal);
      return;
    }
    request.policies(acl.names(), standing.policies());
    judge(request, route, acl);
  }

  private void judge(Request request, @Nullable Route route, Acl acl) {
    if (route != null
        && route.exists() != null
        && !acl.isRoot()
        && !perform.exists(request, route)) {
      request.operation(Operation.CREATE);
    }
    Verdict verdict =
        acl.judge(request.operation(), request.path(), request.fields(), request.wrapTtl());
    request.verdict(verdict);
    boolean sudo = route != null && route.access() == Route.Access.SUDO;
    if (!verdict.allowed() || (sudo && !verdict.sudo())) {
      request.refusal(new Refusal(Why.DENIED, Refusal.listed("permission denied")));
    }
  }
}
