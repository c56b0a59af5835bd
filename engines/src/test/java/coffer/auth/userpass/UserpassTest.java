package coffer.auth.userpass;

import static coffer.engine.Operation.CREATE;
import static coffer.engine.Operation.UPDATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.tuple;

import coffer.engine.AddressRange;
import coffer.engine.EngineType;
import coffer.engine.Login;
import coffer.engine.Refusal;
import coffer.engine.Reply;
import coffer.engine.Route;
import coffer.engine.testing.MountedEngine;
import coffer.engine.testing.Outcome;
import coffer.engine.testing.Transcript;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserpassTest {
  /// Of the password `hashed`, with a low cost to be quick.
  private static final String HASH = BcryptHash.of("hashed", 5, new byte[16]).text();

  private static final EngineType TYPE = Userpass.type(new SecureRandom());

  private final MountedEngine mount = MountedEngine.of(TYPE);

  private void write(String name, Map<String, Object> fields) {
    assertThat(mount.write("users/" + name, fields).status()).isEqualTo(204);
  }

  private void user(String name) {
    write(name, Map.of("password_hash", HASH));
  }

  private Outcome ask(String name, String password) {
    return mount.write("login/" + name, Map.of("password", password));
  }

  private Login login(String name, String password) {
    Outcome outcome = ask(name, password);
    if (outcome.reply() instanceof Reply.Welcome welcome) {
      return welcome.login();
    }
    throw new AssertionError(outcome.toString());
  }

  private static void refused(Outcome outcome, int status, String error) {
    assertThat(outcome.status()).isEqualTo(status);
    assertThat(outcome.errors()).containsExactly(error);
  }

  @Test
  void usersAndTheirRefusalsAreAsThePeersHaveThem() {
    assertThat(Transcript.differences(UserpassTest.class, "users.txt", mount)).isEmpty();
  }

  @Test
  void aUserLogsInWithThePassword() {
    write("alice", Map.of("password", "pw", "token_policies", "a,b", "token_ttl", "5m"));
    Login login = login("alice", "pw");
    assertThat(login.displayName()).isEqualTo("alice");
    assertThat(login.alias()).isEqualTo("alice");
    assertThat(login.metadata()).isEqualTo(Map.of("username", "alice"));
    assertThat(login.policies()).containsExactly("a", "b");
    assertThat(login.ttl()).isEqualTo(Duration.ofMinutes(5));
    assertThat(login.renewable()).isTrue();
  }

  @Test
  void aUserLogsInWithThePasswordOfAGivenHash() {
    user("alice");
    assertThat(login("alice", "hashed").alias()).isEqualTo("alice");
    refused(ask("alice", HASH), 400, "invalid username or password");
  }

  @Test
  void namesDontTellUpperCaseFromLowerCase() {
    user("Alice");
    assertThat(login("ALICE", "hashed").metadata()).isEqualTo(Map.of("username", "alice"));
    mount.write("users/aLICE/password", Map.of("password", "new"));
    assertThat(login("alice", "new").alias()).isEqualTo("alice");
    mount.delete("users/aLice");
    refused(ask("alice", "new"), 400, "invalid username or password");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "1", "_", "a.b", "a-b", "a_b", "a..b"})
  void aNameOfWordsWithDotsAndDashesBetweenIsTaken(String name) {
    user(name);
    assertThat(login(name, "hashed").alias()).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-a", "a-", ".a", "a.", "a@b", "a b", "a+b", "ä", "a:b", "a,b", "a%b"})
  void whatIsNoNameIsNoPath(String name) {
    String error = Refusal.listed("unsupported path");
    refused(mount.read("users/" + name), 404, error);
    refused(mount.delete("users/" + name), 404, error);
    refused(mount.write("users/" + name, Map.of("password", "pw")), 404, error);
    refused(mount.write("users/" + name + "/password", Map.of("password", "pw")), 404, error);
    refused(ask(name, "pw"), 404, "unsupported path");
  }

  @Test
  void aChangedPasswordCountsAtOnceAndTheRestStays() {
    write("alice", Map.of("password_hash", HASH, "token_ttl", "5m"));
    mount.write("users/alice/password", Map.of("password", "new"));
    refused(ask("alice", "hashed"), 400, "invalid username or password");
    assertThat(login("alice", "new").ttl()).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void changedPoliciesCountForTheNextLoginAndNothingElseChanges() {
    write("alice", Map.of("password_hash", HASH, "token_ttl", "5m"));
    mount.write("users/alice/policies", Map.of("policies", "B,a", "token_ttl", "1m"));
    assertThat(login("alice", "hashed").policies()).containsExactly("a", "b");
    assertThat(login("alice", "hashed").ttl()).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void aLoginFromElsewhereIsDeniedButOnlyWithTheRightPassword() {
    write("alice", Map.of("password_hash", HASH, "token_bound_cidrs", "10.0.0.0/8,::1"));
    refused(ask("alice", "hashed"), 403, "permission denied");
    refused(ask("alice", "wrong"), 400, "invalid username or password");
    mount.callAs(MountedEngine.callerFrom("10.1.2.3"));
    assertThat(login("alice", "hashed").boundCidrs())
        .map(AddressRange::toString)
        .containsExactly("10.0.0.0/8", "::1");
    mount.callAs(MountedEngine.callerFrom("@"));
    refused(ask("alice", "hashed"), 403, "permission denied");
  }

  @Test
  void aLoginIsRenewedForTheTimesThatTheUserHasNow() {
    write("alice", Map.of("password_hash", HASH, "token_policies", "a,b", "token_ttl", "5m"));
    Login login = login("alice", "hashed");
    write("alice", Map.of("token_policies", "B,default,a", "token_ttl", "6m", "token_period", 7));
    Login renewed = mount.renewLogin(login);
    assertThat(renewed.ttl()).isEqualTo(Duration.ofMinutes(6));
    assertThat(renewed.period()).isEqualTo(Duration.ofSeconds(7));
    assertThat(renewed.policies()).containsExactly("a", "b");
  }

  @Test
  void aLoginIsNotRenewedOnceThePoliciesHaveChanged() {
    write("alice", Map.of("password_hash", HASH, "token_policies", "a,b"));
    Login login = login("alice", "hashed");
    write("alice", Map.of("token_policies", "a"));
    notRenewed(login, "policies have changed, not renewing");
  }

  @Test
  void aLoginIsNotRenewedOnceTheUserIsGone() {
    user("alice");
    Login login = login("alice", "hashed");
    mount.delete("users/alice");
    notRenewed(login, "user no longer exists, not renewing");
  }

  private void notRenewed(Login login, String message) {
    assertThat(catchThrowable(() -> mount.renewLogin(login)))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.why()).isEqualTo(Refusal.Why.FAILED))
        .hasMessage(message);
  }

  @Test
  void onlyTheLoginNeedsNoToken() {
    assertThat(mount.engine().routes())
        .filteredOn(route -> route.access() != Route.Access.POLICY)
        .extracting(Route::toString, Route::access)
        .containsExactly(tuple("UPDATE login/{username}", Route.Access.OPEN));
  }

  @Test
  void aWriteOfANewUserCreatesAndOfAnOldOneUpdates() {
    Map<String, Object> fields = Map.of("password_hash", HASH);
    assertThat(mount.write("users/Alice", fields).operation()).isEqualTo(CREATE);
    assertThat(mount.write("users/alice", fields).operation()).isEqualTo(UPDATE);
  }

  @Test
  void whoeverChangesAUserKeepsOthersFromTakingItBack() {
    user("alice");
    var policies =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 0; i < 2_000; i++) {
                mount.write("users/alice/policies", Map.of("token_policies", "p" + i));
              }
            });
    while (!policies.isDone()) {
      for (int ttl = 1; ttl <= 100; ttl++) {
        write("alice", Map.of("token_ttl", ttl));
        assertThat(mount.read("users/alice").at("token_ttl")).isEqualTo((long) ttl);
      }
    }
    policies.join();
    assertThat(mount.read("users/alice").at("token_policies")).isEqualTo(List.of("p1999"));
  }
}
