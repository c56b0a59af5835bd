package coffer.auth.approle;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.engine.EngineType;
import coffer.engine.Login;
import coffer.engine.Reply;
import coffer.engine.testing.MountedEngine;
import coffer.engine.testing.Outcome;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A mount with what tests of it say again and again.
final class RoleMount {
  static final EngineType TYPE = AppRole.type(new SecureRandom());

  final MountedEngine engine = MountedEngine.of(TYPE);

  /// Writes a role whose id is its name with `-id`.
  RoleMount role(String name, Map<String, Object> fields) {
    var all = new HashMap<String, Object>(fields);
    all.putIfAbsent("role_id", name + "-id");
    assertThat(engine.write("role/" + name, all).status()).isIn(200, 204);
    return this;
  }

  /// Takes a secret id; returns its accessor.
  String secretId(String role, String id, Map<String, Object> fields) {
    var all = new HashMap<String, Object>(fields);
    all.put("secret_id", id);
    return text(engine.write("role/" + role + "/custom-secret-id", all), "secret_id_accessor");
  }

  /// Makes a random one; returns it.
  String secretId(String role, Map<String, Object> fields) {
    return text(engine.write("role/" + role + "/secret-id", fields), "secret_id");
  }

  private static String text(Outcome outcome, String name) {
    assertThat(outcome.errors()).isEmpty();
    return String.valueOf(outcome.at(name));
  }

  Outcome ask(String roleId, String secretId) {
    return engine.write("login", Map.of("role_id", roleId, "secret_id", secretId));
  }

  Login login(String roleId, String secretId) {
    Outcome outcome = ask(roleId, secretId);
    if (outcome.reply() instanceof Reply.Welcome welcome) {
      return welcome.login();
    }
    throw new AssertionError(outcome.toString());
  }

  Outcome lookup(String role, String secretId) {
    return engine.write("role/" + role + "/secret-id/lookup", Map.of("secret_id", secretId));
  }

  static void refused(Outcome outcome, int status, String error) {
    assertThat(outcome.status()).isEqualTo(status);
    assertThat(outcome.errors()).containsExactly(error);
  }

  static void invalid(Outcome outcome) {
    refused(outcome, 400, "invalid role or secret ID");
  }

  /// The entries of one kind that are stored.
  List<String> keys(String prefix) {
    return engine.keys().stream().filter(key -> key.startsWith(prefix)).toList();
  }
}
