package coffer.pipeline;

import coffer.barrier.Barrier;
import coffer.barrier.Locks;
import coffer.barrier.Transaction;
import coffer.engine.Refusal;
import coffer.exchange.Answer;
import coffer.exchange.Request;
import coffer.lease.Leases;
import coffer.token.Token;
import coffer.token.TokenStore;

/// Makes all that a request writes durable in one go, before it is answered. A request that is
/// refused writes nothing.
///
/// Whoever is revoked while they ask for something gets nothing: a token or a lease that was
/// committed while its owner was being revoked may have been missed by the clean-up, so it is taken
/// back here. If the server dies in between, nobody has been told of it.
final class Commit implements Step {
  private final Barrier barrier;
  private final TokenStore tokens;
  private final Leases leases;
  private final Locks locks;

  Commit(Barrier barrier, TokenStore tokens, Leases leases, Locks locks) {
    this.barrier = barrier;
    this.tokens = tokens;
    this.leases = leases;
    this.locks = locks;
  }

  @Override
  public Answer take(Request request, Next next) {
    Locks.Held held = locks.hold();
    var transaction = new Transaction(barrier);
    request.transaction(transaction);
    request.locks(held::take);
    try {
      Answer answer = next.take(request);
      transaction.commit();
      if (request.made() != null || request.lent() != null) {
        checkStillWelcome(request);
      }
      return answer;
    } finally {
      held.close();
    }
  }

  private void checkStillWelcome(Request request) {
    Token caller = request.token();
    if (caller == null || caller.owner().isEmpty() || !tokens.revoked(caller.owner())) {
      return;
    }
    String made = request.made();
    String lent = request.lent();
    var transaction = new Transaction(barrier);
    if (made != null && !made.isEmpty()) {
      tokens.doom(transaction, made);
    }
    if (lent != null) {
      leases.revoke(transaction, lent, false);
    }
    transaction.commit();
    throw Refusal.denied();
  }
}
