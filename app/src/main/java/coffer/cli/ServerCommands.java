package coffer.cli;

import coffer.cli.Command.Shape;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The commands that ask a server about itself: `status`, `unwrap`, `path-help`, `version-history`,
/// and those that need none: `print token`, `version`.
final class ServerCommands {
  private static final String TRACKING =
      """
      Note:
      Use of this command requires a server running Vault 1.10.0 or greater.
      Version tracking was added in 1.9.0. Earlier versions have not been tracked.
      """;

  private ServerCommands() {}

  static Topic status() {
    return Topic.single(
        Command.of(
                "status", "Print whether the server is sealed", Shape.FIELD, ServerCommands::status)
            .help(
                """
                Prints the state of the server, sealed or not. The exit code tells it too: 0
                unsealed, 1 error, 2 sealed.
                """));
  }

  private static int status(Invocation call) {
    call.expect(0);
    try {
      Client client = call.client();
      client.leaveNamespace();
      Map<String, @Nullable Object> seal =
          client.object("GET", "sys/seal-status", null, "Error checking seal status");
      SealStatus status = SealStatus.of(client, seal);
      String field = call.get(Globals.FIELD);
      if (field.isEmpty()) {
        status.show(call);
      } else {
        showField(call, status, field);
      }
      return status.isSealed() ? 2 : 0;
    } catch (Failure e) {
      throw e.withCode(1);
    }
  }

  /// A field that isn't there is said, but the exit code stays that of the seal.
  private static void showField(Invocation call, SealStatus status, String field) {
    try {
      call.output().field(status.field(field), field, "seal status");
    } catch (Failure e) {
      call.console().error(e.text());
    }
  }

  static Topic unwrap() {
    return Topic.single(
        Command.of("unwrap", "Take a wrapped answer out", Shape.FIELD, ServerCommands::unwrap)
            .usage("[options] [TOKEN]")
            .help(
                """
                Takes out what is wrapped in a token: the one given, or the one in use.

                    $ %s unwrap 3de9ece1-b347-e143-29b0-dc2dc31caafd
                """));
  }

  private static int unwrap(Invocation call) {
    call.expect(0, 1, "0-1");
    String wrapping = call.arguments().isEmpty() ? "" : call.argument(0).strip();
    Client client = call.client();
    Secret secret = Unwrapping.unwrap(client, wrapping);
    if (secret == null) {
      return call.output().note("Successfully unwrapped. There was no data in the wrapped secret.");
    }
    String field = call.get(Globals.FIELD);
    if (!field.isEmpty()) {
      return call.output().field(secret, field);
    }
    return secret.keys() == null ? call.output().secret(secret) : call.output().list(secret);
  }

  static Topic pathHelp() {
    return Topic.single(
        Command.of(
                "path-help",
                "Print the API's help on a path",
                Shape.FORMAT,
                ServerCommands::pathHelp)
            .usage("[options] PATH")
            .help(
                """
                Prints the help that the server has on a path; with -format=json as OpenAPI.

                    $ %s path-help database/
                """));
  }

  static int pathHelp(Invocation call) {
    call.expect(1);
    Map<String, @Nullable Object> help;
    try {
      Client client = call.client();
      String path = Paths.trim(call.argument(0));
      Answer answer = client.call("GET", path, Query.of("help", "1"), null, "").checked("");
      help = JsonReader.readObject(answer.text());
    } catch (Failure e) {
      if (e.text().contains("Vault is sealed")) {
        throw Failure.remote(
            "Error: Vault is sealed.\n\nThe \"path-help\" command requires the Vault to be unsealed"
                + " so that the mount\npoints of the secret engines are known.");
      }
      throw e.during("Error retrieving help");
    }
    boolean json = call.get(Globals.FORMAT).equals("json");
    call.console().line(json ? JsonWriter.compact(help.get("openapi")) : Tree.text(help, "help"));
    return 0;
  }

  static Topic versionHistory() {
    return Topic.single(
        Command.of(
                "version-history",
                "Print the versions that the server has had",
                Shape.FORMAT,
                ServerCommands::versionHistory)
            .help("Prints the versions of the server and since when each has run.\n"));
  }

  private static int versionHistory(Invocation call) {
    Secret secret =
        call.client().list("sys/version-history", Query.NONE, "Error reading version history");
    if (secret == null || secret.data() == null) {
      throw Failure.remote("Invalid response returned from the server");
    }
    call.console().warn("");
    call.console().warn(TRACKING);
    call.console().warn("");
    if (call.get(Globals.FORMAT).equals("json")) {
      return call.output().data(secret.tree());
    }
    Map<String, @Nullable Object> info = Tree.object(secret.data(), "key_info");
    Table table = Table.titled("Version", "Installation Time", "Commit Date").gap(2);
    for (String version : Tree.texts(secret.keys())) {
      Map<String, @Nullable Object> of = Tree.object(info, version);
      String date = Tree.text(of, "commit_date");
      table.row(
          version,
          Tree.text(of, "timestamp_installed"),
          date.isEmpty() ? Tree.text(of, "build_date") : date);
    }
    call.console().line(table.toString());
    return 0;
  }

  static Topic print() {
    return new Topic(
        "print",
        "Print what this program works with",
        "Groups the commands that print what the program would use.\n",
        List.of(
            Command.of(
                    "print token",
                    "Print the token in use",
                    Shape.PLAIN,
                    ServerCommands::printToken)
                .help(
                    """
                    Prints the token that commands send, from the environment or the token helper.

                        $ %s print token
                    """)));
  }

  private static int printToken(Invocation call) {
    call.console().line(call.client().token());
    return 0;
  }

  static Topic version() {
    return Topic.single(
        Command.of("version", "Print the version", Shape.LOCAL, ServerCommands::version)
            .help("Prints the version of this program.\n"));
  }

  private static int version(Invocation call) {
    call.console().line(Program.version());
    return 0;
  }
}
