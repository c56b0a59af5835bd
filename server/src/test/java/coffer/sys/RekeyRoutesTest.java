package coffer.sys;

import static coffer.engine.Operation.DELETE;
import static coffer.engine.Operation.READ;
import static coffer.engine.Operation.UPDATE;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.engine.Operation;
import coffer.engine.Reply;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RekeyRoutesTest extends SealCalls {
  @Test
  void aRekeyAnswersAsThePeersDo() {
    List<String> keys = open();
    assertThat(text("rekey/init"))
        .isEqualTo(
            "{\"nonce\":\"\",\"started\":false,\"t\":0,\"n\":0,\"progress\":0,\"required\":2,"
                + "\"pgp_fingerprints\":null,\"backup\":false,\"verification_required\":false}");
    String begun =
        text(
            UPDATE,
            "rekey/init",
            Map.of("secret_shares", 3L, "secret_threshold", 2L, "require_verification", true));
    String nonce = parsed(begun).text("nonce");
    assertThat(nonce).matches(UUID);
    assertThat(without(begun, nonce))
        .isEqualTo(
            "{\"nonce\":\"…\",\"started\":true,\"t\":2,\"n\":3,\"progress\":0,\"required\":2,"
                + "\"pgp_fingerprints\":null,\"backup\":false,\"verification_required\":true}");
    assertThat(text("rekey/verify"))
        .isEqualTo("{\"nonce\":\"\",\"started\":false,\"t\":2,\"n\":3,\"progress\":0}");
    assertThat(raw(UPDATE, "rekey/update", share(keys.get(0), nonce)).number("progress"))
        .isEqualTo(1);
    String given = text(UPDATE, "rekey/update", share(keys.get(2), nonce));
    List<String> shares = parsed(given).texts("keys");
    String verification = parsed(given).text("verification_nonce");
    assertThat(parsed(given).map().keySet())
        .containsExactly(
            "nonce",
            "complete",
            "keys",
            "keys_base64",
            "pgp_fingerprints",
            "backup",
            "verification_required",
            "verification_nonce");
    assertThat(without(text("rekey/verify"), verification))
        .isEqualTo("{\"nonce\":\"…\",\"started\":true,\"t\":2,\"n\":3,\"progress\":0}");
    assertThat(parsed(text("rekey/init")).text("verification_nonce")).isEqualTo(verification);
    assertThat(
            without(text(UPDATE, "rekey/verify", share(shares.get(0), verification)), verification))
        .isEqualTo("{\"nonce\":\"…\",\"started\":true,\"t\":2,\"n\":3,\"progress\":1}");
    verification = raw(DELETE, "rekey/verify", Map.of()).text("nonce");
    ask(UPDATE, "rekey/verify", share(shares.get(0), verification));
    assertThat(
            without(text(UPDATE, "rekey/verify", share(shares.get(1), verification)), verification))
        .isEqualTo("{\"nonce\":\"…\",\"complete\":true}");
    refused(400, "no rekey configuration found", READ, "rekey/verify", Map.of());
    assertThat(ask(DELETE, "rekey/init")).isEqualTo(Reply.DONE);
  }

  @Test
  void aRekeyRefusesWhatItCannotDo() {
    open();
    refused(
        400,
        "cannot request a backup of the new keys without providing PGP keys for encryption",
        UPDATE,
        "rekey/init",
        Map.of("secret_shares", 1L, "secret_threshold", 1L, "backup", true));
    refused(
        400,
        "PGP keys are not supported",
        UPDATE,
        "rekey/init",
        Map.of("secret_shares", 1L, "secret_threshold", 1L, "pgp_keys", List.of("a")));
    refused(
        400,
        "incorrect number of PGP keys for rekey",
        UPDATE,
        "rekey/init",
        Map.of("secret_shares", 3L, "secret_threshold", 2L, "pgp_keys", List.of("a")));
    refused(
        400,
        "invalid rotate seal configuration: count mismatch between number of provided PGP keys and"
            + " number of shares",
        UPDATE,
        "rotate/root/init",
        Map.of("secret_shares", 3L, "secret_threshold", 2L, "pgp_keys", List.of("a")));
    refused(
        400,
        "'key' must be specified in request body as JSON",
        READ,
        "rekey/update",
        Map.of("key", "ab".repeat(33)));
    refused(
        400,
        "missing required field 'nonce'",
        UPDATE,
        "rotate/root/verify",
        Map.of("key", "ab".repeat(33)));
    refused(
        500,
        "invalid rekey seal configuration: shares must be at least one",
        UPDATE,
        "rekey/init",
        Map.of());
    refused(
        400,
        "'key' must be specified in request body as JSON",
        UPDATE,
        "rekey/update",
        Map.of("nonce", "x"));
    for (String path :
        List.of(
            "rekey/backup",
            "rekey/recovery-key-backup",
            "rotate/root/backup",
            "rotate/recovery/backup")) {
      refused(400, "no backed-up keys found", READ, path, Map.of());
      assertThat(ask(DELETE, path)).isEqualTo(Reply.DONE);
    }
    for (String step : List.of("init", "update", "verify")) {
      for (Operation operation : List.of(READ, UPDATE, DELETE)) {
        String old = "rekey-recovery-key/" + step;
        refused(400, "recovery rekeying not supported", operation, old, Map.of());
        String path = "rotate/recovery/" + step;
        refused(400, "recovery keys not supported", operation, path, Map.of());
      }
    }
  }

  @Test
  void aRotationOfTheRootKeyAnswersAsThePeerDoes() {
    List<String> keys = open();
    assertThat(data(READ, "rotate/root/init", Map.of()))
        .isEqualTo("{\"n\":0,\"required\":2,\"started\":false,\"t\":0}");
    String begun =
        data(
            UPDATE,
            "rotate/root/init",
            Map.of("secret_shares", 1L, "secret_threshold", 1L, "require_verification", true));
    String nonce = parsed(begun).text("nonce");
    assertThat(without(begun, nonce))
        .isEqualTo(
            "{\"n\":1,\"nonce\":\"…\",\"progress\":0,\"required\":2,\"started\":true,\"t\":1,"
                + "\"verification_nonce\":\"\",\"verification_required\":true}");
    refused(
        400, "missing required field 'key'", UPDATE, "rotate/root/update", Map.of("nonce", nonce));
    data(UPDATE, "rotate/root/update", share(keys.get(0), nonce));
    String given = data(UPDATE, "rotate/root/update", share(keys.get(1), nonce));
    String key = parsed(given).texts("keys").getFirst();
    String verification = parsed(given).text("verification_nonce");
    assertThat(without(given, key, parsed(given).texts("keys_base64").getFirst(), nonce))
        .isEqualTo(
            "{\"backup\":false,\"complete\":true,\"keys\":[\"…\"],\"keys_base64\":[\"…\"],"
                + "\"nonce\":\"…\",\"pgp_fingerprints\":null,\"verification_nonce\":\""
                + verification
                + "\",\"verification_required\":true}");
    assertThat(without(data(READ, "rotate/root/verify", Map.of()), verification))
        .isEqualTo("{\"n\":1,\"nonce\":\"…\",\"progress\":0,\"started\":true,\"t\":1}");
    String anew = parsed(data(DELETE, "rotate/root/verify", Map.of())).text("nonce");
    assertThat(without(data(UPDATE, "rotate/root/verify", share(key, anew)), anew))
        .isEqualTo("{\"complete\":true,\"nonce\":\"…\"}");
    assertThat(seal.status().shares()).isEqualTo(1);
    assertThat(ask(DELETE, "rotate/root/init")).isEqualTo(Reply.DONE);
  }

  @Test
  void aRotationWithoutVerificationSaysSo() {
    List<String> keys = open();
    String begun =
        data(UPDATE, "rotate/root/init", Map.of("secret_shares", 1L, "secret_threshold", 1L));
    String nonce = parsed(begun).text("nonce");
    ask(UPDATE, "rotate/root/update", share(keys.get(0), nonce));
    assertThat(data(UPDATE, "rotate/root/update", share(keys.get(1), nonce)))
        .contains("\"verification_nonce\":\"\"", "\"verification_required\":false");
  }
}
