package coffer.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A tree stays as shallow as an AVL tree is, whatever is done to it; what it holds is tried by
/// [StorageContract].
class TreeTest {
  private static final byte[] VALUE = {};
  private static final int MANY = 5_000;

  private static @Nullable Tree tree(IntFunction<String> key) {
    Tree tree = null;
    for (int i = 0; i < MANY; i++) {
      tree = Tree.put(tree, key.apply(i), VALUE);
    }
    return tree;
  }

  /// An AVL tree is: no height differs from its neighbour's by more than one.
  private static void assertShallow(@Nullable Tree tree) {
    if (tree != null) {
      assertThat(Math.abs(Tree.height(tree.left) - Tree.height(tree.right))).isLessThanOrEqualTo(1);
      assertThat(Tree.height(tree))
          .isEqualTo(1 + Math.max(Tree.height(tree.left), Tree.height(tree.right)));
      assertShallow(tree.left);
      assertShallow(tree.right);
    }
  }

  @Test
  void keysThatComeInOrderMakeNoList() {
    assertShallow(tree(i -> "%08d".formatted(i)));
    assertShallow(tree(i -> "%08d".formatted(MANY - i)));
    assertShallow(tree(i -> "%08d".formatted(i % 2 == 0 ? i : MANY - i)));
  }

  @Test
  void takingOneEndAwayLeavesItShallow() {
    Tree tree = tree(i -> "%08d".formatted(i));
    for (int i = 0; i < MANY - 10; i++) {
      tree = Tree.delete(tree, "%08d".formatted(i));
      if (i % 100 == 0) {
        assertShallow(tree);
      }
    }
    assertShallow(tree);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void takingPrefixesAwayLeavesItShallow(long seed) {
    var random = new Random(seed);
    Tree tree = tree(i -> Integer.toString(random.nextInt(1_000_000)));
    for (int i = 0; i < 300; i++) {
      tree = Tree.deleteAll(tree, Integer.toString(random.nextInt(3_000)));
      tree = Tree.put(tree, Integer.toString(random.nextInt(1_000_000)), VALUE);
      if (i % 10 == 0) {
        assertShallow(tree);
      }
    }
  }

  @Test
  void aWriteChangesNoTreeThatWasThereBefore() {
    Tree before = tree(Integer::toString);
    var entries = Tree.range(before, "", "", Integer.MAX_VALUE);
    Tree after = Tree.deleteAll(Tree.put(Tree.delete(before, "5"), "x", VALUE), "1");
    assertThat(Tree.range(before, "", "", Integer.MAX_VALUE)).isEqualTo(entries);
    assertThat(Tree.range(after, "1", "", 1)).isEmpty();
  }
}
