package coffer.pipeline;

import coffer.barrier.Barrier;
import coffer.barrier.Locks;
import coffer.barrier.Transaction;
import coffer.exchange.Answer;
import coffer.exchange.Request;
import coffer.token.Token;
import coffer.token.TokenStore;
import org.jspecify.annotations.Nullable;

/// Counts the uses of tokens that have only so many. A use counts before the request is carried
/// out, whatever becomes of it; with the last one the token goes.
final class Uses {
  private final Barrier barrier;
  private final TokenStore tokens;
  private final Locks locks;

  Uses(Barrier barrier, TokenStore tokens, Locks locks) {
    this.barrier = barrier;
    this.tokens = tokens;
    this.locks = locks;
  }

  /// The token, used once more; null where somebody else had the last use.
  @Nullable Token count(String key) {
    try (Locks.Held held = locks.hold()) {
      held.take(key);
      Token token = tokens.byKey(key);
      if (token == null || token.uses() == 0) {
        return token;
      }
      Token used = token.withUses(token.uses() == 1 ? -1 : token.uses() - 1);
      var transaction = new Transaction(barrier);
      tokens.replace(transaction, token, used);
      transaction.commit();
      return used;
    }
  }

  /// Carries out the last request of a token, and revokes it.
  Answer last(Request request, Token token, Step.Next next) {
    try {
      return next.take(request);
    } finally {
      var transaction = new Transaction(barrier);
      tokens.doom(transaction, token.key());
      transaction.commit();
    }
  }
}
