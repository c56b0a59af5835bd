package coffer.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where a key of a key/value engine is: its mount, whether it keeps versions, and the key's path
/// as it was given, mount included.
///
/// @param mount with a slash at the end
record KvPath(String mount, boolean versioned, String path) {

  /// Asks the server what is mounted at the path, in `-mount` or as the path's beginning.
  static KvPath find(Invocation call, String argument) {
    String mountFlag = call.get(KvCommands.MOUNT);
    String path = Paths.trim(argument);
    if (mountFlag.isEmpty()) {
      KvPath found = ask(call.client(), path);
      return new KvPath(found.mount, found.versioned, path);
    }
    KvPath found = ask(call.client(), Paths.trim(mountFlag));
    return new KvPath(found.mount, found.versioned, Paths.join(found.mount, path));
  }

  private static KvPath ask(Client client, String path) {
    Dry dry = client.dry();
    String wrapTtl = client.wrapTtl();
    client.setDry(Dry.SEND);
    client.setWrapTtl("");
    try {
      Answer answer = client.call("GET", "sys/internal/ui/mounts/" + path, Query.NONE, null, "");
      if (answer.status() == 404) {
        return new KvPath("", false, path);
      }
      if (answer.status() == 403 && dry != Dry.SEND) {
        throw Failure.remote(
            "This output flag needs to find out first which version the engine at "
                + path
                + " has:\nplease use a token that may read it. For version 2 the policy has to"
                + " allow\n'mount-path/data/foo', not just 'mount-path/foo'.");
      }
      Secret secret = Client.secret(answer.checked(""), "");
      if (secret == null) {
        throw Failure.remote("nil response from pre-flight request");
      }
      return of(secret, path);
    } finally {
      client.setDry(dry);
      client.setWrapTtl(wrapTtl);
    }
  }

  private static KvPath of(Secret secret, String path) {
    Map<String, @Nullable Object> data = secret.data();
    String version = Tree.text(Tree.object(data, "options"), "version");
    return new KvPath(Tree.text(data, "path"), version.equals("2"), path);
  }

  /// The path of the API: with `part` (`data`, `metadata` …) after the mount, where it keeps
  /// versions.
  String api(String part) {
    if (!versioned) {
      return path;
    }
    if (path.equals(mount) || path.equals(Paths.trimEnd(mount))) {
      return Paths.join(mount, part);
    }
    String at = mount;
    while (!path.startsWith(at)) { // the mount may begin with a namespace that the path leaves out
      int slash = at.indexOf('/');
      if (slash < 0 || slash == at.length() - 1) {
        return Paths.join(at, part, path);
      }
      at = at.substring(slash + 1);
    }
    return Paths.join(at, part, path.substring(at.length()));
  }
}
