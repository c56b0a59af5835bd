package coffer.lease;

import coffer.barrier.Barrier;
import coffer.barrier.Transaction;
import coffer.telemetry.Metrics;
import coffer.telemetry.Timer;
import coffer.token.Token;
import coffer.token.TokenStore;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

/// Cleans up behind revoked tokens: their descendants, from the leaves up, and what each of them
/// held. All of them are dead already; a clean-up that is broken off goes on where it was, because
/// what is left of the tree still hangs together. Needs memory for the depth of a tree, not for its
/// size. Used by one thread.
final class TreeCleaner {
  /// How many children are looked at, and so how many tokens are removed, in one batch.
  private static final int PAGE = 256;

  private final Barrier barrier;
  private final TokenStore tokens;
  private final LeaseStore leases;
  private final InstantSource time;
  private final Supplier<String> cubbyhole;
  private final Timer trees;

  /// A token whose children are being cleaned up.
  private static final class Level {
    private final String key;
    private String after = "";

    Level(String key) {
      this.key = key;
    }
  }

  /// @param cubbyhole where the private stores of tokens begin
  TreeCleaner(
      Barrier barrier,
      TokenStore tokens,
      LeaseStore leases,
      InstantSource time,
      Supplier<String> cubbyhole,
      Metrics metrics) {
    this.barrier = barrier;
    this.tokens = tokens;
    this.leases = leases;
    this.time = time;
    this.cubbyhole = cubbyhole;
    trees = metrics.timer("token.revoke_tree");
  }

  /// Cleans up all of one tree, with the mark of its root.
  void clean(String root) {
    long start = System.nanoTime();
    Deque<Level> levels = new ArrayDeque<>();
    levels.push(new Level(root));
    while (!levels.isEmpty()) {
      Level level = levels.peek();
      List<String> children = tokens.children(level.key, level.after, PAGE);
      if (children.isEmpty()) {
        levels.pop();
        remove(level.key, levels.isEmpty());
      } else {
        descend(level, children, levels);
      }
    }
    trees.since(start);
  }

  /// Removes the leaves among these children, up to the first that has children itself.
  private void descend(Level level, List<String> children, Deque<Level> levels) {
    var transaction = new Transaction(barrier);
    for (String child : children) {
      level.after = child;
      if (!isLeaf(child)) {
        levels.push(new Level(child));
        break;
      }
      if (!remove(transaction, child)) {
        tokens.unlink(transaction, level.key, child);
      }
    }
    transaction.commit();
  }

  /// Whether a token has no children.
  boolean isLeaf(String key) {
    return tokens.children(key, "", 1).isEmpty();
  }

  private void remove(String key, boolean root) {
    var transaction = new Transaction(barrier);
    remove(transaction, key);
    if (root) {
      tokens.cleaned(transaction, key);
    }
    transaction.commit();
  }

  /// Cleans up a tree that is one token.
  void removeLeaf(Transaction transaction, String key) {
    long start = System.nanoTime();
    remove(transaction, key);
    tokens.cleaned(transaction, key);
    trees.since(start);
  }

  /// Removes a token that has no children, and lets go of what it held; false where it isn't there.
  boolean remove(Transaction transaction, String key) {
    for (List<String> held = leases.of(key, PAGE); !held.isEmpty(); held = leases.of(key, PAGE)) {
      release(key, held);
    }
    String own = cubbyhole.get() + key + "/";
    if (transaction.any(own)) {
      transaction.deleteAll(own);
    }
    Token token = tokens.uncached(key);
    if (token == null) {
      return false;
    }
    tokens.remove(transaction, token);
    return true;
  }

  /// In a batch of its own: a token may hold any number.
  private void release(String key, List<String> held) {
    var transaction = new Transaction(barrier);
    held.forEach(id -> leases.release(transaction, key, id, time.instant()));
    transaction.commit();
  }
}
