package coffer.policy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The rules with a `+`, as a tree of segments: each level is one segment, either a literal or `+`.
/// A look-up goes down every branch that fits and takes the most specific rule, so it visits no
/// more nodes than the rules have. Immutable.
final class SegmentTree {
  private static final class Node {
    final PathTable<Node> literals;
    final @Nullable Node any;
    final PrefixTable<Permission> tails;
    final @Nullable Permission end;

    Node(Growing growing) {
      Map<String, Node> children = new HashMap<>();
      growing.literals.forEach((segment, child) -> children.put(segment, new Node(child)));
      literals = new PathTable<>(children);
      any = growing.any == null ? null : new Node(growing.any);
      tails = new PrefixTable<>(growing.tails);
      end = growing.end;
    }
  }

  private static final class Growing {
    final Map<String, Growing> literals = new HashMap<>();
    final Map<String, Permission> tails = new HashMap<>();
    @Nullable Growing any;
    @Nullable Permission end;

    Growing child(String segment) {
      if (!segment.equals("+")) {
        return literals.computeIfAbsent(segment, key -> new Growing());
      }
      if (any == null) {
        any = new Growing();
      }
      return any;
    }
  }

  private final Node root;

  SegmentTree(List<Permission> permissions) {
    var growing = new Growing();
    permissions.forEach(permission -> grow(growing, permission));
    root = new Node(growing);
  }

  private static void grow(Growing root, Permission permission) {
    String path = permission.rule();
    boolean prefix = path.endsWith("*");
    String[] segments = (prefix ? path.substring(0, path.length() - 1) : path).split("/", -1);
    int deep = prefix ? segments.length - 1 : segments.length;
    Growing node = root;
    for (int i = 0; i < deep; i++) {
      node = node.child(segments[i]);
    }
    if (prefix) {
      node.tails.put(segments[deep], permission);
    } else {
      node.end = permission;
    }
  }

  /// The most specific rule that fits this part of a text.
  @Nullable Permission find(String text, int from, int to) {
    return walk(root, text, from, to, null);
  }

  private static @Nullable Permission walk(
      Node node, String text, int from, int to, @Nullable Permission best) {
    int slash = text.indexOf('/', from);
    int end = slash < 0 || slash > to ? to : slash;
    Permission found = Permission.moreSpecific(best, node.tails.longest(text, from, end));
    Node literal = node.literals.find(text, from, end, PathTable.hash(text, from, end));
    if (literal != null) {
      found = arrive(literal, text, end, to, found);
    }
    return node.any == null ? found : arrive(node.any, text, end, to, found);
  }

  private static @Nullable Permission arrive(
      Node node, String text, int end, int to, @Nullable Permission best) {
    return end >= to
        ? Permission.moreSpecific(best, node.end)
        : walk(node, text, end + 1, to, best);
  }
}
