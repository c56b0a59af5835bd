package coffer.policy;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The rules of some policies, each under its path, ready to be looked up. Immutable.
final class Tables {
  private final PathTable<Permission> exact;
  private final PrefixTable<Permission> prefixes;
  private final @Nullable SegmentTree segments;
  private final List<Permission> permissions;

  /// @param prefixes those that end in `*`, by what is before it
  /// @param segments those with a `+`
  Tables(
      Map<String, Permission> exact, Map<String, Permission> prefixes, List<Permission> segments) {
    this.exact = new PathTable<>(exact);
    this.prefixes = new PrefixTable<>(prefixes);
    this.segments = segments.isEmpty() ? null : new SegmentTree(segments);
    this.permissions =
        Stream.of(exact.values(), prefixes.values(), segments)
            .flatMap(all -> all.stream())
            .toList();
  }

  List<Permission> permissions() {
    return permissions;
  }

  /// The rule for just this part of a text.
  ///
  /// @param hash of that part
  @Nullable Permission exact(String text, int from, int to, int hash) {
    return exact.find(text, from, to, hash);
  }

  /// The most specific rule with wildcards that fits.
  @Nullable Permission wildcard(String text, int from, int to) {
    Permission prefix = prefixes.longest(text, from, to);
    return segments == null
        ? prefix
        : Permission.moreSpecific(prefix, segments.find(text, from, to));
  }
}
