package coffer.peers;

import static coffer.peers.Answers.assertRefused;
import static coffer.peers.Answers.data;
import static coffer.peers.Answers.strings;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.vault.core.VaultSysOperations;
import org.springframework.vault.core.VaultTemplate;
import org.springframework.vault.support.Policy;
import org.springframework.vault.support.Policy.BuiltinCapabilities;
import org.springframework.vault.support.Policy.Rule;
import org.springframework.vault.support.VaultTokenRequest;

/// Policies by Spring Vault, which writes them in JSON, and what they grant.
class PoliciesTest {
  @RegisterExtension static final RunningServer SERVER = new RunningServer();

  private final VaultTemplate root = SERVER.asRoot();
  private final VaultSysOperations sys = root.opsForSys();

  private VaultTemplate with(String name, Rule... rules) {
    sys.createOrUpdatePolicy(name, Policy.of(rules));
    return SERVER.as(
        root.opsForToken()
            .create(VaultTokenRequest.builder().withPolicy(name).build())
            .getToken()
            .getToken());
  }

  private static Rule rule(String path, BuiltinCapabilities... capabilities) {
    return Rule.builder().path(path).capabilities(capabilities).build();
  }

  @Test
  void aPolicyIsReadAsItWasWritten() {
    Policy policy =
        Policy.of(
            rule("secret/data/a", BuiltinCapabilities.READ, BuiltinCapabilities.LIST),
            Rule.builder()
                .path("secret/data/b")
                .capabilities(BuiltinCapabilities.UPDATE)
                .allowedParameter("data", "1", "2")
                .deniedParameter("options")
                .build());
    sys.createOrUpdatePolicy("peers-read", policy);
    assertThat(sys.getPolicy("peers-read")).isEqualTo(policy);
    assertThat(sys.getPolicyNames()).contains("peers-read", "default", "root");
  }

  @Test
  void aDeletedPolicyIsGone() {
    sys.createOrUpdatePolicy("peers-gone", Policy.of(rule("a", BuiltinCapabilities.READ)));
    sys.deletePolicy("peers-gone");
    assertThat(sys.getPolicyNames()).doesNotContain("peers-gone");
    assertThat(sys.getPolicy("peers-gone")).isNull();
  }

  @Test
  void aTokenMayDoWhatItsPolicyGrantsAndNoMore() {
    root.write("secret/data/peers/open", Map.of("data", Map.of("k", "v")));
    root.write("secret/data/peers/shut", Map.of("data", Map.of("k", "v")));
    VaultTemplate reader =
        with("peers-reader", rule("secret/data/peers/open", BuiltinCapabilities.READ));
    assertThat(data(reader.read("secret/data/peers/open"))).containsEntry("data", Map.of("k", "v"));
    assertRefused(403, () -> reader.read("secret/data/peers/shut"));
    assertRefused(
        403, () -> reader.write("secret/data/peers/open", Map.of("data", Map.of("k", "w"))));
  }

  @Test
  void aDenialGoesBeforeEveryGrant() {
    root.write("secret/data/peers/denied/x", Map.of("data", Map.of("k", "v")));
    VaultTemplate reader =
        with(
            "peers-denied",
            rule("secret/data/peers/*", BuiltinCapabilities.READ),
            rule("secret/data/peers/denied/*", BuiltinCapabilities.DENY));
    assertRefused(403, () -> reader.read("secret/data/peers/denied/x"));
    assertThat(reader.read("secret/data/peers/allowed")).isNull();
  }

  @Test
  void aChangedPolicyCountsForTokensThatAreThere() {
    VaultTemplate user = with("peers-change", rule("cubbyhole/none", BuiltinCapabilities.READ));
    assertRefused(403, () -> user.read("secret/data/peers/change"));
    sys.createOrUpdatePolicy(
        "peers-change", Policy.of(rule("secret/data/peers/change", BuiltinCapabilities.READ)));
    assertThat(user.read("secret/data/peers/change")).isNull();
    sys.deletePolicy("peers-change");
    assertRefused(403, () -> user.read("secret/data/peers/change"));
  }

  @Test
  void aTokenLearnsWhatItMayDo() {
    VaultTemplate user =
        with(
            "peers-capable",
            rule(
                "secret/data/peers/capable", BuiltinCapabilities.UPDATE, BuiltinCapabilities.READ));
    Map<String, Object> found =
        data(
            user.write(
                "sys/capabilities-self",
                Map.of("paths", List.of("secret/data/peers/capable", "secret/data/other"))));
    assertThat(strings(found, "secret/data/peers/capable")).containsExactly("read", "update");
    assertThat(strings(found, "secret/data/other")).containsExactly("deny");
  }

  @Test
  void aPolicyInTheUsualLanguageCountsToo() {
    String text = "path \"secret/data/peers/+/x\" { capabilities = [\"read\"] }";
    root.write("sys/policies/acl/peers-hcl", Map.of("policy", text));
    assertThat(Objects.requireNonNull(data(root.read("sys/policies/acl/peers-hcl")).get("policy")))
        .isEqualTo(text);
    VaultTemplate user =
        SERVER.as(
            root.opsForToken()
                .create(VaultTokenRequest.builder().withPolicy("peers-hcl").build())
                .getToken()
                .getToken());
    assertThat(user.read("secret/data/peers/any/x")).isNull();
    assertRefused(403, () -> user.read("secret/data/peers/any/y"));
  }

  @Test
  void whatIsNoPolicyIsRefused() {
    assertRefused(
        400, () -> root.write("sys/policies/acl/peers-bad", Map.of("policy", "path {{{ bad")));
  }
}
