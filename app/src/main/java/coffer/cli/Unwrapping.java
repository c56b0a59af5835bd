package coffer.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Takes what is wrapped out of a wrapping token.
final class Unwrapping {
  private static final String DOING = "Error unwrapping";

  private Unwrapping() {}

  /// @param wrapping the wrapping token, empty for the one in use
  /// @return null where nothing was wrapped
  static @Nullable Secret unwrap(Client client, String wrapping) {
    Map<String, @Nullable Object> body = null;
    if (!wrapping.isEmpty()) {
      if (client.token().isEmpty()) {
        client.setToken(wrapping);
      } else if (!wrapping.equals(client.token())) {
        body = Tree.body("token", wrapping);
      }
    }
    Answer answer = client.call("PUT", "sys/wrapping/unwrap", Query.NONE, body, DOING);
    if (answer.status() != 404) {
      return Client.secret(answer.checked(DOING), DOING);
    }
    Secret secret = Client.secret(answer, DOING);
    return secret != null && secret.tells() ? secret : null;
  }
}
