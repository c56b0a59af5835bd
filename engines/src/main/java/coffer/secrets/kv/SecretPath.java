package coffer.secrets.kv;

import coffer.engine.Call;
import coffer.engine.Param;
import coffer.engine.Refusal;
import coffer.engine.Reply;

/// Where a secret is: the parameter that all routes share, and what a path must be.
final class SecretPath {
  static final Param<String> PATH = Param.path("path", "Where the secret is.");

  /// What is answered to a patch of what isn't there: 404 with no body at all, as by the peers.
  static final Reply NOTHING_TO_PATCH = new Reply.Raw(404, "application/json", new byte[0]);

  private SecretPath() {}

  /// The path of a secret that is to be written.
  static String ofWrite(Call call) {
    String path = call.get(PATH);
    if (path.isEmpty() || path.endsWith("/")) {
      throw Refusal.bad("cannot write to a path ending in '/'");
    }
    return path;
  }

  /// The path of a folder, with the `/` at its end; empty for the root.
  static String ofFolder(Call call) {
    String path = call.get(PATH);
    return path.isEmpty() || path.endsWith("/") ? path : path + "/";
  }
}
