package coffer.policy;

import coffer.hcl.HclException;
import coffer.hcl.Stanza;
import coffer.hcl.Value;
import java.util.List;
import java.util.Set;

/// Reads the `control_group` of a rule: operations that need somebody's approval. Nobody can give
/// one yet, so what is read comes down to which capabilities are withheld.
final class ControlGroups {
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
    int controlled = 0;
    for (int i = 0; i < factors.size(); i++) {
      controlled |= factor(i, factors.get(i).body());
    }
    return controlled;
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

  private static int factor(int number, Value.Body factor) {
    refuseOthers(factor, Set.of("controlled_capabilities", "identity"));
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
    if (controlled == 0) {
      throw missing(number, "controlled capabilities");
    }
    checkApprovers(number, factor);
    return controlled;
  }

  private static void checkApprovers(int number, Value.Body factor) {
    long approvals = 0;
    int groups = 0;
    for (Value identity : factor.values("identity")) {
      approvals += identity.body().value("approvals").map(Value::integer).orElse(0L);
      for (Value names : identity.body().values("group_names")) {
        names.list().forEach(Value::text);
        groups += names.list().size();
      }
    }
    if (approvals <= 0) {
      throw missing(number, "required approvals");
    }
    if (groups == 0) {
      throw missing(number, "approving groups");
    }
  }

  private static IllegalArgumentException missing(int factor, String what) {
    return new IllegalArgumentException("factor " + factor + ": missing " + what);
  }
}
