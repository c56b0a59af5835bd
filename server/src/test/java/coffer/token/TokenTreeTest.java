package coffer.token;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.boot.TestServer;
import coffer.boot.TestServer.Client;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A token owns all that is below it.
class TokenTreeTest {
  private final TestServer server = TestServer.start();

  @AfterEach
  void stop() {
    server.close();
  }

  private static String child(Client of) {
    return of.write("auth/token/create", Map.of("ttl", "100h")).token();
  }

  private boolean works(String token) {
    return server.as(token).read("auth/token/lookup-self").status() == 200;
  }

  private void revoke(String token) {
    assertThat(server.root().write("auth/token/revoke", Map.of("token", token)).status())
        .isEqualTo(204);
  }

  private long accessors() {
    return server.root().list("auth/token/accessors").names().size();
  }

  @Test
  void aRevokedParentTakesItsDescendantsWithItAtOnce() {
    String parent = child(server.root());
    String child = child(server.as(parent));
    String grandchild = child(server.as(child));
    assertThat(works(grandchild)).isTrue();

    revoke(parent);

    assertThat(works(parent)).isFalse();
    assertThat(works(child)).isFalse();
    assertThat(works(grandchild)).isFalse();
    assertThat(works(TestServer.ROOT)).isTrue();
  }

  @Test
  void revokingAChildLeavesItsParentAlone() {
    String parent = child(server.root());
    String child = child(server.as(parent));

    revoke(child);

    assertThat(works(child)).isFalse();
    assertThat(works(parent)).isTrue();
  }

  @Test
  void theCleanUpLeavesNothingBehind() {
    String parent = child(server.root());
    for (int i = 0; i < 20; i++) {
      String child = child(server.as(parent));
      server.as(child).write("cubbyhole/own", Map.of("a", "b"));
      child(server.as(child));
    }
    assertThat(accessors()).isEqualTo(42);

    revoke(parent);
    server.settle();

    assertThat(accessors()).isEqualTo(1);
    assertThat(server.keys("token/")).hasSize(1);
    assertThat(server.keys("lease/")).isEmpty();
    assertThat(server.keys("due/")).isEmpty();
    assertThat(server.keys("doomed/")).isEmpty();
    assertThat(server.keys("mount/")).isEmpty();
  }

  @Test
  void aRevocationHoldsAfterACrashBeforeAnythingWasCleanedUp() {
    String parent = child(server.root());
    String child = child(server.as(parent));
    revoke(parent);

    server.restart();

    assertThat(works(child)).isFalse();
    server.settle();
    assertThat(works(child)).isFalse();
    assertThat(accessors()).isEqualTo(1);
  }

  @Test
  void aCleanUpThatIsBrokenOffGoesOnAfterTheCrash() {
    String parent = child(server.root());
    List<String> all = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      String child = child(server.as(parent));
      all.add(child);
      for (int j = 0; j < 20; j++) {
        all.add(child(server.as(child)));
      }
    }
    revoke(parent);

    for (int commits = 1; commits <= 5; commits++) {
      server.crashAfter(commits);
      assertThat(all).noneMatch(this::works);
    }

    server.settle();
    assertThat(server.keys("token")).hasSize(2);
    assertThat(server.keys("lease/")).isEmpty();
    assertThat(server.keys("doomed/")).isEmpty();
  }

  @Test
  void aTreeOfAHundredThousandDiesInOneWriteAndIsCleanedUpBehind() {
    String parent = child(server.root());
    Client maker = server.as(parent);
    List<String> some = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      String child = child(maker);
      if (i % 10_000 == 0) {
        some.add(child);
      }
    }
    long before = server.commits();

    revoke(parent);

    assertThat(server.commits() - before).isEqualTo(1);
    assertThat(some).noneMatch(this::works);
    server.settle();
    assertThat(server.keys("token/")).hasSize(1);
    assertThat(some).noneMatch(this::works);
  }

  @Test
  void aChainTenThousandDeepDiesAtOnceAndIsCleanedUpBehind() {
    String top = child(server.root());
    String last = top;
    for (int i = 0; i < 10_000; i++) {
      last = child(server.as(last));
    }
    assertThat(works(last)).isTrue();

    revoke(top);

    assertThat(works(last)).isFalse();
    server.restart();
    assertThat(works(last)).isFalse();
    server.settle();
    assertThat(server.keys("token/")).hasSize(1);
  }

  @Test
  void anOrphanOutlivesItsMaker() {
    String parent = child(server.root());
    String orphan =
        server.as(parent).write("auth/token/create-orphan", Map.of("ttl", "1h")).token();

    revoke(parent);
    server.settle();

    assertThat(works(orphan)).isTrue();
  }

  @Test
  void childrenOfATokenThatIsRevokedAloneBecomeOrphans() {
    String parent = child(server.root());
    String child = child(server.as(parent));
    String grandchild = child(server.as(child));

    server.root().write("auth/token/revoke-orphan", Map.of("token", parent));
    server.settle();

    assertThat(works(parent)).isFalse();
    assertThat(works(child)).isTrue();
    assertThat(server.as(child).read("auth/token/lookup-self").data().get("orphan"))
        .isEqualTo(true);
    revoke(child);
    assertThat(works(grandchild)).isFalse();
  }

  @Test
  void aTokenStopsWorkingWhenItsTimeIsUpWithAllBelowIt() {
    String parent = server.root().write("auth/token/create", Map.of("ttl", "1h")).token();
    String child = child(server.as(parent));
    server.advance(Duration.ofMinutes(59));
    assertThat(works(child)).isTrue();

    server.advance(Duration.ofMinutes(1));

    assertThat(works(parent)).isFalse();
    assertThat(works(child)).isFalse();
    server.settle();
    assertThat(server.keys("token/")).hasSize(1);
    assertThat(server.keys("due/")).isEmpty();
  }

  @Test
  void aParentThatIsRenewedKeepsItsChildrenAlive() {
    String parent = server.root().write("auth/token/create", Map.of("ttl", "1h")).token();
    String child = child(server.as(parent));
    assertThat(works(child)).isTrue();
    server.advance(Duration.ofMinutes(50));
    server.as(parent).write("auth/token/renew-self", Map.of("increment", "2h"));
    server.advance(Duration.ofMinutes(30));
    server.settle();

    assertThat(works(child)).isTrue();
  }

  @Test
  void aParentThatIsRenewedForLessTakesItsChildrenEarlier() {
    String parent = server.root().write("auth/token/create", Map.of("ttl", "5h")).token();
    String child = child(server.as(parent));
    assertThat(works(child)).isTrue();
    server.as(parent).write("auth/token/renew-self", Map.of("increment", "1h"));
    server.advance(Duration.ofHours(2));

    assertThat(works(child)).isFalse();
  }
}
