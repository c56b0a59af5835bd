package coffer.engine.testing;

import coffer.engine.Operation;
import coffer.engine.Refusal;
import coffer.engine.Refusal.Why;
import coffer.engine.Route;
import coffer.engine.Template.Segment;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds the route for a path: of those that fit, the one whose template is the most literal from
/// the left.
final class Routing {
  /// A route with what its template takes from a path.
  record Match(Route route, Map<String, String> captures) {}

  private final List<Route> routes;

  Routing(List<Route> routes) {
    this.routes =
        routes.stream()
            .sorted(Comparator.comparing(route -> weight(route.template().segments())))
            .toList();
  }

  Match find(Operation operation, String path) {
    boolean lists = operation == Operation.LIST || operation == Operation.SCAN;
    String found = lists && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    boolean known = false;
    for (Route route : routes) {
      Optional<Map<String, String>> captures = captures(route.template().segments(), found);
      known |= captures.isPresent();
      if (captures.isPresent() && route.operation() == operation) {
        return new Match(route, captures.get());
      }
    }
    throw known ? Refusal.unsupported() : new Refusal(Why.ABSENT, "unsupported path");
  }

  /// Sorts the more literal first.
  private static String weight(List<Segment> segments) {
    var weight = new StringBuilder();
    for (Segment segment : segments) {
      weight.append(
          switch (segment) {
            case Segment.Literal literal -> '1';
            case Segment.One one -> '2';
            case Segment.Rest rest -> '3';
          });
    }
    return weight.append('4').toString();
  }

  private static Optional<Map<String, String>> captures(List<Segment> segments, String path) {
    var captures = new HashMap<String, String>();
    int from = 0;
    for (Segment segment : segments) {
      int slash = path.indexOf('/', from);
      int to = slash < 0 ? path.length() : slash;
      String part = from > path.length() ? "" : path.substring(from, to);
      switch (segment) {
        case Segment.Rest rest -> {
          captures.put(rest.name(), from > path.length() ? "" : path.substring(from));
          return Optional.of(captures);
        }
        case Segment.Literal literal when literal.text().equals(part) -> {}
        case Segment.One one when !part.isEmpty() -> captures.put(one.name(), part);
        case Segment.Literal literal -> {
          return Optional.empty();
        }
        case Segment.One one -> {
          return Optional.empty();
        }
      }
      from = to + 1;
    }
    boolean all = from > path.length() || (segments.isEmpty() && path.isEmpty());
    return all ? Optional.of(captures) : Optional.empty();
  }
}
