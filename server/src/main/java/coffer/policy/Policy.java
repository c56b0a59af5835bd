package coffer.policy;

import java.util.List;
import java.util.Locale;

/// A named set of rules.
///
/// @param namespace the path of the namespace it belongs to, ending in `/`; empty for the root
/// @param text what it was parsed from
public record Policy(
    String namespace, String name, String text, List<Rule> rules, Filling filling) {
  /// The name of the policy that allows everything.
  public static final String ROOT = "root";

  /// The name of the policy that every token gets unless it says no.
  public static final String DEFAULT = "default";

  /// The name of the policy of wrapping tokens.
  public static final String RESPONSE_WRAPPING = "response-wrapping";

  /// What values may be filled into templates.
  ///
  /// @param wildcards whether they may have `+` and `*`
  /// @param slashes whether they may have `/`
  public record Filling(boolean wildcards, boolean slashes) {
    /// Values that stand for themselves, within one segment.
    public static final Filling PLAIN = new Filling(false, false);

    boolean allows(String value) {
      return (wildcards || (value.indexOf('*') < 0 && value.indexOf('+') < 0))
          && (slashes || value.indexOf('/') < 0);
    }
  }

  public Policy {
    rules = List.copyOf(rules);
  }

  public Policy(String namespace, String name, String text, List<Rule> rules) {
    this(namespace, name, text, rules, Filling.PLAIN);
  }

  /// Reads a policy of the root namespace.
  public static Policy parse(String name, String text) {
    return parse("", name, text);
  }

  /// Reads a policy in HCL or JSON. A [Refusal] names the line and what is wrong with it.
  public static Policy parse(String namespace, String name, String text) {
    return new Policy(namespace, name, text, PolicyParser.parse(text));
  }

  static Policy parse(StoredPolicy stored) {
    List<Rule> rules = PolicyParser.parse(stored.text());
    return new Policy("", stored.name(), stored.text(), rules, stored.filling());
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
