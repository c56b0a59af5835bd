package coffer.engine;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// A parsed path template such as `roles/{name}` or `data/{path...}`.
public record Template(String text, List<Segment> segments) {

  /// One part of a template.
  public sealed interface Segment {
    /// Matches itself.
    record Literal(String text) implements Segment {}

    /// Matches one segment that isn't empty.
    record One(String name) implements Segment {}

    /// Matches all that is left.
    ///
    /// @param some whether something must be left
    record Rest(String name, boolean some) implements Segment {}
  }

  static Template parse(String text) {
    var segments = new ArrayList<Segment>();
    if (!text.isEmpty()) {
      for (String part : text.split("/", -1)) {
        segments.add(segment(text, part));
      }
    }
    if (segments.stream()
        .limit(Math.max(0, segments.size() - 1))
        .anyMatch(Segment.Rest.class::isInstance)) {
      throw new IllegalArgumentException("what takes the rest must come last: " + text);
    }
    return new Template(text, List.copyOf(segments));
  }

  private static Segment segment(String text, String part) {
    if (part.startsWith("{") && part.endsWith("...}")) {
      return new Segment.Rest(part.substring(1, part.length() - 4), false);
    }
    if (part.startsWith("{") && part.endsWith("+}")) {
      return new Segment.Rest(part.substring(1, part.length() - 2), true);
    }
    if (part.startsWith("{") && part.endsWith("}")) {
      return new Segment.One(part.substring(1, part.length() - 1));
    }
    if (part.isEmpty() || part.contains("{")) {
      throw new IllegalArgumentException("not a template: " + text);
    }
    return new Segment.Literal(part);
  }

  /// The names of the parameters in it.
  public Set<String> names() {
    var names = new LinkedHashSet<String>();
    for (Segment segment : segments) {
      switch (segment) {
        case Segment.Literal literal -> {}
        case Segment.One one -> names.add(one.name());
        case Segment.Rest rest -> names.add(rest.name());
      }
    }
    return names;
  }

  @Override
  public String toString() {
    return text;
  }
}
