package coffer.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Logs in by a token that one has already: it is looked up, so that a wrong one isn't kept.
final class TokenLogin {
  private static final String DOING = "Error authenticating";

  private TokenLogin() {}

  static Secret login(Invocation call, Client client, Map<String, String> fields) {
    boolean lookup = lookup(fields);
    String token = fields.get("token");
    if (token == null) {
      token = LoginMethod.ask(call, "token");
    }
    token = token.strip();
    if (token.isEmpty()) {
      throw Failure.remote(
          DOING + ": a token must be passed to auth, please view the help for more information");
    }
    if (!lookup) {
      return secret(Tree.body("client_token", token));
    }
    client.setToken(token);
    client.setWrapTtl("");
    Secret found = client.read("auth/token/lookup-self", DOING + ": error looking up token");
    if (found == null || found.data() == null) {
      throw Failure.remote(DOING + ": empty response from lookup-self");
    }
    return secret(auth(found.data()));
  }

  private static boolean lookup(Map<String, String> fields) {
    String asked = fields.get("lookup");
    try {
      return asked == null || Go.truth(asked);
    } catch (IllegalArgumentException e) {
      throw Failure.remote(DOING + ": Failed to parse \"lookup\" as boolean: " + e.getMessage());
    }
  }

  private static Map<String, @Nullable Object> auth(Map<String, @Nullable Object> data) {
    List<String> own = Tree.texts(data.get("policies"));
    List<String> ofIdentity = Tree.texts(data.get("identity_policies"));
    List<String> all = new ArrayList<>(own);
    all.addAll(ofIdentity);
    Object metadata = data.get("metadata") == null ? data.get("meta") : data.get("metadata");
    return Tree.body(
        "client_token",
        Tree.text(data, "id"),
        "accessor",
        Tree.text(data, "accessor"),
        "policies",
        all,
        "token_policies",
        own,
        "identity_policies",
        ofIdentity.isEmpty() ? null : ofIdentity,
        "metadata",
        metadata,
        "lease_duration",
        Numeral.of(Tree.number(data, "ttl")),
        "renewable",
        Tree.truth(data, "renewable"));
  }

  private static Secret secret(Map<String, @Nullable Object> auth) {
    return new Secret("", "", 0, false, null, null, auth, null);
  }
}
