package coffer.auth.userpass;

import coffer.engine.TokenFields;
import coffer.engine.TokenSettings;
import java.util.Map;

/// Somebody who may log in. Immutable.
///
/// @param tokens what their tokens are to be like
record User(BcryptHash password, TokenSettings tokens) {
  private static final String PASSWORD = "password";

  static User of(Map<String, Object> stored) {
    return new User(
        BcryptHash.parse((String) stored.getOrDefault(PASSWORD, ""))
            .orElseThrow(() -> new IllegalStateException("a stored user has no password")),
        TokenFields.stored(stored));
  }

  /// What the store keeps.
  Map<String, Object> stored() {
    Map<String, Object> fields = tokens.stored();
    fields.put(PASSWORD, password.text());
    return fields;
  }
}
