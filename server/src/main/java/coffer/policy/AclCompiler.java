package coffer.policy;

import coffer.policy.Rule.Match;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Merges the rules of many policies by path. Used once.
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

  /// Compiles what is the same for everybody.
  Acl compile(List<String> names, List<Policy> policies) {
    for (Policy policy : policies) {
      if (policy.name().equals(Policy.ROOT)) {
        return Acl.root(names, policy.namespace());
      }
      policy.rules().stream().filter(rule -> !rule.templated()).forEach(rule -> add(policy, rule));
    }
    return build(names);
  }

  /// Compiles rules of some policies, as they are.
  Acl compileLines(List<String> names, List<PolicySet.Line> lines) {
    lines.forEach(line -> add(line.policy(), line.rule()));
    return build(names);
  }

  private void add(Policy policy, Rule rule) {
    if (rule.expired(now)) {
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

  private Acl build(List<String> names) {
    Map<String, Permission> exact = new HashMap<>();
    of(Match.EXACT).forEach((path, one) -> exact.put(path, new Permission(one, Specificity.NONE)));
    Map<String, Permission> prefixes = new HashMap<>();
    of(Match.PREFIX)
        .forEach(
            (path, one) ->
                prefixes.put(
                    path.substring(0, path.length() - 1),
                    new Permission(one, Specificity.of(path))));
    var segments = new ArrayList<Permission>();
    of(Match.SEGMENTS)
        .forEach((path, one) -> segments.add(new Permission(one, Specificity.of(path))));
    return Acl.of(names, new Tables(exact, prefixes, segments), validUntil);
  }

  private Map<String, Merged> of(Match match) {
    return merged.getOrDefault(match, Map.of());
  }
}
