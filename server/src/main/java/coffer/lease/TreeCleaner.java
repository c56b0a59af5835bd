package coffer.lease;

import coffer.barrier.Barrier;
import coffer.barrier.Locks;
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
/// size. May be used by several threads.
///
/// A request may be about to write what is removed here, since it asked before the revocation: so
/// nothing is removed without its lock. What somebody else is at is left for later, because nobody
/// can know how long that takes.
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

  /// Cleans up all of one tree, with the mark of its root; false where somebody is at something of
  /// it and the rest must wait.
  boolean clean(String root) {
    long start = System.nanoTime();
    Deque<Level> levels = new ArrayDeque<>();
    levels.push(new Level(root));
    while (!levels.isEmpty()) {
      Level level = levels.peek();
      if (tokens.sparesChildren(level.key) && !releaseChildren(level.key)) {
        return false;
      }
      List<String> children = tokens.children(level.key, level.after, PAGE);
      boolean done;
      if (children.isEmpty()) {
        levels.pop();
        done = remove(level.key, levels.isEmpty());
      } else {
        done = descend(level, children, levels);
      }
      if (!done) {
        return false;
      }
    }
    trees.since(start);
    return true;
  }

  /// Makes the children of a token that was revoked alone what they are since then: orphans.
  private boolean releaseChildren(String parent) {
    String after = "";
    boolean all = true;
    while (true) {
      List<String> children = tokens.children(parent, after, PAGE);
      if (children.isEmpty()) {
        return all;
      }
      var transaction = new Transaction(barrier);
      try (Locks.Held held = tokens.locks().hold()) {
        for (String child : children) {
          if (held.tryTake(child)) {
            tokens.release(transaction, parent, child);
          } else {
            all = false;
          }
        }
        transaction.commit();
      }
      after = children.getLast();
    }
  }

  /// Removes the leaves among these children, up to the first that has children itself.
  private boolean descend(Level level, List<String> children, Deque<Level> levels) {
    var transaction = new Transaction(barrier);
    try (Locks.Held held = tokens.locks().hold()) {
      boolean free = true;
      for (String child : children) {
        if (!isLeaf(child)) {
          level.after = child;
          levels.push(new Level(child));
          break;
        }
        free = held.tryTake(child) && releaseLeases(held, child);
        if (!free) {
          break;
        }
        level.after = child;
        if (!remove(transaction, child)) {
          tokens.unlink(transaction, level.key, child);
        }
      }
      transaction.commit();
      return free;
    }
  }

  /// Whether a token has no children.
  boolean isLeaf(String key) {
    return tokens.children(key, "", 1).isEmpty();
  }

  private boolean remove(String key, boolean root) {
    var transaction = new Transaction(barrier);
    try (Locks.Held held = tokens.locks().hold()) {
      if (!held.tryTake(key) || !releaseLeases(held, key)) {
        return false;
      }
      remove(transaction, key);
      if (root) {
        tokens.cleaned(transaction, key);
      }
      transaction.commit();
      return true;
    }
  }

  /// Cleans up a tree that is one token; false where somebody is at it.
  boolean removeLeaf(Transaction transaction, Locks.Held held, String key) {
    long start = System.nanoTime();
    if (!held.tryTake(key) || !releaseLeases(held, key)) {
      return false;
    }
    remove(transaction, key);
    tokens.cleaned(transaction, key);
    trees.since(start);
    return true;
  }

  /// Removes a token that has no children and no leases, whose lock somebody holds; false where it
  /// isn't there.
  boolean remove(Transaction transaction, String key) {
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

  /// Ends what a token was lent, in batches of their own, because it may be any number; false where
  /// somebody is at some of it.
  boolean releaseLeases(Locks.Held held, String key) {
    for (List<String> lent = leases.of(key, PAGE); !lent.isEmpty(); lent = leases.of(key, PAGE)) {
      var transaction = new Transaction(barrier);
      boolean free = true;
      for (String id : lent) {
        free = held.tryTake(id);
        if (!free) {
          break;
        }
        leases.release(transaction, key, id, time.instant());
      }
      transaction.commit();
      if (!free) {
        return false;
      }
    }
    return true;
  }
}
