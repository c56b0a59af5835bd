package coffer.sys;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.boot.Lender;
import coffer.boot.TestServer;
import coffer.boot.TestServer.Client;
import coffer.engine.Operation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Who made whom, and what would die with a token.
class TokenTreeRoutesTest {
  private final TestServer server = TestServer.start(new Lender().type());
  private Client parent = server.root();

  @BeforeEach
  void plant() {
    server.root().write("sys/mounts/lend", Map.of("type", "lender"));
    parent = child(server.root(), "ci");
    Client child = child(parent, "job");
    child(child, "step");
    child.read("lend/creds/a");
    child.read("lend/creds/b");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Client child(Client maker, String name) {
    return server.as(
        maker.write("auth/token/create", Map.of("ttl", "2h", "display_name", name)).token());
  }

  private static String accessor(Client client) {
    return String.valueOf(client.read("auth/token/lookup-self").data().get("accessor"));
  }

  private List<?> tokens(Map<String, ?> query) {
    var reply = server.root().call(Operation.READ, "sys/tokens/tree", query);
    return (List<?>) Objects.requireNonNull(reply.data().get("tokens"));
  }

  private static Map<?, ?> only(List<?> nodes) {
    assertThat(nodes).hasSize(1);
    return (Map<?, ?>) nodes.getFirst();
  }

  private static List<?> children(Map<?, ?> node) {
    return (List<?>) Objects.requireNonNull(node.get("children"));
  }

  @Test
  void aTreeShowsEachTokenBelowItsMaker() {
    Map<?, ?> root = only(tokens(Map.of()));
    Map<?, ?> ci = only(children(root));
    Map<?, ?> job = only(children(ci));

    assertThat(ci.get("display_name")).isEqualTo("token-ci");
    assertThat(job.get("leases")).isEqualTo(Map.of("lend/", 2L));
    assertThat(only(children(job)).get("display_name")).isEqualTo("token-step");
  }

  @Test
  void aTreeCanBeginAtAnyToken() {
    assertThat(only(tokens(Map.of("accessor", accessor(parent)))).get("display_name"))
        .isEqualTo("token-ci");
  }

  @Test
  void whatIsNotShownIsCounted() {
    Map<?, ?> root = only(tokens(Map.of("depth", "1")));

    assertThat(children(root)).isEmpty();
    assertThat(root.get("child_count")).isEqualTo(1L);
  }

  @Test
  void aFilterShowsTheTokensThatPassIt() {
    child(server.root(), "late");
    server.advance(Duration.ofMinutes(30));
    child(server.root(), "later");

    assertThat(names(Map.of("display_name", "token-la")))
        .containsExactlyInAnyOrder("token-late", "token-later");
    assertThat(names(Map.of("older_than", "10m", "display_name", "token-la")))
        .containsExactly("token-late");
    assertThat(names(Map.of("ttl_below", "100m", "display_name", "token-la")))
        .containsExactly("token-late");
    assertThat(names(Map.of("orphan", "true"))).containsExactly("token");
    assertThat(names(Map.of("policy", "none"))).isEmpty();
  }

  private List<Object> names(Map<String, ?> query) {
    return tokens(query).stream()
        .map(node -> (Object) ((Map<?, ?>) node).get("display_name"))
        .toList();
  }

  @Test
  void pagesFollowOneAnother() {
    var first =
        server
            .root()
            .call(Operation.READ, "sys/tokens/tree", Map.of("policy", "root", "limit", "3"));
    assertThat((List<?>) first.data().get("tokens")).hasSize(3);

    var second =
        server
            .root()
            .call(
                Operation.READ,
                "sys/tokens/tree",
                Map.of("policy", "root", "limit", "3", "after", first.data().get("next")));

    assertThat((List<?>) second.data().get("tokens")).hasSize(1);
    assertThat(second.data().get("next")).isEqualTo("");
  }

  @Test
  void whatWouldDieIsCountedBeforeItDies() {
    Map<String, ?> counted =
        server.root().write("sys/tokens/cascade", Map.of("accessor", accessor(parent))).data();

    assertThat(counted.get("tokens")).isEqualTo(3L);
    assertThat(counted.get("leases")).isEqualTo(Map.of("lend/", 2L));
    assertThat(parent.read("auth/token/lookup-self").status()).isEqualTo(200);
  }

  @Test
  void onlyWhoHasSudoSeesOtherPeoplesTokens() {
    server
        .root()
        .write(
            "sys/policies/acl/looks",
            Map.of("policy", "path \"sys/tokens/*\" { capabilities = [\"read\", \"update\"] }"));
    Client looks =
        server.as(
            server.root().write("auth/token/create", Map.of("policies", List.of("looks"))).token());

    assertThat(looks.read("sys/tokens/tree").status()).isEqualTo(403);
    assertThat(looks.write("sys/tokens/cascade", Map.of("accessor", "x")).status()).isEqualTo(403);
  }
}
