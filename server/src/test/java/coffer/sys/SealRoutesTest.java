package coffer.sys;

import static coffer.engine.Operation.DELETE;
import static coffer.engine.Operation.READ;
import static coffer.engine.Operation.UPDATE;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.engine.Operation;
import coffer.engine.Reply;
import coffer.engine.Route;
import coffer.engine.Route.Access;
import coffer.json.Fields;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SealRoutesTest extends SealCalls {
  static Stream<Arguments> accesses() {
    return Stream.of(
            accesses(
                Access.ALWAYS,
                "R init, U init, R seal-status, U unseal, R health, R leader, U step-down"),
            accesses(
                Access.OPEN,
                "R rekey/init, U rekey/init, D rekey/init, U rekey/update, R rekey/verify,"
                    + " U rekey/verify, D rekey/verify, R generate-root/attempt,"
                    + " U generate-root/attempt, D generate-root/attempt, U generate-root/update, R generate-root/update, R rekey/update, U decode-token,"
                    + " R rekey-recovery-key/init, U rekey-recovery-key/update,"
                    + " D rekey-recovery-key/verify"),
            accesses(Access.SUDO, "U seal, U rotate, U rotate/keyring, U rotate/root"),
            accesses(
                Access.POLICY,
                "R key-status, R ha-status, R rotate/config, U rotate/config,"
                    + " R rotate/keyring/config, U rotate/keyring/config, R rotate/root/init,"
                    + " U rotate/root/init, D rotate/root/init, U rotate/root/update,"
                    + " R rotate/root/verify, U rotate/root/verify, D rotate/root/verify,"
                    + " R rotate/root/backup, D rotate/root/backup, R rekey/backup,"
                    + " D rekey/backup, R rekey/recovery-key-backup,"
                    + " D rekey/recovery-key-backup, R rotate/recovery/init,"
                    + " U rotate/recovery/update, R generate-root-token/attempt,"
                    + " U generate-root-token/attempt, D generate-root-token/attempt,"
                    + " U generate-root-token/update"))
        .flatMap(part -> part);
  }

  private static Stream<Arguments> accesses(Access access, String list) {
    Map<String, Operation> operations = Map.of("R", READ, "U", UPDATE, "D", DELETE);
    return Stream.of(list.split(", "))
        .map(one -> one.split(" "))
        .map(one -> Arguments.of(operations.get(one[0]), one[1], access));
  }

  @ParameterizedTest
  @MethodSource("accesses")
  void everyRouteSaysWhoMayComeIn(Operation operation, String path, Access access) {
    assertThat(route(operation, path).access()).isEqualTo(access);
  }

  @Test
  void noRouteIsThereTwice() {
    assertThat(routes).extracting(Route::toString).doesNotHaveDuplicates();
  }

  @Test
  void anUninitializedServerSaysSo() {
    assertThat(text("init")).isEqualTo("{\"initialized\":false}");
    assertThat(text("seal-status"))
        .isEqualTo(
            "{\"type\":\"shamir\",\"initialized\":false,\"sealed\":true,\"t\":0,\"n\":0,"
                + "\"progress\":0,\"nonce\":\"\",\"version\":\"1.20.4\","
                + "\"build_date\":\"2025-12-31T10:00:00Z\","
                + "\"commit_date\":\"2025-12-31T10:00:00Z\",\"migration\":false,"
                + "\"recovery_seal\":false,\"storage_type\":\"inmem\"}");
    assertThat(text("health"))
        .isEqualTo(
            "{\"initialized\":false,\"sealed\":true,\"standby\":true,"
                + "\"performance_standby\":false,\"replication_performance_mode\":\"unknown\","
                + "\"replication_dr_mode\":\"unknown\",\"server_time_utc\":1767225600,"
                + "\"version\":\"1.20.4\",\"enterprise\":false,\"echo_duration_ms\":0,"
                + "\"clock_skew_ms\":0,\"replication_primary_canary_age_ms\":0}");
    assertThat(text("leader"))
        .isEqualTo(
            "{\"ha_enabled\":false,\"is_self\":false,\"active_time\":\"0001-01-01T00:00:00Z\","
                + "\"leader_address\":\"\",\"leader_cluster_address\":\"\","
                + "\"performance_standby\":false,\"performance_standby_last_remote_wal\":0}");
    refused(400, "Vault is not initialized", UPDATE, "unseal", Map.of("key", "ab".repeat(33)));
  }

  @Test
  void initializationAnswersWithKeysInBothForms() {
    Fields made = raw(UPDATE, "init", Map.of("secret_shares", 3L, "secret_threshold", 2L));
    assertThat(made.map()).containsOnlyKeys("keys", "keys_base64", "root_token");
    List<String> hex = made.texts("keys");
    assertThat(hex).hasSize(3).allMatch(key -> key.matches("[0-9a-f]{66}"));
    assertThat(made.texts("keys_base64"))
        .containsExactlyElementsOf(
            hex.stream()
                .map(key -> Base64.getEncoder().encodeToString(HexFormat.of().parseHex(key)))
                .toList());
    assertThat(made.text("root_token")).startsWith("hvs.");
    assertThat(text("init")).isEqualTo("{\"initialized\":true}");
    refused(
        400,
        "Vault is already initialized",
        UPDATE,
        "init",
        Map.of("secret_shares", 1L, "secret_threshold", 1L));
  }

  static Stream<Arguments> wrongInitializations() {
    return Stream.of(
        Arguments.of(Map.of(), "invalid seal configuration: shares must be at least one"),
        Arguments.of(
            Map.of("secret_shares", 5L),
            "invalid seal configuration: threshold must be at least one"),
        Arguments.of(
            Map.of("secret_shares", "1", "secret_threshold", 1L),
            "failed to decode JSON input: secret_shares must be of type integer"),
        Arguments.of(
            Map.of("secret_shares", 2L, "secret_threshold", 2L, "pgp_keys", List.of("a")),
            "invalid seal configuration: count mismatch between number of provided PGP keys and"
                + " number of shares"),
        Arguments.of(
            Map.of("secret_shares", 1L, "secret_threshold", 1L, "pgp_keys", List.of("a")),
            "PGP keys are not supported"),
        Arguments.of(
            Map.of("secret_shares", 1L, "secret_threshold", 1L, "root_token_pgp_key", "a"),
            "PGP keys are not supported"),
        Arguments.of(
            Map.of(
                "secret_shares",
                1L,
                "secret_threshold",
                1L,
                "recovery_shares",
                1L,
                "recovery_threshold",
                1L),
            "parameters recovery_shares,recovery_threshold not applicable to seal type shamir"));
  }

  @ParameterizedTest
  @MethodSource("wrongInitializations")
  void aWrongInitializationIsRefused(Map<String, Object> fields, String message) {
    refused(400, message, UPDATE, "init", fields);
    assertThat(text("init")).isEqualTo("{\"initialized\":false}");
  }

  @Test
  void sharesAreTakenAsHexOrBase64() {
    List<String> keys = initialize();
    Fields first = raw(UPDATE, "unseal", Map.of("key", keys.get(1)));
    assertThat(first.number("progress")).isEqualTo(1);
    assertThat(first.text("nonce")).matches(UUID);
    String base64 = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(keys.get(0)));
    String text = text(UPDATE, "unseal", Map.of("key", base64));
    Fields open = parsed(text);
    String name = open.text("cluster_name");
    String id = open.text("cluster_id");
    assertThat(name).matches("vault-cluster-[0-9a-f]{8}");
    assertThat(id).matches(UUID);
    assertThat(without(text, name, id))
        .isEqualTo(
            "{\"type\":\"shamir\",\"initialized\":true,\"sealed\":false,\"t\":2,\"n\":3,"
                + "\"progress\":0,\"nonce\":\"\",\"version\":\"1.20.4\","
                + "\"build_date\":\"2025-12-31T10:00:00Z\","
                + "\"commit_date\":\"2025-12-31T10:00:00Z\",\"migration\":false,"
                + "\"cluster_name\":\"…\",\"cluster_id\":\"…\","
                + "\"recovery_seal\":false,\"storage_type\":\"inmem\"}");
  }

  static Stream<Arguments> wrongUnsealings() {
    String missing = "'key' must be specified in request body as JSON, or 'reset' set to true";
    String encoding = "'key' must be a valid hex or base64 string";
    return Stream.of(
        Arguments.of(Map.of(), 400, missing),
        Arguments.of(Map.of("key", ""), 400, missing),
        Arguments.of(Map.of("migrate", true), 400, missing),
        Arguments.of(Map.of("key", "zz"), 400, encoding),
        Arguments.of(Map.of("key", "00"), 400, encoding),
        Arguments.of(Map.of("key", "a"), 400, encoding),
        Arguments.of(
            Map.of("key", 5L), 400, "failed to decode JSON input: key must be of type string"),
        Arguments.of(
            Map.of("reset", "true"),
            400,
            "failed to decode JSON input: reset must be of type boolean"),
        Arguments.of(Map.of("key", "!!!!"), 400, encoding),
        Arguments.of(
            Map.of("key", "abcd"), 400, "invalid key: key is shorter than minimum 16 bytes"),
        Arguments.of(
            Map.of("key", "ab".repeat(34)),
            400,
            "invalid key: key is longer than maximum 33 bytes"),
        Arguments.of(
            Map.of("key", "ab".repeat(33), "migrate", true),
            500,
            "can't perform a seal migration, no migration seal found"));
  }

  @ParameterizedTest
  @MethodSource("wrongUnsealings")
  void aWrongUnsealingIsRefused(Map<String, Object> fields, int status, String message) {
    initialize();
    refused(status, message, UPDATE, "unseal", fields);
  }

  @Test
  void resettingGoesBeforeTheKey() {
    List<String> keys = initialize();
    ask(UPDATE, "unseal", Map.of("key", keys.get(0)));
    Fields status = raw(UPDATE, "unseal", Map.of("key", keys.get(1), "reset", true));
    assertThat(status.number("progress")).isZero();
  }

  @Test
  void sealingForgetsTheCluster() {
    open();
    assertThat(ask(UPDATE, "seal")).isEqualTo(Reply.DONE);
    assertThat(text("seal-status")).contains("\"sealed\":true").doesNotContain("cluster");
    assertThat(ask(UPDATE, "seal")).isEqualTo(Reply.DONE);
  }

  @Test
  void aSealedServerRefusesAllButTheSeal() {
    initialize();
    for (String path :
        List.of(
            "key-status",
            "rotate/config",
            "rekey/init",
            "rekey/verify",
            "rotate/root/init",
            "generate-root/attempt",
            "generate-root-token/attempt")) {
      refused(503, "Vault is sealed", READ, path, Map.of());
    }
  }
}
