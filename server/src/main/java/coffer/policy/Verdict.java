package coffer.policy;

import java.util.List;

/// What the policies say of one request, and why. Made when policies are compiled, not a request.
///
/// @param sudo whether the rule grants `sudo`
/// @param root whether everything is allowed, by the policy `root`
/// @param rule the path of the deciding rule, as in `secret/+/a*`; empty where there is none
/// @param sources the policies that have the rule: those that grant, for a grant; those that deny,
///   for a denial by name
/// @param paginationLimit how long a list may be at most; zero for as long as it is
public record Verdict(
    boolean allowed,
    boolean sudo,
    boolean root,
    Why why,
    String rule,
    List<Source> sources,
    long paginationLimit) {

  /// What decided.
  public enum Why {
    /// The policy `root`.
    ROOT,
    /// Help is for everybody.
    HELP,
    /// A rule has the capability.
    GRANTED,
    /// No rule matches the path.
    NO_RULE,
    /// The rule says `deny`.
    DENY,
    /// The rule hasn't got the capability.
    NOT_GRANTED,
    /// The response must be wrapped, or for another time.
    WRAPPING,
    /// A parameter is denied, not among the allowed, or missing.
    PARAMETERS,
    /// The list asked for is longer than allowed.
    PAGE,
    /// Somebody would have to approve it.
    APPROVAL
  }

  /// A place in a policy.
  public record Source(String namespace, String policy, int line) {}

  static final Verdict HELP = new Verdict(true, false, false, Why.HELP, "", List.of(), 0);
  static final Verdict NO_RULE = new Verdict(false, false, false, Why.NO_RULE, "", List.of(), 0);

  static Verdict root(String namespace) {
    var source = new Source(namespace, Policy.ROOT, 0);
    return new Verdict(true, true, true, Why.ROOT, "", List.of(source), 0);
  }
}
