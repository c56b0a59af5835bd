package coffer.policy;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.engine.Operation;
import coffer.policy.Verdict.Source;
import coffer.policy.Verdict.Why;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AclTest {
  private static Acl acl(String... texts) {
    var policies = new ArrayList<Policy>();
    for (String text : texts) {
      policies.add(Policy.parse("p" + policies.size(), text));
    }
    return Acl.compile(policies, Instant.EPOCH);
  }

  private static boolean may(Acl acl, Operation operation, String path, Map<String, ?> given) {
    return acl.judge(operation, path, given, null).allowed();
  }

  @Test
  void theVerdictSaysWhichRuleDecided() {
    Acl acl =
        acl(
            "path \"a/*\" { capabilities = [\"read\", \"sudo\"] }",
            "\n\npath \"a/*\" { capabilities = [\"list\"] }\npath \"a/b\" { policy = \"deny\" }");
    Verdict granted = acl.judge(Operation.READ, "a/x", Map.of(), null);
    assertThat(granted)
        .isEqualTo(
            new Verdict(
                true, true, false, Why.GRANTED, "a/*", List.of(new Source("", "p0", 1)), 0));
    Verdict missing = acl.judge(Operation.DELETE, "a/x", Map.of(), null);
    assertThat(missing.why()).isEqualTo(Why.NOT_GRANTED);
    assertThat(missing.sources()).containsExactly(new Source("", "p0", 1), new Source("", "p1", 3));
    Verdict denied = acl.judge(Operation.READ, "a/b", Map.of(), null);
    assertThat(denied.why()).isEqualTo(Why.DENY);
    assertThat(denied.sources()).containsExactly(new Source("", "p1", 4));
    assertThat(acl.judge(Operation.READ, "x", Map.of(), null).why()).isEqualTo(Why.NO_RULE);
    assertThat(acl.judge(Operation.HELP, "x", Map.of(), null).allowed()).isTrue();
  }

  @Test
  void rootMayDoEverythingInItsNamespace() {
    Acl root = acl(new String[0]);
    assertThat(root.isRoot()).isFalse();
    root = Acl.compile(List.of(new Policy("", "root", "", List.of())), Instant.EPOCH);
    assertThat(root.judge(Operation.DELETE, "a", Map.of(), null).root()).isTrue();
    assertThat(root.capabilities("a")).containsExactly("root");
    Acl team = Acl.compile(List.of(new Policy("team/", "root", "", List.of())), Instant.EPOCH);
    assertThat(team.judge(Operation.READ, "team/a", Map.of(), null).allowed()).isTrue();
    assertThat(team.judge(Operation.READ, "a", Map.of(), null).allowed()).isFalse();
    assertThat(team.capabilities("a")).containsExactly("deny");
  }

  @Test
  void aPolicyCountsBelowItsNamespaceOnly() {
    Policy policy = Policy.parse("team/", "p", "path \"*\" { capabilities = [\"read\"] }");
    Acl acl = Acl.compile(List.of(policy), Instant.EPOCH);
    assertThat(may(acl, Operation.READ, "team/a", Map.of())).isTrue();
    assertThat(may(acl, Operation.READ, "a", Map.of())).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "allowed_parameters = { a = [] }, true, a=1, true",
    "allowed_parameters = { a = [] }, true, b=1, false",
    "allowed_parameters = { a = ['x*']}, true, A=xyz, true",
    "allowed_parameters = { a = ['x*']}, true, a=yz, false",
    "allowed_parameters = { a = ['*y*']}, true, a=xyz, true",
    "allowed_parameters = { a = ['*']}, true, a=x, false",
    "allowed_parameters = { a = [1] }, true, a=1, true",
    "allowed_parameters = { a = [true] }, true, a=true, true",
    "allowed_parameters = { a = ['x'] '*' = []}, true, b=1, true",
    "allowed_parameters = { a = ['x'] '*' = []}, true, a=y, false",
    "denied_parameters = { a = [] }, true, a=1, false",
    "denied_parameters = { a = [] }, true, b=1, true",
    "denied_parameters = { a = ['x'] }, true, a=y, true",
    "denied_parameters = { a = [1] }, true, a=1, false",
    "denied_parameters = { '*' = [] }, true, a=y, false",
    "required_parameters = ['a'], true, a=y, true",
    "required_parameters = ['a'], true, b=y, false",
    "required_parameters = ['a'], false, '', false",
    "allowed_parameters = { a = ['x'] }, false, '', true",
  })
  void parametersAreHeldAgainstTheRule(String rule, boolean some, String given, boolean expected) {
    String text =
        "path \"a\" { capabilities = [\"update\", \"delete\"] " + rule.replace('\'', '"') + " }";
    String[] parts = given.split("=", -1);
    Map<String, Object> parameters = some ? Map.of(parts[0], value(parts[1])) : Map.of();
    assertThat(may(acl(text), Operation.UPDATE, "a", parameters)).isEqualTo(expected);
    assertThat(may(acl(text), Operation.DELETE, "a", parameters)).isTrue();
  }

  private static Object value(String text) {
    return switch (text) {
      case "1" -> new BigDecimal("1.0");
      case "true" -> true;
      default -> text;
    };
  }

  @Test
  void parametersOfSeveralPoliciesAreJoined() {
    String one = "path \"a\" { capabilities = [\"update\"] allowed_parameters = { a = [\"x\"] } }";
    String other = "path \"a\" { capabilities = [] allowed_parameters = { a = [\"y\"] b = [] } }";
    Acl acl = acl(one, other);
    assertThat(may(acl, Operation.UPDATE, "a", Map.of("a", "y", "b", "z"))).isTrue();
    assertThat(may(acl, Operation.UPDATE, "a", Map.of("c", "y"))).isFalse();
  }

  @Test
  void wrappingMayBeRequired() {
    Acl acl =
        acl(
            "path \"a\" { capabilities = [\"read\"]\n"
                + " min_wrapping_ttl = \"1m\" max_wrapping_ttl = \"1h\" }");
    assertThat(acl.judge(Operation.READ, "a", Map.of(), null).why()).isEqualTo(Why.WRAPPING);
    assertThat(acl.judge(Operation.READ, "a", Map.of(), Duration.ofMinutes(1)).allowed()).isTrue();
    assertThat(acl.judge(Operation.READ, "a", Map.of(), Duration.ofHours(2)).allowed()).isFalse();
    assertThat(acl.judge(Operation.READ, "a", Map.of(), Duration.ofSeconds(1)).allowed()).isFalse();
  }

  @Test
  void listsMayBeCutShort() {
    Acl acl = acl("path \"a\" { capabilities = [\"list\"] pagination_limit = 5 }");
    Verdict verdict = acl.judge(Operation.LIST, "a/", Map.of(), null);
    assertThat(verdict.allowed()).isTrue();
    assertThat(verdict.paginationLimit()).isEqualTo(5);
    assertThat(may(acl, Operation.LIST, "a", Map.of("limit", "5"))).isTrue();
    assertThat(may(acl, Operation.LIST, "a", Map.of("limit", "max"))).isTrue();
    assertThat(may(acl, Operation.LIST, "a", Map.of("limit", "6"))).isFalse();
    assertThat(may(acl, Operation.LIST, "a", Map.of("limit", -1L))).isFalse();
  }

  @Test
  void whatNeedsAnApprovalIsWithheld() {
    Acl acl =
        acl(
            """
            path "a" {
              capabilities = ["read", "update"]
              control_group {
                factor "f" {
                  controlled_capabilities = ["read"]
                  identity { group_names = ["g"] approvals = 1 }
                }
              }
            }
            """);
    assertThat(acl.judge(Operation.READ, "a", Map.of(), null).why()).isEqualTo(Why.APPROVAL);
    assertThat(may(acl, Operation.UPDATE, "a", Map.of())).isTrue();
  }

  @Test
  void anExpiredRuleDoesNotCountAndTheSetSaysWhenTheNextExpires() {
    Policy policy =
        Policy.parse(
            "p", "path \"a\" { capabilities = [\"read\"] expiration = \"2030-01-01T00:00:00Z\" }");
    Instant end = Instant.parse("2030-01-01T00:00:00Z");
    Acl before = Acl.compile(List.of(policy), end.minusSeconds(1));
    assertThat(may(before, Operation.READ, "a", Map.of())).isTrue();
    assertThat(before.validUntil()).contains(end);
    Acl after = Acl.compile(List.of(policy), end.plusSeconds(1));
    assertThat(may(after, Operation.READ, "a", Map.of())).isFalse();
    assertThat(after.validUntil()).isEmpty();
  }

  @Test
  void aRuleThatDependsOnIdentityNeverMatches() {
    Acl acl = acl("path \"a/{{identity.entity.id}}\" { capabilities = [\"read\"] }");
    assertThat(may(acl, Operation.READ, "a/{{identity.entity.id}}", Map.of())).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "secret/a, secret/, true",
    "secret/*, secret/, true",
    "sec*, secret/, true",
    "*, secret/, true",
    "+/a, secret/, true",
    "+/+/x, secret/, true",
    "other/*, secret/, false",
    "secret, secret/, true",
    "secre, secret/, false",
    "auth/+/login, auth/userpass/, true",
    "auth/+/login, auth/, true",
    "secretary/*, secret/, false",
    "+, secret/a/, false",
  })
  void aMountIsReachedByAnyRuleBelowIt(String rule, String mount, boolean expected) {
    assertThat(acl("path \"" + rule + "\" { capabilities = [\"list\"] }").reaches(mount))
        .isEqualTo(expected);
    assertThat(acl("path \"" + rule + "\" { capabilities = [\"deny\"] }").reaches(mount)).isFalse();
  }

  @Test
  void judgingAllocatesNothing() {
    var text = new StringBuilder();
    for (int i = 0; i < 2_000; i++) {
      String path = List.of("a/b" + i, "a/b" + i + "/*", "a/+/c" + i, "+/x/d*").get(i % 4);
      text.append("path \"" + path + "\" { capabilities = [\"read\", \"list\"] }\n");
    }
    Acl acl = acl(text.toString());
    List<String> paths = List.of("a/b4", "a/b5/x", "a/q/c2", "z/x/dd", "no/thing", "a/b4/");
    int answers = 0;
    for (int i = 0; i < 20_000; i++) {
      answers += once(acl, paths);
    }
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 1_000; i++) {
      answers += once(acl, paths);
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(answers).isEqualTo(21_000 * 5);
    assertThat(allocated).isLessThan(6_000);
  }

  private static int once(Acl acl, List<String> paths) {
    int allowed = 0;
    for (int i = 0; i < paths.size(); i++) {
      Operation operation = i == 5 ? Operation.LIST : Operation.READ;
      allowed += acl.judge(operation, paths.get(i), Map.of(), null).allowed() ? 1 : 0;
    }
    return allowed;
  }
}
