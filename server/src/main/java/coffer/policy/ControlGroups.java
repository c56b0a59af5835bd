package coffer.policy;

import coffer.hcl.HclException;
import coffer.hcl.Stanza;
import coffer.hcl.Value;
import java.util.List;
import java.util.Set;

/// Reads the `control_group` of a rule: operations that need somebody's approval. Nobody can give
/// one yet, so what is read comes down to which capabilities are withheld.
final class ControlGroups {
  private static final int EVERYTHING = -1;

  private ControlGroups() {}

  static int controlled(Value.Body rule) {
    int controlled = 0;
    for (Value value : rule.values("control_group")) {
      try {
        controlled |= group(value.body());
      } catch (HclException | IllegalArgumentException e) {
        String text = e instanceof HclException hcl ? hcl.problem() : e.getMessage();
        throw new IllegalArgumentException(
            "error handling control_group: " + PolicyParser.occurred(1) + "\t* " + text + "\n\n",
            e);
      }
    }
    return controlled;
  }

  private static int group(Value.Body group) {
    refuseOthers(group, Set.of("ttl", "self_auth_allowed", "factor"));
    try {
      group.values("ttl").forEach(Value::duration);
    } catch (HclException e) {
      throw new IllegalArgumentException("path control_group: invalid ttl: " + e.problem(), e);
    }
    group.values("self_auth_allowed").forEach(Value::flag);
    List<Stanza> factors = group.stanzas("factor", "name");
    if (factors.isEmpty()) {
      throw new IllegalArgumentException("requires at least one factor but had none");
    }
    return factors.stream().mapToInt(factor -> factor(factor.body())).reduce(0, (a, b) -> a | b);
  }

  private static void refuseOthers(Value.Body body, Set<String> keys) {
    body.items().stream()
        .filter(item -> !keys.contains(item.key().name()))
        .findFirst()
        .ifPresent(
            item -> {
              String key = PolicyParser.quoted(item.key().name());
              throw new IllegalArgumentException(
                  "invalid key " + key + " on line " + item.at().line());
            });
  }

  private static int factor(Value.Body factor) {
    refuseOthers(factor, Set.of("controlled_capabilities", "identity"));
    for (Value identity : factor.values("identity")) {
      identity.body().values("group_names").forEach(names -> names.list().forEach(Value::text));
      identity.body().values("approvals").forEach(Value::integer);
    }
    int controlled = 0;
    for (Value list : factor.values("controlled_capabilities")) {
      for (Value word : list.list()) {
        controlled |=
            Capability.of(word.text())
                .orElseThrow(
                    () ->
                        new IllegalArgumentException(
                            "path control_group Operation(s) not valid: " + word.text()))
                .bit();
      }
    }
    return controlled == 0 ? EVERYTHING : controlled;
  }
}
