package coffer.lease;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.boot.Lender;
import coffer.boot.TestServer;
import coffer.boot.TestServer.Client;
import coffer.boot.TestServer.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What is lent is taken back: when its time is up, when somebody says so, and with its owner.
class LeaseTest {
  private final Lender lender = new Lender();
  private final TestServer server = TestServer.start(lender.type());

  @BeforeEach
  void mount() {
    assertThat(server.root().write("sys/mounts/lend", Map.of("type", "lender")).status())
        .isEqualTo(204);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static String borrow(Client who) {
    return lease(who.read("lend/creds/a")).id();
  }

  private static coffer.exchange.Answer.Lease lease(Reply reply) {
    var lease = reply.answer().lease();
    if (lease == null) {
      throw new AssertionError(reply.errors());
    }
    return lease;
  }

  private Reply lookUp(String lease) {
    return server.root().write("sys/leases/lookup", Map.of("lease_id", lease));
  }

  private Client token() {
    return server.as(server.root().write("auth/token/create", Map.of("ttl", "24h")).token());
  }

  @Test
  void aLeaseSaysHowLongItLasts() {
    var lease = lease(server.root().read("lend/creds/a"));

    assertThat(lease.id()).startsWith("lend/creds/a/");
    assertThat(lease.ttl()).isEqualTo(Duration.ofHours(1));
    assertThat(lookUp(lease.id()).data().get("ttl")).isEqualTo(3600L);
  }

  @Test
  void whatIsLentIsTakenBackWhenItsTimeIsUp() {
    String lease = borrow(server.root());
    server.advance(Duration.ofMinutes(59));
    server.settle();
    assertThat(lender.out()).hasSize(1);

    server.advance(Duration.ofMinutes(1));
    server.settle();

    assertThat(lender.out()).isEmpty();
    assertThat(lookUp(lease).errors()).containsExactly("invalid lease");
    assertThat(server.keys("lease")).isEmpty();
    assertThat(server.keys("revoking/")).isEmpty();
  }

  @Test
  void aRenewedLeaseLastsLongerButNotForEver() {
    String lease = borrow(server.root());
    server.advance(Duration.ofMinutes(30));
    var renewed =
        server.root().write("sys/leases/renew", Map.of("lease_id", lease, "increment", "2h"));
    assertThat(lease(renewed).ttl()).isEqualTo(Duration.ofHours(2));

    var capped = server.root().write("sys/renew/" + lease, Map.of("increment", "10h"));
    assertThat(lease(capped).ttl()).isEqualTo(Duration.ofMinutes(210));
    assertThat(capped.answer().warnings())
        .containsExactly(
            "TTL of \"10h\" exceeded the effective max_ttl of \"3h30m\"; TTL value is capped"
                + " accordingly");

    server.advance(Duration.ofHours(3));
    server.settle();
    assertThat(lender.out()).hasSize(1);
    server.advance(Duration.ofHours(1));
    server.settle();
    assertThat(lender.out()).isEmpty();
  }

  @Test
  void aTokenTakesWhatWasLentToItAndItsDescendantsWithIt() {
    Client parent = token();
    Client child = server.as(parent.write("auth/token/create", Map.of("ttl", "1h")).token());
    borrow(parent);
    borrow(child);
    borrow(server.root());

    parent.write("auth/token/revoke-self");
    server.settle();

    assertThat(lender.out()).containsExactly(3L);
    assertThat(server.keys("lease-by-token/")).hasSize(1);
  }

  @Test
  void aRevocationGoesOnAfterACrash() {
    Client owner = token();
    borrow(owner);
    owner.write("auth/token/revoke-self");

    server.restart();
    server.settle();

    assertThat(lender.out()).isEmpty();
  }

  @Test
  void whatCannotBeTakenBackIsTriedAgainMoreAndMoreSlowly() {
    String lease = borrow(server.root());
    lender.breakDown(true);
    server.root().write("sys/leases/revoke", Map.of("lease_id", lease));
    server.settle();
    server.settle();
    assertThat(lender.asked()).isEqualTo(1);
    assertThat(lookUp(lease).data().get("revoke_error")).isEqualTo("the backend is down");

    server.advance(Duration.ofSeconds(13));
    server.settle();
    assertThat(lender.asked()).isEqualTo(2);
    server.advance(Duration.ofSeconds(13));
    server.settle();
    assertThat(lender.asked()).isEqualTo(2);

    lender.breakDown(false);
    server.advance(Duration.ofSeconds(12));
    server.settle();
    assertThat(lender.out()).isEmpty();
    assertThat(lookUp(lease).errors()).containsExactly("invalid lease");
  }

  @Test
  void whatFailsTooOftenIsListedAndStillTried() {
    borrow(server.root());
    lender.breakDown(true);
    server.root().write("sys/leases/revoke-prefix/lend");
    for (int i = 0; i < Lease.MAX_TRIES; i++) {
      server.settle();
      server.advance(Duration.ofMinutes(10));
    }

    var listed = server.root().call(coffer.engine.Operation.READ, "sys/leases", irrevocable());
    assertThat(listed.data().get("lease_count")).isEqualTo(1L);
    var counted =
        server.root().call(coffer.engine.Operation.READ, "sys/leases/count", irrevocable());
    assertThat(counted.data().get("counts")).isEqualTo(Map.of("lend/", 1L));

    lender.breakDown(false);
    server.advance(Duration.ofHours(2));
    server.settle();
    assertThat(lender.out()).isEmpty();
  }

  private static Map<String, String> irrevocable() {
    return Map.of("type", "irrevocable");
  }

  @Test
  void aBrokenBackendHoldsNobodyElseUp() {
    var other = new Lender();
    try (TestServer two =
        TestServer.start(
            lender.type(),
            new coffer.engine.EngineType(
                "other", coffer.engine.EngineType.Family.SECRET, "Lends too.", mount -> other))) {
      two.root().write("sys/mounts/lend", Map.of("type", "lender"));
      two.root().write("sys/mounts/other", Map.of("type", "other"));
      for (int i = 0; i < 1_000; i++) {
        borrow(two.root());
      }
      two.root().read("other/creds/a");
      lender.breakDown(true);
      two.advance(Duration.ofHours(1));
      two.settle();

      assertThat(lender.out()).hasSize(1_000);
      assertThat(other.out()).isEmpty();
    }
  }

  @Test
  void whoWaitsForARevocationIsToldThatItFailed() {
    String lease = borrow(server.root());
    lender.breakDown(true);

    Reply reply = server.root().write("sys/leases/revoke", Map.of("lease_id", lease, "sync", true));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.errors()).first().asString().contains(lease, "the backend is down");
  }

  @Test
  void forcingForgetsWhatCannotBeTakenBack() {
    String lease = borrow(server.root());
    lender.breakDown(true);

    assertThat(server.root().write("sys/leases/revoke-force/lend").status()).isEqualTo(204);

    assertThat(lookUp(lease).errors()).containsExactly("invalid lease");
    assertThat(server.keys("due/")).isEmpty();
  }

  @Test
  void unmountingTakesBackAllThatWasLent() {
    borrow(server.root());
    borrow(server.root());

    assertThat(server.root().delete("sys/mounts/lend").status()).isEqualTo(204);

    assertThat(lender.out()).isEmpty();
    assertThat(server.root().read("lend/creds/a").status()).isEqualTo(404);
  }

  @Test
  void leasesAreListedByTheirPath() {
    String lease = borrow(server.root());

    assertThat(server.root().list("sys/leases/lookup/lend/creds/a").names())
        .isEqualTo(List.of(lease.substring("lend/creds/a/".length())));
    assertThat(server.root().list("sys/leases/lookup/lend").names()).isEqualTo(List.of("creds/"));
    assertThat(server.root().list("sys/leases/lookup/none").status()).isEqualTo(404);
  }
}
