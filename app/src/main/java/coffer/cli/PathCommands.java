package coffer.cli;

import coffer.cli.Command.Shape;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The commands that work on any path: `read`, `write`, `patch`, `list`, `scan`, `delete`.
final class PathCommands {
  static final Flag<Boolean> FORCE =
      Flag.truth("force", "Write with no data, for paths that need none.").alias("f");
  static final Flag<String> AFTER =
      Flag.text("after", "The key to go on after, where the list comes in pages.");
  static final Flag<Integer> LIMIT = Flag.number("limit", "How many keys to list at most.").or(-1);

  private static final String BAD_DATA = "Failed to parse K=V data";

  private PathCommands() {}

  static Topic read() {
    return Topic.single(
        Command.of("read", "Read data and secrets", Shape.FIELD, PathCommands::read)
            .usage("[options] PATH [PARAMETERS K=V...]")
            .help(
                """
                Reads what is at a path: a secret, credentials made for the occasion, a
                configuration.

                    $ %s read secret/my-secret
                """));
  }

  private static int read(Invocation call) {
    call.expect(1, Integer.MAX_VALUE, "1");
    Client client = call.client();
    String path = Paths.trim(call.argument(0));
    Query query = Data.parseQuery(call, call.rest(), BAD_DATA);
    if (call.output().format() == Format.RAW) {
      String doing = "Error reading: " + path;
      Answer answer = client.call("GET", path, query, null, doing).checked(doing);
      call.console().raw(answer.text() + "\n");
      return 0;
    }
    Secret secret = client.read(path, query, "Error reading " + path);
    if (secret == null) {
      throw Failure.remote("No value found at " + path);
    }
    return call.show(secret);
  }

  static Topic write() {
    return Topic.single(
        Command.of(
                "write", "Write data, configuration and secrets", Shape.FIELD, PathCommands::write)
            .usage("[options] PATH [DATA K=V...]")
            .help(
                """
                Writes to a path. A value that begins with "@" is read from a file, "-" from
                standard input; "-" or "@file" alone is a JSON object.

                    $ %s write secret/my-secret foo=bar

                Write where no data is needed:

                    $ %s write -f transit/keys/my-key

                Read a value from a file:

                    $ %s write sys/policies/acl/ops policy=@policy.hcl
                """)
            .flags(FORCE));
  }

  private static int write(Invocation call) {
    String path = dataPath(call);
    Map<String, @Nullable Object> data = Data.parse(call, call.rest(), BAD_DATA);
    Secret secret = call.client().write(path, data, "Error writing data to " + path);
    return call.showWritten(secret, "Success! Data written to: " + path);
  }

  static Topic patch() {
    return Topic.single(
        Command.of(
                "patch", "Change parts of data and configuration", Shape.FIELD, PathCommands::patch)
            .usage("[options] PATH [DATA K=V...]")
            .help(
                """
                Changes the fields given and leaves the others as they are.

                    $ %s patch pki/roles/example allow_localhost=false
                """)
            .flags(FORCE));
  }

  private static int patch(Invocation call) {
    String path = dataPath(call);
    Map<String, @Nullable Object> data = Data.parse(call, call.rest(), BAD_DATA);
    Secret secret = call.client().patch(path, data, "Error writing data to " + path);
    return call.showWritten(secret, "Success! Data written to: " + path);
  }

  private static String dataPath(Invocation call) {
    call.expect(1, Integer.MAX_VALUE, "1");
    if (call.arguments().size() == 1 && !call.get(FORCE)) {
      throw Failure.usage("Must supply data or use -force");
    }
    return Paths.trim(call.argument(0));
  }

  static Topic delete() {
    return Topic.single(
        Command.of("delete", "Delete secrets and configuration", Shape.FIELD, PathCommands::delete)
            .usage("[options] PATH [PARAMETERS K=V...]")
            .help(
                """
                Deletes what is at a path; what that means is up to what is mounted there.

                    $ %s delete secret/my-secret
                """));
  }

  private static int delete(Invocation call) {
    call.expect(1, Integer.MAX_VALUE, "at least 1");
    Client client = call.client();
    String path = Paths.trim(call.argument(0));
    Query query = Data.parseQuery(call, call.rest(), "Failed to parse string list data");
    Secret secret = client.delete(path, query, "Error deleting " + path);
    return call.showWritten(secret, "Success! Data deleted (if it existed) at: " + path);
  }

  static Topic list() {
    return Topic.single(
        Command.of("list", "List names of data and secrets", Shape.DETAILED, PathCommands::list)
            .usage("[options] PATH")
            .help(
                """
                Lists the names below a path.

                    $ %s list secret/my-app/
                """)
            .flags(AFTER, LIMIT));
  }

  private static int list(Invocation call) {
    call.expect(1);
    Client client = call.client();
    String path = Paths.trim(call.argument(0));
    return listed(call, path, client.list(path, page(call), "Error listing " + path));
  }

  static Topic scan() {
    return Topic.single(
        Command.of("scan", "List names, and those below them", Shape.DETAILED, PathCommands::scan)
            .usage("[options] PATH")
            .help(
                """
                Lists the names below a path, and those below them, and so on.

                    $ %s scan secret/my-app/
                """)
            .flags(AFTER, LIMIT));
  }

  private static int scan(Invocation call) {
    call.expect(1);
    Client client = call.client();
    String path = Paths.trim(call.argument(0));
    return listed(call, path, client.scan(path, page(call), "Error scanning " + path));
  }

  private static Query page(Invocation call) {
    String after = call.get(AFTER);
    int limit = call.get(LIMIT);
    return after.isEmpty() && limit <= 0
        ? Query.NONE
        : Query.of("after", after).and("limit", Integer.toString(limit));
  }

  /// Prints a list, or says that there is none.
  static int listed(Invocation call, String path, @Nullable Secret secret) {
    Output output = call.output();
    if (secret != null && secret.isWrapped()) {
      return output.secret(secret);
    }
    boolean hasKeys = secret != null && secret.keys() != null;
    if (!output.isTable() && !hasKeys) {
      output.data(Tree.body());
      return Failure.REMOTE;
    }
    if (secret == null) {
      throw Failure.remote("No value found at " + path);
    }
    if (secret.data() == null) {
      return output.secret(secret);
    }
    if (!hasKeys) {
      throw Failure.remote("No entries found at " + path);
    }
    return output.list(secret);
  }
}
