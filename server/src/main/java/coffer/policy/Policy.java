package coffer.policy;

import java.util.List;
import java.util.Locale;

/// A named set of rules.
///
/// @param namespace the path of the namespace it belongs to, ending in `/`; empty for the root
/// @param text what it was parsed from
public record Policy(String namespace, String name, String text, List<Rule> rules) {
  /// The name of the policy that allows everything.
  public static final String ROOT = "root";

  /// The name of the policy that every token gets unless it says no.
  public static final String DEFAULT = "default";

  /// The name of the policy of wrapping tokens.
  public static final String RESPONSE_WRAPPING = "response-wrapping";

  public Policy {
    rules = List.copyOf(rules);
  }

  /// Reads a policy of the root namespace.
  public static Policy parse(String name, String text) {
    return parse("", name, text);
  }

  /// Reads a policy in HCL or JSON. A [Refusal] names the line and what is wrong with it.
  public static Policy parse(String namespace, String name, String text) {
    return new Policy(namespace, name, text, PolicyParser.parse(text));
  }

  /// Names are compared without case or blanks around them.
  public static String normalName(String name) {
    return name.strip().toLowerCase(Locale.ROOT);
  }

  /// Whether it has rules that depend on the caller's identity.
  public boolean templated() {
    return rules.stream().anyMatch(Rule::templated);
  }

  @Override
  public String toString() {
    return "Policy[" + namespace + name + "]";
  }
}
