package coffer.policy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Some policies together, compiled as far as they are the same for everybody who has them.
///
/// @param acl of the rules without templates
/// @param templated the rules with templates
record PolicySet(Acl acl, List<Line> templated) {

  /// A rule and the policy that it is from.
  record Line(Policy policy, Rule rule) {}

  static PolicySet of(List<String> names, List<Policy> policies, Instant now) {
    var templated = new ArrayList<Line>();
    for (Policy policy : policies) {
      policy.rules().stream()
          .filter(Rule::templated)
          .forEach(rule -> templated.add(new Line(policy, rule)));
    }
    return new PolicySet(new AclCompiler(now).compile(names, policies), List.copyOf(templated));
  }

  /// What the templates come to for a subject; null where one of them comes to the path of another
  /// rule, so that all must be merged.
  @Nullable Acl filled(Subject subject, Instant now) {
    List<Line> lines = lines(templated, subject);
    if (lines.isEmpty()) {
      return acl;
    }
    Acl own = new AclCompiler(now).compileLines(acl.names(), lines);
    boolean merge =
        lines.stream().anyMatch(line -> acl.has(line.policy().namespace() + line.rule().path()));
    return merge ? null : acl.with(own);
  }

  /// The same by compiling everything anew.
  static Acl merged(List<String> names, List<Policy> policies, Subject subject, Instant now) {
    var all = new ArrayList<Line>();
    for (Policy policy : policies) {
      policy.rules().forEach(rule -> all.add(new Line(policy, rule)));
    }
    return new AclCompiler(now).compileLines(names, lines(all, subject));
  }

  private static List<Line> lines(List<Line> lines, Subject subject) {
    var filled = new ArrayList<Line>(lines.size());
    for (Line line : lines) {
      Rule rule = line.rule();
      String path =
          rule.templated()
              ? Templates.filled(rule.path(), subject, line.policy().filling())
              : rule.path();
      if (path != null) {
        filled.add(new Line(line.policy(), rule.at(path)));
      }
    }
    return filled;
  }
}
