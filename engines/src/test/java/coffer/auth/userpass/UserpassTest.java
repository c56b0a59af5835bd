package coffer.auth.userpass;

import static coffer.engine.Operation.DELETE;
import static coffer.engine.Operation.LIST;
import static coffer.engine.Operation.READ;
import static coffer.engine.Operation.UPDATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import coffer.engine.Login;
import coffer.engine.Refusal;
import coffer.engine.Reply;
import coffer.engine.Route.Access;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserpassTest {
  /// Of the password `hashed`, with a low cost to be quick.
  private static final String HASH = BcryptHash.of("hashed", 5, new byte[16]).text();

  private final MountInMemory mount =
      new MountInMemory(new Userpass(new Passwords(new SecureRandom(), Runnable::run)));

  private Reply write(String name, Map<String, Object> fields) {
    return mount.ask(UPDATE, "users/" + name, fields);
  }

  private Map<String, ?> read(String name) {
    return ((Reply.Data) mount.ask(READ, "users/" + name, Map.of())).data();
  }

  private Login login(String name, String password) {
    return ((Reply.Welcome) mount.ask(UPDATE, "login/" + name, Map.of("password", password)))
        .login();
  }

  private void refuses(Runnable request, Refusal.Why why, String... errors) {
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(request::run)
        .satisfies(refusal -> assertThat(refusal.why()).isEqualTo(why))
        .satisfies(refusal -> assertThat(refusal.errors()).containsExactly(errors));
  }

  @Test
  void aUserLogsInWithThePassword() {
    assertThat(write("alice", Map.of("password", "pw", "token_policies", "a,b")))
        .isEqualTo(Reply.DONE);
    Login login = login("alice", "pw");
    assertThat(login.displayName()).isEqualTo("alice");
    assertThat(login.alias()).isEqualTo("alice");
    assertThat(login.metadata()).isEqualTo(Map.of("username", "alice"));
    assertThat(login.policies()).containsExactly("a", "b");
    assertThat(login.renewable()).isTrue();
  }

  @Test
  void aUserLogsInWithThePasswordOfAGivenHash() {
    write("alice", Map.of("password_hash", HASH));
    assertThat(login("alice", "hashed").alias()).isEqualTo("alice");
    refuseLogin("alice", HASH);
  }

  private void refuseLogin(String name, String password) {
    refuses(() -> login(name, password), Refusal.Why.BAD_REQUEST, "invalid username or password");
  }

  @Test
  void aWrongPasswordAndAnUnknownUserAreToldTheSame() {
    write("alice", Map.of("password_hash", HASH));
    refuseLogin("alice", "Hashed");
    refuseLogin("bob", "hashed");
  }

  @Test
  void aLoginWithoutPasswordIsRefused() {
    write("alice", Map.of("password_hash", HASH));
    for (String name : List.of("alice", "bob")) {
      refuses(() -> login(name, ""), Refusal.Why.FAILED, "missing password");
    }
  }

  @Test
  void namesDontTellUpperCaseFromLowerCase() {
    write("Alice", Map.of("password_hash", HASH));
    assertThat(login("ALICE", "hashed").metadata()).isEqualTo(Map.of("username", "alice"));
    mount.ask(UPDATE, "users/aLICE/password", Map.of("password", "new"));
    assertThat(login("alice", "new").alias()).isEqualTo("alice");
    mount.ask(DELETE, "users/aLice", Map.of());
    refuseLogin("alice", "new");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "1", "_", "a.b", "a-b", "a_b", "a..b"})
  void aNameOfWordsWithDotsAndDashesBetweenIsTaken(String name) {
    write(name, Map.of("password_hash", HASH));
    assertThat(login(name, "hashed").alias()).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-a", "a-", ".a", "a.", "a@b", "a b", "a+b", "ä", "a:b", "a,b", "a%b"})
  void whatIsNoNameIsNoPath(String name) {
    for (String path : List.of("users/" + name, "login/" + name, "users/" + name + "/password")) {
      refuses(
          () -> mount.ask(UPDATE, path, Map.of("password", "pw")),
          Refusal.Why.ABSENT,
          "unsupported path");
    }
    refuses(() -> read(name), Refusal.Why.ABSENT, "unsupported path");
  }

  @Test
  void aNewUserNeedsAPasswordAndAnOldOneKeepsIt() {
    for (Map<String, Object> fields :
        List.of(
            Map.<String, Object>of(),
            Map.<String, Object>of("password", "", "password_hash", ""),
            Map.<String, Object>of("token_policies", "a"))) {
      refuses(
          () -> write("alice", fields),
          Refusal.Why.BAD_REQUEST,
          "must provide either password or password_hash");
    }
    write("alice", Map.of("password_hash", HASH));
    write("alice", Map.of("token_policies", "a", "password", ""));
    assertThat(login("alice", "hashed").policies()).containsExactly("a");
  }

  @Test
  void aPasswordAndAHashTogetherAreRefused() {
    write("alice", Map.of("password_hash", HASH));
    for (String path : List.of("users/alice", "users/bob", "users/alice/password")) {
      refuses(
          () -> mount.ask(UPDATE, path, Map.of("password", "pw", "password_hash", HASH)),
          Refusal.Why.BAD_REQUEST,
          "only one of password or password_hash may be provided");
      refuses(
          () -> mount.ask(UPDATE, path, Map.of("password_hash", "x")),
          Refusal.Why.BAD_REQUEST,
          "password_hash is not a valid bcrypt hash");
    }
  }

  @Test
  void aChangedPasswordCountsAtOnceAndTheRestStays() {
    write("alice", Map.of("password_hash", HASH, "token_ttl", "5m"));
    assertThat(mount.ask(UPDATE, "users/alice/password", Map.of("password", "new")))
        .isEqualTo(Reply.DONE);
    refuseLogin("alice", "hashed");
    assertThat(login("alice", "new").ttl()).isEqualTo(Duration.ofMinutes(5));
    refuses(
        () -> mount.ask(UPDATE, "users/alice/password", Map.of("password", "")),
        Refusal.Why.BAD_REQUEST,
        "must provide either password or password_hash");
  }

  @Test
  void changedPoliciesCountForTheNextLoginAndTheRestStays() {
    write("alice", Map.of("password_hash", HASH, "token_ttl", "5m"));
    mount.ask(UPDATE, "users/alice/policies", Map.of("policies", "B,a", "token_ttl", "1m"));
    assertThat(login("alice", "hashed").policies()).containsExactly("a", "b");
    assertThat(login("alice", "hashed").ttl()).isEqualTo(Duration.ofMinutes(5));
    assertThat(read("alice").get("policies")).isEqualTo(List.of("a", "b"));
    mount.ask(UPDATE, "users/alice/policies", Map.of("token_policies", List.of()));
    assertThat(login("alice", "hashed").policies()).isEmpty();
    assertThat(read("alice").containsKey("policies")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"password", "policies"})
  void nothingOfAnUnknownUserCanBeChanged(String what) {
    refuses(
        () ->
            mount.ask(
                UPDATE,
                "users/alice/" + what,
                Map.of("password_hash", HASH, "token_policies", "a")),
        Refusal.Why.FAILED,
        "username does not exist");
  }

  @Test
  void whatIsShownOfAUserIsHowTheirTokensAre() {
    write("alice", Map.of("password_hash", HASH));
    assertThat(read("alice"))
        .containsOnlyKeys(
            "token_bound_cidrs",
            "token_explicit_max_ttl",
            "token_max_ttl",
            "token_no_default_policy",
            "token_num_uses",
            "token_period",
            "token_policies",
            "token_strictly_bind_ip",
            "token_ttl",
            "token_type");
    refuses(() -> read("bob"), Refusal.Why.ABSENT);
  }

  @Test
  void aDeletedUserIsGoneAndMayBeDeletedAgain() {
    write("alice", Map.of("password_hash", HASH));
    assertThat(mount.ask(DELETE, "users/alice", Map.of())).isEqualTo(Reply.DONE);
    assertThat(mount.ask(DELETE, "users/alice", Map.of())).isEqualTo(Reply.DONE);
    refuses(() -> read("alice"), Refusal.Why.ABSENT);
    refuseLogin("alice", "hashed");
  }

  @ParameterizedTest
  @CsvSource({
    "'', 0, 'a,b,c'",
    "'', -1, 'a,b,c'",
    "'', 2, 'a,b'",
    "a, 0, 'b,c'",
    "a, 1, b",
    "aa, 1, b",
    "c, 5, ''",
    "'', 9999999999, 'a,b,c'",
  })
  void usersAreListedByPages(String after, long limit, String expected) {
    for (String name : List.of("b", "c", "a")) {
      write(name, Map.of("password_hash", HASH));
    }
    Reply reply = mount.ask(LIST, "users", Map.of("after", after, "limit", limit));
    assertThat(String.join(",", ((Reply.Keys) reply).keys())).isEqualTo(expected);
  }

  @Test
  void aLoginFromElsewhereIsDeniedButOnlyWithTheRightPassword() {
    write("alice", Map.of("password_hash", HASH, "token_bound_cidrs", "10.0.0.0/8,::1"));
    refuses(() -> login("alice", "hashed"), Refusal.Why.DENIED, "permission denied");
    refuseLogin("alice", "wrong");
    mount.comeFrom("10.1.2.3");
    assertThat(login("alice", "hashed").boundCidrs()).containsExactly("10.0.0.0/8", "::1");
    mount.comeFrom("@");
    refuses(() -> login("alice", "hashed"), Refusal.Why.DENIED, "permission denied");
  }

  @Test
  void aLoginIsRenewedForTheTimesThatTheUserHasNow() {
    write("alice", Map.of("password_hash", HASH, "token_policies", "a,b", "token_ttl", "5m"));
    Login login = login("alice", "hashed");
    write("alice", Map.of("token_policies", "B,default,a", "token_ttl", "6m", "token_period", 7));
    Login renewed = mount.renew(login);
    assertThat(renewed.ttl()).isEqualTo(Duration.ofMinutes(6));
    assertThat(renewed.period()).isEqualTo(Duration.ofSeconds(7));
    assertThat(renewed.policies()).containsExactly("a", "b");
  }

  @Test
  void aLoginIsNotRenewedOnceThePoliciesHaveChanged() {
    write("alice", Map.of("password_hash", HASH, "token_policies", "a,b"));
    Login login = login("alice", "hashed");
    write("alice", Map.of("token_policies", "a"));
    refuses(() -> mount.renew(login), Refusal.Why.FAILED, "policies have changed, not renewing");
  }

  @Test
  void aLoginIsNotRenewedOnceTheUserIsGone() {
    write("alice", Map.of("password_hash", HASH));
    Login login = login("alice", "hashed");
    mount.ask(DELETE, "users/alice", Map.of());
    refuses(() -> mount.renew(login), Refusal.Why.FAILED, "user no longer exists, not renewing");
  }

  @Test
  void onlyTheLoginNeedsNoToken() {
    assertThat(mount.route(UPDATE, "login/alice").access()).isEqualTo(Access.OPEN);
    for (String path : List.of("users/a", "users/a/password", "users/a/policies")) {
      assertThat(mount.route(UPDATE, path).access()).isEqualTo(Access.POLICY);
    }
  }

  @Test
  void aWriteOfANewUserCreatesAndOfAnOldOneUpdates() {
    assertThat(mount.creates("users/alice")).isTrue();
    write("Alice", Map.of("password_hash", HASH));
    assertThat(mount.creates("users/alice")).isFalse();
  }

  @Test
  void whoeverWritesAUserKeepsOtherWritersOut() {
    write("Alice", Map.of("password_hash", HASH));
    mount.ask(UPDATE, "users/alice/password", Map.of("password_hash", HASH));
    mount.ask(UPDATE, "users/alice/policies", Map.of("policies", "a"));
    mount.ask(DELETE, "users/alice", Map.of());
    assertThat(mount.locks()).hasSize(4).containsOnly("user/alice");
  }
}
