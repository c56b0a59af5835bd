package coffer.auth.approle;

import static coffer.auth.approle.RoleMount.invalid;
import static coffer.auth.approle.RoleMount.refused;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.engine.Operation;
import coffer.engine.Refusal;
import coffer.engine.testing.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SecretIdsTest {
  private final RoleMount mount = new RoleMount();

  private Outcome byAccessor(String role, String word, String accessor) {
    return mount.engine.write(
        "role/" + role + "/secret-id-accessor/" + word, Map.of("secret_id_accessor", accessor));
  }

  private void tidy() {
    assertThat(mount.engine.write("tidy/secret-id", Map.of()).status()).isEqualTo(202);
  }

  private List<?> accessors(Map<String, Object> page) {
    Outcome outcome = mount.engine.ask(Operation.LIST, "role/web/secret-id", page);
    return outcome.data().get("keys") instanceof List<?> keys ? keys : List.of();
  }

  @Test
  void anAccessorStandsForItsSecretId() {
    mount.role("web", Map.of());
    String accessor = mount.secretId("web", "s", Map.of());
    assertThat(byAccessor("web", "lookup", accessor).data())
        .isEqualTo(mount.lookup("web", "s").data())
        .containsEntry("secret_id_accessor", accessor);
    assertThat(accessors(Map.of())).isEqualTo(List.of(accessor));
    assertThat(byAccessor("web", "destroy", accessor).status()).isEqualTo(204);
    invalid(mount.ask("web-id", "s"));
    refused(
        byAccessor("web", "destroy", accessor),
        500,
        Refusal.listed(
            "failed to find accessor entry for secret_id_accessor: \"" + accessor + "\""));
  }

  @Test
  void anAccessorIsKnownToItsRoleOnly() {
    mount.role("web", Map.of()).role("mail", Map.of());
    String accessor = mount.secretId("web", "s", Map.of());
    assertThat(byAccessor("mail", "lookup", accessor).status()).isEqualTo(404);
    assertThat(byAccessor("mail", "destroy", accessor).status()).isEqualTo(500);
    assertThat(mount.lookup("web", "s").status()).isEqualTo(200);
  }

  @Test
  void accessorsAreListedPageByPageAlsoIfOneOfThemHasGone() {
    mount.role("web", Map.of());
    var made = new TreeSet<String>();
    IntStream.range(0, 10).forEach(i -> made.add(mount.secretId("web", "s" + i, Map.of())));
    var found = new ArrayList<Object>();
    String after = "";
    for (List<?> page = accessors(Map.of("limit", 3));
        !page.isEmpty();
        page = accessors(Map.of("limit", 3, "after", after))) {
      assertThat(page).hasSizeLessThanOrEqualTo(3);
      found.addAll(page);
      after = String.valueOf(page.getLast());
      byAccessor("web", "destroy", after);
    }
    assertThat(found).containsExactlyInAnyOrderElementsOf(made);
  }

  @Test
  void theStoreKeepsNoIdInAKeyAndNoSecretIdAtAll() {
    mount.role("web", Map.of("role_id", "role-id-0123"));
    String accessor = mount.secretId("web", "secret-id-0123", Map.of("ttl", "1h"));
    assertThat(mount.engine.keys())
        .noneMatch(key -> key.contains("0123"))
        .noneMatch(key -> key.contains(accessor));
  }

  @Test
  void twoMountsKeepTheSameIdsUnderDifferentKeys() {
    var other = new RoleMount();
    mount.role("web", Map.of());
    other.role("web", Map.of());
    assertThat(mount.keys("role-id/").getLast()).isNotEqualTo(other.keys("role-id/").getLast());
  }

  @Test
  void anotherEngineOnTheSameStoreKnowsTheSameIds() {
    mount.role("web", Map.of());
    String secretId = mount.secretId("web", Map.of());
    var reopened = mount.engine.reopened(RoleMount.TYPE, Map.of());
    Map<String, Object> ids = Map.of("role_id", "web-id", "secret_id", secretId);
    assertThat(reopened.write("login", ids).status()).isEqualTo(200);
  }

  @Test
  void whatHasExpiredIsNowhereToBeSeen() {
    mount.role("web", Map.of());
    String accessor = mount.secretId("web", "s", Map.of("ttl", "1m"));
    mount.engine.advance(Duration.ofSeconds(59));
    mount.login("web-id", "s");
    assertThat(accessors(Map.of())).isEqualTo(List.of(accessor));
    mount.engine.advance(Duration.ofSeconds(1));
    invalid(mount.ask("web-id", "s"));
    assertThat(accessors(Map.of())).isEmpty();
    assertThat(mount.lookup("web", "s").status()).isEqualTo(204);
    assertThat(byAccessor("web", "lookup", accessor).status()).isEqualTo(204);
  }

  @Test
  void whatHasExpiredIsClearedAwayByTidyingUp() {
    mount.role("web", Map.of());
    IntStream.range(0, 1_200).forEach(i -> mount.secretId("web", "s" + i, Map.of("ttl", "1m")));
    mount.secretId("web", "lasts", Map.of("ttl", "1d"));
    mount.engine.advance(Duration.ofMinutes(2));
    tidy();
    assertThat(mount.keys("secret-id/")).hasSize(1_201);
    mount.engine.advance(Cleaning.GRACE);
    tidy();
    assertThat(mount.keys("secret-id/")).hasSize(1);
    assertThat(mount.keys("accessor/")).hasSize(1);
    assertThat(mount.keys("due/")).hasSize(1);
    mount.login("web-id", "lasts");
  }

  @Test
  void whoeverMakesSecretIdsClearsThoseAwayThatHaveExpired() {
    mount.role("web", Map.of("secret_id_ttl", "1m"));
    for (int i = 0; i < 300; i++) {
      mount.secretId("web", Map.of());
      mount.engine.advance(Duration.ofMinutes(1));
    }
    long living = Cleaning.GRACE.toMinutes() + 2;
    assertThat(mount.keys("secret-id/")).hasSizeLessThanOrEqualTo((int) living + Cleaning.A_FEW);
    assertThat(mount.keys("due/")).hasSameSizeAs(mount.keys("secret-id/"));
  }

  @Test
  void anExpiredIdIsFreeAgainOnceNoLoginCanBeUnderWayWithIt() {
    mount.role("web", Map.of());
    mount.secretId("web", "s", Map.of("ttl", "1m"));
    mount.engine.advance(Duration.ofMinutes(2));
    Map<String, Object> again = Map.of("secret_id", "s");
    refused(
        mount.engine.write("role/web/custom-secret-id", again),
        500,
        Refusal.listed("failed to store secret_id: SecretID is already registered"));
    mount.engine.advance(Cleaning.GRACE);
    mount.secretId("web", "s", Map.of());
    mount.login("web-id", "s");
    tidy();
    mount.login("web-id", "s");
    assertThat(mount.keys("accessor/")).hasSize(1);
  }

  @Test
  void whatCallsUnderWayLeaveOfADeletedRoleIsClearedAway() {
    mount.role("web", Map.of());
    mount.secretId("web", "s", Map.of("ttl", "1d"));
    mount.engine.delete("role/web");
    assertThat(mount.keys("secret-id/")).isEmpty();
    mount.engine.advance(Cleaning.GRACE.plusDays(2));
    tidy();
    assertThat(mount.engine.keys()).allMatch(key -> key.equals("key") || key.equals("role-id/-"));
  }

  @Test
  void aRoleOfTheSameNameInheritsNoSecretIds() {
    mount.role("web", Map.of());
    mount.secretId("web", "s", Map.of());
    mount.engine.delete("role/web");
    mount.role("web", Map.of());
    invalid(mount.ask("web-id", "s"));
    mount.secretId("web", "s", Map.of());
    mount.engine.advance(Cleaning.GRACE.plusMinutes(1));
    tidy();
    mount.login("web-id", "s");
  }

  @Test
  void aSecretIdThatIsTooLongIsRefused() {
    mount.role("web", Map.of());
    mount.secretId("web", "x".repeat(4_096), Map.of());
    Map<String, Object> longer = Map.of("secret_id", "x".repeat(4_097));
    refused(
        mount.engine.write("role/web/custom-secret-id", longer),
        500,
        Refusal.listed(
            "failed to store secret_id: failed to create HMAC of secret ID: value is longer than maximum of 4096 bytes"));
  }
}
