package coffer.peers;

import static coffer.peers.Answers.assertRefused;
import static coffer.peers.Answers.auth;
import static coffer.peers.Answers.data;
import static coffer.peers.Answers.number;
import static coffer.peers.Answers.string;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.vault.core.VaultTemplate;
import org.springframework.vault.support.VaultMount;

/// Leases, those of logins, as Spring Vault sees and revokes them.
class LeasesTest {
  private static final String MOUNT = "auth/peers-leases";

  @RegisterExtension static final RunningServer SERVER = new RunningServer();

  private final VaultTemplate root = SERVER.asRoot();

  @BeforeAll
  static void mount() {
    SERVER.asRoot().opsForSys().authMount("peers-leases", VaultMount.create("userpass"));
  }

  /// Makes a user and returns the tokens of some logins.
  private List<String> logins(String name, int count) {
    root.write(MOUNT + "/users/" + name, Map.of("password", "pw", "token_ttl", "10m"));
    return IntStream.range(0, count).mapToObj(i -> login(name)).toList();
  }

  private String login(String name) {
    return string(
        auth(root.write(MOUNT + "/login/" + name, Map.of("password", "pw"))), "client_token");
  }

  private List<String> leases(String name) {
    String prefix = MOUNT + "/login/" + name + "/";
    List<String> ids = Objects.requireNonNull(root.list("sys/leases/lookup/" + prefix));
    return ids.stream().map(id -> prefix + id).toList();
  }

  private void isGone(String token) {
    assertRefused(403, () -> SERVER.as(token).read("auth/token/lookup-self"));
  }

  private void isThere(String token) {
    assertThat(data(SERVER.as(token).read("auth/token/lookup-self"))).containsEntry("id", token);
  }

  @Test
  void aLeaseTellsHowLongItLasts() {
    logins("told", 1);
    String lease = leases("told").getFirst();
    Map<String, Object> told = data(root.write("sys/leases/lookup", Map.of("lease_id", lease)));
    assertThat(told).containsEntry("id", lease).containsEntry("renewable", true);
    assertThat(number(told, "ttl")).isBetween(590, 600);
  }

  @Test
  void aRevokedLeaseTakesItsTokenWithIt() {
    String token = logins("one", 1).getFirst();
    isThere(token);
    root.write("sys/leases/revoke", Map.of("lease_id", leases("one").getFirst(), "sync", true));
    isGone(token);
    assertThat(leases("one")).isEmpty();
  }

  @Test
  void aRevokedPrefixTakesAllBelowItAndNothingElse() {
    List<String> tokens = logins("many", 3);
    String other = logins("many2", 1).getFirst();
    assertThat(leases("many")).hasSize(3);
    root.write("sys/leases/revoke-prefix/" + MOUNT + "/login/many", Map.of("sync", true));
    tokens.forEach(this::isGone);
    assertThat(leases("many")).isEmpty();
    isThere(other);
  }

  @Test
  void aRevokedTokenTakesItsLeaseWithIt() {
    String token = logins("self", 1).getFirst();
    SERVER.as(token).write("auth/token/revoke-self", Map.of());
    isGone(token);
    assertThat(leases("self")).isEmpty();
  }

  @Test
  void aLeaseThatIsNotThereIsRefused() {
    assertRefused(
            400,
            () -> root.write("sys/leases/lookup", Map.of("lease_id", MOUNT + "/login/no/such")))
        .hasMessageContaining("invalid lease");
  }
}
