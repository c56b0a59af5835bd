package coffer.policy;

import coffer.policy.Rule.Match;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Merges the rules of many policies by path and gives those with wildcards their rank. Used once.
final class AclCompiler {
  private final Instant now;
  private final Map<Match, Map<String, Merged>> merged = new EnumMap<>(Match.class);
  private Optional<Instant> validUntil = Optional.empty();

  AclCompiler(Instant now) {
    this.now = now;
    for (Match match : Match.values()) {
      merged.put(match, new LinkedHashMap<>());
    }
  }

  Acl compile(List<Policy> policies) {
    for (Policy policy : policies) {
      if (policy.name().equals(Policy.ROOT)) {
        return new Acl(
            Optional.of(policy.namespace()),
            Map.of(),
            Map.of(),
            List.of(),
            List.of(),
            Optional.empty());
      }
      policy.rules().forEach(rule -> add(policy, rule));
    }
    return build();
  }

  private void add(Policy policy, Rule rule) {
    if (rule.templated() || rule.expired(now)) {
      return;
    }
    rule.expiration()
        .filter(end -> validUntil.isEmpty() || end.isBefore(validUntil.get()))
        .ifPresent(end -> validUntil = Optional.of(end));
    String path = policy.namespace() + rule.path();
    merged
        .getOrDefault(rule.match(), Map.of())
        .computeIfAbsent(path, Merged::new)
        .add(policy, rule);
  }

  private Acl build() {
    Map<String, Permission> exact = new HashMap<>();
    of(Match.EXACT).forEach((path, one) -> exact.put(path, new Permission(one, 0)));
    Map<String, Permission> prefixes = new HashMap<>();
    var segments = new ArrayList<Permission>();
    var ranked = new ArrayList<String>(of(Match.PREFIX).keySet());
    ranked.addAll(of(Match.SEGMENTS).keySet());
    ranked.sort(Comparator.comparing(Specificity::of));
    for (int rank = 0; rank < ranked.size(); rank++) {
      String path = ranked.get(rank);
      Merged prefix = of(Match.PREFIX).get(path);
      Merged segment = of(Match.SEGMENTS).get(path);
      if (prefix != null) {
        prefixes.put(path.substring(0, path.length() - 1), new Permission(prefix, rank));
      } else if (segment != null) {
        segments.add(new Permission(segment, rank));
      }
    }
    var all = new ArrayList<>(exact.values());
    all.addAll(prefixes.values());
    all.addAll(segments);
    return new Acl(Optional.empty(), exact, prefixes, segments, List.copyOf(all), validUntil);
  }

  private Map<String, Merged> of(Match match) {
    return merged.getOrDefault(match, Map.of());
  }
}
