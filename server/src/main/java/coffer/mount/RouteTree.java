package coffer.mount;

import coffer.engine.Operation;
import coffer.engine.Param;
import coffer.engine.Route;
import coffer.engine.Template.Segment;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds the route of an engine for a path: a tree of segments, literals before `{name}` before
/// what takes the rest, so that the most literal template wins. A path that ends in `/` is a
/// folder's and fits only templates that can be listed. Immutable.
public final class RouteTree {
  /// Stands for the names of all fields; no field has this name.
  public static final String ALL = "";

  /// How deep a path may be that is not taken by a `{name...}`.
  private static final int MAX_SEGMENTS = 64;

  /// The route for a path, or why there is none.
  ///
  /// @param known whether the path is there, if only for other operations
  /// @param open whether that is told to anybody: the path begins as that of a route that needs no
  ///   token
  public record Found(
      @Nullable Route route, Map<String, String> captures, boolean known, boolean open) {}

  private static final class Node {
    private final Map<String, Node> literals = new HashMap<>();
    private final EnumMap<Operation, Route> ends = new EnumMap<>(Operation.class);
    private final EnumMap<Operation, Route> rests = new EnumMap<>(Operation.class);
    private final EnumMap<Operation, Route> somes = new EnumMap<>(Operation.class);
    private @Nullable Node one;
    private boolean open;
    private boolean openBelow;

    boolean isFolder() {
      return ends.containsKey(Operation.LIST) || ends.containsKey(Operation.SCAN);
    }
  }

  private final Node root = new Node();
  private final Map<String, Set<String>> fields = new HashMap<>();

  public RouteTree(List<Route> routes) {
    routes.forEach(this::add);
  }

  private void add(Route route) {
    Set<String> known = fields.computeIfAbsent(route.template().text(), text -> new HashSet<>());
    for (Param<?> param : route.params()) {
      known.add(param.where() == Param.Where.WHOLE ? ALL : param.name());
    }
    Node node = root;
    EnumMap<Operation, Route> into = node.ends;
    for (Segment segment : route.template().segments()) {
      switch (segment) {
        case Segment.Literal literal ->
            node = node.literals.computeIfAbsent(literal.text(), text -> new Node());
        case Segment.One one -> {
          if (node.one == null) {
            node.one = new Node();
          }
          node = node.one;
        }
        case Segment.Rest rest -> into = rest.some() ? node.somes : node.rests;
      }
      if (!(segment instanceof Segment.Rest)) {
        into = node.ends;
      }
    }
    if (into.put(route.operation(), route) != null) {
      throw new IllegalArgumentException("two routes for " + route);
    }
    if (route.access() == Route.Access.OPEN) {
      open(route);
    }
  }

  /// Marks what an open route begins with.
  private void open(Route route) {
    Node node = root;
    for (Segment segment : route.template().segments()) {
      if (!(segment instanceof Segment.Literal literal)) {
        node.openBelow = true;
        return;
      }
      node = Objects.requireNonNull(node.literals.get(literal.text()));
    }
    node.open = true;
  }

  /// The names of the fields that a route or another one at the same path takes; [#ALL] among them
  /// where any field is.
  public Set<String> fields(Route route) {
    return fields.getOrDefault(route.template().text(), Set.of());
  }

  /// @param path below the mount; of a list with or without a `/` at its end
  public Found find(Operation operation, String path) {
    Operation sought = operation == Operation.CREATE ? Operation.UPDATE : operation;
    boolean folder = path.endsWith("/") || sought == Operation.LIST || sought == Operation.SCAN;
    String found = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    var search = new Search(sought, path, folder);
    Route route = search.walk(root, found, 0, 0);
    boolean open = route == null && isOpen(found);
    return new Found(route, search.captures(route), search.known, open);
  }

  private boolean isOpen(String path) {
    Node node = root;
    int from = 0;
    while (node != null && from <= path.length()) {
      if (node.openBelow) {
        return true;
      }
      int slash = path.indexOf('/', from);
      int to = slash < 0 ? path.length() : slash;
      node = node.literals.get(path.substring(from, to));
      from = to + 1;
    }
    return node != null && node.open;
  }

  /// One look-up.
  private static final class Search {
    private final Operation operation;
    private final String whole;
    private final boolean folder;
    private final List<String> taken = new ArrayList<>(4);
    private boolean known;

    Search(Operation operation, String whole, boolean folder) {
      this.operation = operation;
      this.whole = whole;
      this.folder = folder;
    }

    @Nullable Route walk(Node node, String path, int from, int depth) {
      if (from > path.length() || (from == 0 && path.isEmpty())) {
        Route end = folder && !node.isFolder() ? null : at(node.ends);
        return end == null ? rest(node, path.length() + 1) : end;
      }
      int slash = path.indexOf('/', from);
      int to = slash < 0 ? path.length() : slash;
      if (depth < MAX_SEGMENTS) {
        String segment = path.substring(from, to);
        Node literal = node.literals.get(segment);
        Route route = literal == null ? null : walk(literal, path, to + 1, depth + 1);
        if (route == null && node.one != null && !segment.isEmpty()) {
          taken.add(segment);
          route = walk(node.one, path, to + 1, depth + 1);
          if (route == null) {
            taken.removeLast();
          }
        }
        if (route != null) {
          return route;
        }
      }
      return rest(node, from);
    }

    private @Nullable Route rest(Node node, int from) {
      Route route = from < whole.length() ? at(node.somes) : null;
      if (route == null) {
        route = at(node.rests);
      }
      if (route != null) {
        taken.add(whole.substring(Math.min(from, whole.length())));
      }
      return route;
    }

    private @Nullable Route at(EnumMap<Operation, Route> routes) {
      known |= !routes.isEmpty();
      return routes.get(operation);
    }

    Map<String, String> captures(@Nullable Route route) {
      if (route == null || taken.isEmpty()) {
        return Map.of();
      }
      var captures = new HashMap<String, String>();
      int next = 0;
      for (Segment segment : route.template().segments()) {
        switch (segment) {
          case Segment.Literal literal -> {}
          case Segment.One one -> captures.put(one.name(), taken.get(next++));
          case Segment.Rest rest -> captures.put(rest.name(), taken.get(next++));
        }
      }
      return captures;
    }
  }
}
