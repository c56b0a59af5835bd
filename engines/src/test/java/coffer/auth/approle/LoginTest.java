package coffer.auth.approle;

import static coffer.auth.approle.RoleMount.invalid;
import static coffer.auth.approle.RoleMount.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import coffer.engine.AddressRange;
import coffer.engine.Login;
import coffer.engine.Refusal;
import coffer.engine.testing.MountedEngine;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LoginTest {
  private final RoleMount mount = new RoleMount();

  @Test
  void aRoleLogsInWithItsIdAndASecretId() {
    mount.role("web", Map.of("token_policies", "a,b", "token_ttl", "5m"));
    String secretId = mount.secretId("web", Map.of("metadata", "k=v,role_name=evil"));
    Login login = mount.login("web-id", secretId);
    assertThat(login.displayName()).isEmpty();
    assertThat(login.alias()).isEqualTo("web-id");
    assertThat(login.metadata()).isEqualTo(Map.of("role_name", "web", "k", "v"));
    assertThat(login.policies()).containsExactly("a", "b");
    assertThat(login.ttl()).isEqualTo(Duration.ofMinutes(5));
    assertThat(login.renewable()).isTrue();
    assertThat(mount.login(" web-id ", " " + secretId + "\n").alias()).isEqualTo("web-id");
  }

  @Test
  void aSecretIdIsGoodForItsRoleOnly() {
    mount.role("web", Map.of()).role("mail", Map.of());
    String secretId = mount.secretId("web", Map.of());
    mount.secretId("mail", "s", Map.of("metadata", "of=mail"));
    mount.secretId("web", "s", Map.of("metadata", "of=web"));
    invalid(mount.ask("mail-id", secretId));
    assertThat(mount.login("mail-id", "s").metadata()).containsEntry("of", "mail");
    assertThat(mount.login("web-id", "s").metadata()).containsEntry("of", "web");
  }

  @Test
  void aNewRoleIdCountsAtOnceAndTheSecretIdsStay() {
    mount.role("web", Map.of());
    String secretId = mount.secretId("web", Map.of());
    mount.engine.write("role/web/role-id", Map.of("role_id", "new"));
    invalid(mount.ask("web-id", secretId));
    assertThat(mount.login("new", secretId).alias()).isEqualTo("new");
  }

  @Test
  void eachUseOfASecretIdCounts() {
    mount.role("web", Map.of());
    String accessor = mount.secretId("web", "s", Map.of("num_uses", 2));
    mount.engine.advance(Duration.ofSeconds(1));
    mount.login("web-id", "s");
    assertThat(mount.lookup("web", "s").at("secret_id_num_uses")).isEqualTo(1L);
    assertThat(mount.lookup("web", "s").at("last_updated_time"))
        .isNotEqualTo(mount.lookup("web", "s").at("creation_time"));
    mount.login("web-id", "s");
    invalid(mount.ask("web-id", "s"));
    assertThat(mount.lookup("web", "s").status()).isEqualTo(204);
    assertThat(mount.engine.list("role/web/secret-id").status()).isEqualTo(404);
    assertThat(
            mount
                .engine
                .write("role/web/secret-id-accessor/lookup", Map.of("secret_id_accessor", accessor))
                .status())
        .isEqualTo(404);
    assertThat(mount.keys("secret-id/")).isEmpty();
    assertThat(mount.keys("accessor/")).isEmpty();
  }

  @Test
  void ofManyWhoLogInAtOnceNoMoreGetInThanThereAreUses() {
    mount.role("web", Map.of());
    mount.secretId("web", "s", Map.of("num_uses", 70, "ttl", "1h"));
    List<CompletableFuture<Integer>> asked =
        IntStream.range(0, 400)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> mount.ask("web-id", "s").status()))
            .toList();
    assertThat(asked.stream().map(CompletableFuture::join).filter(status -> status == 200))
        .hasSize(70);
    assertThat(mount.keys("due/")).isEmpty();
  }

  @Test
  void aSecretIdThatIsDestroyedWhileOthersUseItStaysDestroyed() {
    mount.role("web", Map.of());
    for (int i = 0; i < 200; i++) {
      mount.secretId("web", "s", Map.of("num_uses", 9));
      var login = CompletableFuture.runAsync(() -> mount.ask("web-id", "s"));
      mount.engine.write("role/web/secret-id/destroy", Map.of("secret_id", "s"));
      login.join();
      invalid(mount.ask("web-id", "s"));
    }
  }

  @Test
  void aLoginFromElsewhereIsRefusedAndDoesNotCount() {
    mount.role("web", Map.of());
    mount.secretId("web", "s", Map.of("cidr_list", "10.0.0.0/8", "num_uses", 1));
    refused(
        mount.ask("web-id", "s"),
        400,
        "source address \"127.0.0.1\" unauthorized by CIDR restrictions on the secret ID");
    mount.engine.write("role/web", Map.of("secret_id_bound_cidrs", "10.1.0.0/16"));
    mount.engine.callAs(MountedEngine.callerFrom("10.2.0.1"));
    refused(
        mount.ask("web-id", "s"),
        400,
        "source address \"10.2.0.1\" unauthorized by CIDR restrictions on the role");
    mount.engine.callAs(MountedEngine.callerFrom("@"));
    refused(
        mount.ask("web-id", "s"),
        400,
        "source address \"@\" unauthorized by CIDR restrictions on the secret ID");
    mount.engine.callAs(MountedEngine.callerFrom("10.1.2.3"));
    mount.login("web-id", "s");
    invalid(mount.ask("web-id", "s"));
  }

  @Test
  void aSecretIdStaysWithinTheBlocksOfItsRole() {
    mount.role("web", Map.of("secret_id_bound_cidrs", "10.0.0.0/8,::1/128"));
    refused(
        mount.engine.write("role/web/secret-id", Map.of("cidr_list", "11.0.0.0/8")),
        500,
        Refusal.listed(
            "failed to verify subset relationship between CIDR blocks on the role"
                + " [\"10.0.0.0/8\" \"::1\"] and CIDR blocks on the secret ID [\"11.0.0.0/8\"]"));
    assertThat(mount.engine.write("role/web/secret-id", Map.of("cidr_list", "8.0.0.0/6")).status())
        .isEqualTo(500);
  }

  @Test
  void theTokenMayBeUsedFromWhereTheSecretIdSaysOrElseTheRole() {
    mount.role("web", Map.of("token_bound_cidrs", "10.0.0.0/8"));
    mount.secretId("web", "wide", Map.of());
    mount.secretId("web", "narrow", Map.of("token_bound_cidrs", "10.1.0.0/16"));
    assertThat(mount.login("web-id", "wide").boundCidrs())
        .map(AddressRange::toString)
        .containsExactly("10.0.0.0/8");
    assertThat(mount.login("web-id", "narrow").boundCidrs())
        .map(AddressRange::toString)
        .containsExactly("10.1.0.0/16");
  }

  @Test
  void aRoleThatTakesNoSecretIdTakesAnyOrNone() {
    mount.role("web", Map.of("bind_secret_id", false, "secret_id_bound_cidrs", "127.0.0.1/32"));
    assertThat(mount.login("web-id", "").metadata()).isEqualTo(Map.of("role_name", "web"));
    assertThat(mount.login("web-id", "any").alias()).isEqualTo("web-id");
    mount.engine.callAs(MountedEngine.callerFrom("::1"));
    refused(
        mount.ask("web-id", ""),
        400,
        "source address \"::1\" unauthorized by CIDR restrictions on the role");
  }

  @Test
  void aLoginLooksUpTheRoleAndTheSecretIdAndNothingElse() {
    mount.role("web", Map.of());
    String secretId = mount.secretId("web", Map.of());
    mount.login("web-id", secretId);
    int before = mount.engine.gets();
    mount.login("web-id", secretId);
    assertThat(mount.engine.gets() - before).isEqualTo(2);
  }

  @Test
  void forAnUnknownRoleAsMuchIsReadAsForAWrongSecretId() {
    mount.role("web", Map.of());
    mount.login("web-id", mount.secretId("web", Map.of()));
    int before = mount.engine.gets();
    invalid(mount.ask("web-id", "wrong"));
    int wrong = mount.engine.gets() - before;
    invalid(mount.ask("unknown", "wrong"));
    assertThat(mount.engine.gets() - before - wrong).isGreaterThanOrEqualTo(wrong);
  }

  @Test
  void inAMountWithoutARoleNobodyLogsIn() {
    invalid(mount.ask("web-id", "s"));
    assertThat(mount.engine.keys()).isEmpty();
  }

  @Test
  void aLoginIsRenewedForTheTimesThatTheRoleHasNow() {
    mount.role("web", Map.of("token_policies", "a", "token_ttl", "5m"));
    Login login = mount.login("web-id", mount.secretId("web", Map.of()));
    mount.engine.write("role/web", Map.of("token_policies", "b", "token_ttl", "6m"));
    mount.engine.write("role/web", Map.of("token_period", 7));
    Login renewed = mount.engine.renewLogin(login);
    assertThat(renewed.ttl()).isEqualTo(Duration.ofMinutes(6));
    assertThat(renewed.period()).isEqualTo(Duration.ofSeconds(7));
    assertThat(renewed.policies()).containsExactly("a");
  }

  @Test
  void aLoginIsNotRenewedOnceTheRoleIsGone() {
    mount.role("web", Map.of());
    Login login = mount.login("web-id", mount.secretId("web", Map.of()));
    mount.engine.delete("role/web");
    assertThat(catchThrowable(() -> mount.engine.renewLogin(login)))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.why()).isEqualTo(Refusal.Why.FAILED))
        .hasMessage("role \"web\" does not exist during renewal");
  }
}
