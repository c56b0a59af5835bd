package coffer.policy;

import coffer.policy.Verdict.Source;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The rules of several policies for one path on their way to one [Permission]. A `deny` wins over
/// everything; else capabilities add up, the shorter wrapping times and page lengths win, and
/// parameter lists are joined.
final class Merged {
  private record Part(Source source, int capabilities) {}

  private final String path;
  private final List<Part> parts = new ArrayList<>();
  private final Map<String, List<Object>> allowed = new LinkedHashMap<>();
  private final Map<String, List<Object>> denied = new LinkedHashMap<>();
  private final Set<String> required = new LinkedHashSet<>();
  private int capabilities;
  private int controlled;
  private Duration minWrappingTtl = Duration.ZERO;
  private Duration maxWrappingTtl = Duration.ZERO;
  private long paginationLimit;

  Merged(String path) {
    this.path = path;
  }

  void add(Policy policy, Rule rule) {
    var source = new Source(policy.namespace(), policy.name(), rule.line());
    parts.add(new Part(source, rule.capabilities()));
    capabilities |= rule.capabilities();
    if (Capability.DENY.in(capabilities)) {
      capabilities = Capability.DENY.bit();
      return;
    }
    controlled |= rule.controlled();
    minWrappingTtl = lesser(minWrappingTtl, rule.minWrappingTtl());
    maxWrappingTtl = lesser(maxWrappingTtl, rule.maxWrappingTtl());
    paginationLimit = lesser(paginationLimit, rule.paginationLimit());
    rule.allowed().forEach((name, values) -> join(allowed, name, values));
    rule.denied().forEach((name, values) -> join(denied, name, values));
    required.addAll(rule.required());
  }

  private static Duration lesser(Duration one, Duration other) {
    if (one.isZero() || other.isZero()) {
      return one.isZero() ? other : one;
    }
    return one.compareTo(other) <= 0 ? one : other;
  }

  private static long lesser(long one, long other) {
    return one <= 0 || other <= 0 ? Math.max(0, Math.max(one, other)) : Math.min(one, other);
  }

  /// An empty list stands for any value, so it stays empty.
  private static void join(Map<String, List<Object>> into, String name, List<Object> values) {
    List<Object> there = into.get(name);
    if (there == null) {
      into.put(name, new ArrayList<>(values));
    } else if (values.isEmpty() || there.isEmpty()) {
      there.clear();
    } else {
      there.addAll(values);
    }
  }

  String path() {
    return path;
  }

  int capabilities() {
    return capabilities;
  }

  int controlled() {
    return controlled;
  }

  Duration minWrappingTtl() {
    return minWrappingTtl;
  }

  Duration maxWrappingTtl() {
    return maxWrappingTtl;
  }

  long paginationLimit() {
    return paginationLimit;
  }

  Parameters parameters() {
    return new Parameters(Map.copyOf(allowed), Map.copyOf(denied), List.copyOf(required));
  }

  /// The rules that have one of these capabilities; all for none.
  List<Source> sources(int bits) {
    return parts.stream()
        .filter(part -> bits == 0 || (part.capabilities & bits) != 0)
        .map(Part::source)
        .toList();
  }
}
