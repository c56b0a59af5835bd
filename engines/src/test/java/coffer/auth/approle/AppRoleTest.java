package coffer.auth.approle;

import static coffer.auth.approle.RoleMount.refused;
import static coffer.engine.Operation.CREATE;
import static coffer.engine.Operation.UPDATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import coffer.engine.Refusal;
import coffer.engine.Route;
import coffer.engine.testing.Transcript;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AppRoleTest {
  private final RoleMount mount = new RoleMount();

  @Test
  void rolesAndTheirRefusalsAreAsThePeersHaveThem() {
    assertThat(Transcript.differences(AppRoleTest.class, "roles.txt", mount.engine)).isEmpty();
  }

  @Test
  void secretIdsAndTheirRefusalsAreAsThePeersHaveThem() {
    assertThat(Transcript.differences(AppRoleTest.class, "secret-ids.txt", mount.engine)).isEmpty();
  }

  @Test
  void onlyTheLoginNeedsNoToken() {
    assertThat(mount.engine.engine().routes())
        .filteredOn(route -> route.access() != Route.Access.POLICY)
        .extracting(Route::toString, Route::access)
        .containsExactly(tuple("UPDATE login", Route.Access.OPEN));
  }

  @Test
  void aWriteOfANewRoleCreatesAndOfAnOldOneUpdates() {
    assertThat(mount.engine.write("role/Web", Map.of()).operation()).isEqualTo(CREATE);
    assertThat(mount.engine.write("role/web", Map.of()).operation()).isEqualTo(UPDATE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-a", "a-", ".a", "a.", "a@b", "a b", "a+b", "ä", "a:b", "a,b", "a%b"})
  void whatIsNoNameIsNoPath(String name) {
    String error = Refusal.listed("unsupported path");
    for (String path : List.of("", "/role-id", "/policies")) {
      refused(mount.engine.read("role/" + name + path), 404, error);
    }
    refused(mount.engine.write("role/" + name, Map.of()), 404, error);
    refused(mount.engine.delete("role/" + name), 404, error);
    refused(mount.engine.list("role/" + name + "/secret-id"), 404, error);
    refused(mount.engine.write("role/" + name + "/secret-id", Map.of()), 404, error);
  }

  @Test
  void whetherALoginTakesASecretIdHasAPathOfItsOwn() {
    String path = "role/web/bind-secret-id";
    mount.role("web", Map.of("secret_id_bound_cidrs", "127.0.0.1/32"));
    assertThat(mount.engine.read(path).data()).isEqualTo(Map.of("bind_secret_id", true));
    refused(mount.engine.write(path, Map.of()), 400, "missing bind_secret_id");
    mount.engine.write(path, Map.of("bind_secret_id", false));
    assertThat(mount.login("web-id", "").alias()).isEqualTo("web-id");
    mount.engine.delete(path);
    refused(mount.ask("web-id", ""), 400, "missing secret_id");
  }

  @Test
  void noFieldOnItsOwnMakesARoleThatAnybodyCanBe() {
    mount.role("web", Map.of());
    refused(
        mount.engine.write("role/web/bind-secret-id", Map.of("bind_secret_id", false)),
        500,
        Refusal.listed("at least one constraint should be enabled on the role"));
  }

  @Test
  void fieldsOnTheirOwnAreHeldAgainstTheRest() {
    mount.role("web", Map.of("token_type", "batch"));
    refused(
        mount.engine.write("role/web/token-num-uses", Map.of("token_num_uses", 5)),
        400,
        "'token_type' cannot be 'batch' or 'default_batch' when set to generate tokens with limited use count");
    mount.role("web", Map.of("token_type", "service"));
    refused(
        mount.engine.write("role/web/token-num-uses", Map.of("token_num_uses", -5)),
        400,
        "'token_num_uses' cannot be negative");
    refused(
        mount.engine.write("role/web/period", Map.of("period", "900h")),
        400,
        "period of \"900h0m0s\" is greater than the backend's maximum lease TTL of \"768h0m0s\"");
  }

  @Test
  void theOldNameOfTheBlocksShowsThemToo() {
    mount.role("web", Map.of("secret_id_bound_cidrs", "10.0.0.0/8"));
    assertThat(mount.engine.read("role/web/bound-cidr-list").at("bound_cidr_list"))
        .isEqualTo(List.of("10.0.0.0/8"));
  }

  @Test
  void randomRoleIdsAreAllDifferent() {
    List<Object> ids =
        IntStream.range(0, 50)
            .mapToObj(
                i -> {
                  mount.engine.write("role/r" + i, Map.of());
                  return String.valueOf(mount.engine.read("role/r" + i + "/role-id").at("role_id"));
                })
            .<Object>map(id -> id)
            .toList();
    assertThat(ids).doesNotHaveDuplicates();
  }

  @Test
  void ofManyWhoWantARoleIdOneGetsIt() {
    List<CompletableFuture<Integer>> asked =
        IntStream.range(0, 200)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () -> mount.engine.write("role/r" + i, Map.of("role_id", "one")).status()))
            .toList();
    assertThat(asked.stream().map(CompletableFuture::join).filter(status -> status == 204))
        .hasSize(1);
    assertThat(mount.engine.list("role").at("keys")).asInstanceOf(LIST).hasSize(1);
  }

  @Test
  void whoeverChangesARoleKeepsOthersFromTakingItBack() {
    mount.role("web", Map.of());
    var policies =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 0; i < 1_000; i++) {
                mount.engine.write("role/web/policies", Map.of("policies", "p" + i));
              }
            });
    while (!policies.isDone()) {
      for (int ttl = 1; ttl <= 100; ttl++) {
        mount.engine.write("role/web/token-ttl", Map.of("token_ttl", ttl));
        assertThat(mount.engine.read("role/web").at("token_ttl")).isEqualTo((long) ttl);
      }
    }
    policies.join();
    assertThat(mount.engine.read("role/web").at("token_policies")).isEqualTo(List.of("p999"));
  }
}
