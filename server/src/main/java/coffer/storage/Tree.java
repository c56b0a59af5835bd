package coffer.storage;

import coffer.storage.Storage.Entry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A sorted map that never changes: a write gives another tree, which shares all but one path with
/// the one before. An AVL tree whose writes are all made of [#join], after Blelloch, Ferizovic and
/// Sun, "Just Join for Parallel Ordered Sets" (2016); so removing a prefix costs the depth of the
/// tree, however many keys that are. The empty tree is null.
final class Tree {
  final @Nullable Tree left;
  private final String key;
  private final byte[] value;
  final @Nullable Tree right;
  private final int height;

  private Tree(@Nullable Tree left, String key, byte[] value, @Nullable Tree right) {
    this.left = left;
    this.key = key;
    this.value = value;
    this.right = right;
    this.height = 1 + Math.max(height(left), height(right));
  }

  static byte @Nullable [] get(@Nullable Tree tree, String key) {
    Comparator<String> order = Keys.orderOf(key);
    Tree at = tree;
    while (at != null) {
      int side = order.compare(key, at.key);
      if (side == 0) {
        return at.value;
      }
      at = side < 0 ? at.left : at.right;
    }
    return null;
  }

  static Tree put(@Nullable Tree tree, String key, byte[] value) {
    return put(tree, key, value, Keys.orderOf(key));
  }

  private static Tree put(@Nullable Tree tree, String key, byte[] value, Comparator<String> order) {
    if (tree == null) {
      return new Tree(null, key, value, null);
    }
    int side = order.compare(key, tree.key);
    if (side == 0) {
      return new Tree(tree.left, key, value, tree.right);
    }
    return side < 0
        ? join(put(tree.left, key, value, order), tree, tree.right)
        : join(tree.left, tree, put(tree.right, key, value, order));
  }

  static @Nullable Tree delete(@Nullable Tree tree, String key) {
    return get(tree, key) == null ? tree : delete(tree, key, Keys.orderOf(key));
  }

  private static @Nullable Tree delete(@Nullable Tree tree, String key, Comparator<String> order) {
    if (tree == null) {
      return null;
    }
    int side = order.compare(key, tree.key);
    if (side == 0) {
      return join(tree.left, tree.right);
    }
    return side < 0
        ? join(delete(tree.left, key, order), tree, tree.right)
        : join(tree.left, tree, delete(tree.right, key, order));
  }

  static @Nullable Tree deleteAll(@Nullable Tree tree, String prefix) {
    if (tree == null) {
      return null;
    }
    if (tree.key.startsWith(prefix)) {
      return join(before(tree.left, prefix), behind(tree.right, prefix));
    }
    return Keys.compare(prefix, tree.key) < 0
        ? join(deleteAll(tree.left, prefix), tree, tree.right)
        : join(tree.left, tree, deleteAll(tree.right, prefix));
  }

  /// Of keys that are no greater than some key with the prefix: those without it.
  private static @Nullable Tree before(@Nullable Tree tree, String prefix) {
    if (tree == null) {
      return null;
    }
    return tree.key.startsWith(prefix)
        ? before(tree.left, prefix)
        : join(tree.left, tree, before(tree.right, prefix));
  }

  /// Of keys that are no less than some key with the prefix: those without it.
  private static @Nullable Tree behind(@Nullable Tree tree, String prefix) {
    if (tree == null) {
      return null;
    }
    return tree.key.startsWith(prefix)
        ? behind(tree.right, prefix)
        : join(behind(tree.left, prefix), tree, tree.right);
  }

  /// As [Storage#range].
  static List<Entry> range(@Nullable Tree tree, String prefix, String after, int limit) {
    List<Entry> found = new ArrayList<>(Math.clamp(limit, 0, 16));
    Deque<Tree> path = new ArrayDeque<>();
    seek(tree, prefix, after, path);
    while (found.size() < limit && !path.isEmpty()) {
      Tree next = path.pop();
      if (!next.key.startsWith(prefix)) {
        break;
      }
      found.add(new Entry(next.key, next.value));
      for (Tree at = next.right; at != null; at = at.left) {
        path.push(at);
      }
    }
    return found;
  }

  /// Leaves on the path what is greater than where the range begins, the least on top.
  private static void seek(@Nullable Tree tree, String prefix, String after, Deque<Tree> path) {
    boolean fromPrefix = Keys.compare(prefix, after) > 0 || after.isEmpty();
    String from = fromPrefix ? prefix : after;
    Comparator<String> order = Keys.orderOf(from);
    Tree at = tree;
    while (at != null) {
      int side = order.compare(from, at.key);
      if (side < 0 || (side == 0 && fromPrefix)) {
        path.push(at);
        at = at.left;
      } else {
        at = at.right;
      }
    }
  }

  private static @Nullable Tree join(@Nullable Tree left, @Nullable Tree right) {
    if (left == null) {
      return right;
    }
    Tree last = left;
    while (last.right != null) {
      last = last.right;
    }
    return join(withoutLast(left), last, right);
  }

  private static @Nullable Tree withoutLast(Tree tree) {
    return tree.right == null ? tree.left : join(tree.left, tree, withoutLast(tree.right));
  }

  /// All of the left, the entry at the top of the middle, all of the right; of whatever heights.
  private static Tree join(@Nullable Tree left, Tree middle, @Nullable Tree right) {
    if (left != null && left.height > height(right) + 1) {
      return balance(left.left, left, join(left.right, middle, right));
    }
    if (right != null && right.height > height(left) + 1) {
      return balance(join(left, middle, right.left), right, right.right);
    }
    return node(left, middle, right);
  }

  /// As [#join] of trees whose heights differ by two at most.
  private static Tree balance(@Nullable Tree left, Tree middle, @Nullable Tree right) {
    if (left != null && left.height > height(right) + 1) {
      return turnRight(left, middle, right);
    }
    if (right != null && right.height > height(left) + 1) {
      return turnLeft(left, middle, right);
    }
    return node(left, middle, right);
  }

  private static Tree turnRight(Tree left, Tree middle, @Nullable Tree right) {
    Tree inner = left.right;
    if (inner == null || height(left.left) >= inner.height) {
      return node(left.left, left, node(inner, middle, right));
    }
    return node(node(left.left, left, inner.left), inner, node(inner.right, middle, right));
  }

  private static Tree turnLeft(@Nullable Tree left, Tree middle, Tree right) {
    Tree inner = right.left;
    if (inner == null || height(right.right) >= inner.height) {
      return node(node(left, middle, inner), right, right.right);
    }
    return node(node(left, middle, inner.left), inner, node(inner.right, right, right.right));
  }

  private static Tree node(@Nullable Tree left, Tree middle, @Nullable Tree right) {
    return new Tree(left, middle.key, middle.value, right);
  }

  static int height(@Nullable Tree tree) {
    return tree == null ? 0 : tree.height;
  }
}
