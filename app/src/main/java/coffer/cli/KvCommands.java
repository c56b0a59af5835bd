package coffer.cli;

import coffer.cli.Command.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `kv …`: secrets of the key/value engines, both versions.
final class KvCommands {
  static final Flag<String> MOUNT =
      Flag.text(
          "mount",
          "Where the engine is mounted. With it the argument is the key alone; without it, mount"
              + " and key.");
  static final Flag<Integer> VERSION = Flag.number("version", "The version of the secret.");
  static final Flag<List<String>> VERSIONS =
      Flag.list("versions", "The versions, separated by commas.");
  static final Flag<Integer> CAS =
      Flag.number("cas", "Write only if the current version is this one; 0: if there is none yet.")
          .or(-1);

  static final String BAD_DATA = "Failed to parse K=V data";

  private KvCommands() {}

  static Topic topic() {
    List<Command> commands =
        new ArrayList<>(
            List.of(
                delete(), destroy(), enableVersioning(), get(), list(), put(), scan(), undelete()));
    commands.addAll(KvChange.all());
    commands.addAll(KvMetadataCommands.all());
    return new Topic(
        "kv",
        "Work with key/value secrets",
        """
        Groups the commands for the key/value engines.

        Write a secret and read it back:

            $ %s kv put -mount=secret foo bar=baz
            $ %s kv get -mount=secret foo

        Read an earlier version:

            $ %s kv get -mount=secret -version=1 foo
        """,
        commands);
  }

  private static Command get() {
    return Command.of("kv get", "Read a secret", Shape.FIELD, KvCommands::get)
        .usage("[options] KEY")
        .help(
            """
            Reads a secret.

                $ %s kv get -mount=secret foo

                $ %s kv get -mount=secret -version=1 foo
            """)
        .group("Common Options", VERSION, MOUNT);
  }

  private static int get(Invocation call) {
    call.expect(1);
    KvPath path = KvPath.find(call, call.argument(0));
    String full = path.api("data");
    int version = call.get(VERSION);
    Query query =
        path.versioned() && version > 0
            ? Query.of("version", Integer.toString(version))
            : Query.NONE;
    Secret secret = call.client().read(full, query, "Error reading " + full);
    if (secret == null) {
      throw Failure.remote("No value found at " + full);
    }
    String field = call.get(Globals.FIELD);
    if (!field.isEmpty()) {
      return field(call, path, secret, full, field);
    }
    if (secret.wrapInfo() != null || !call.output().isTable()) {
      return call.output().secret(secret);
    }
    return sections(call, path, secret, full);
  }

  private static int field(Invocation call, KvPath path, Secret secret, String full, String field) {
    if (!path.versioned()) {
      return call.output().field(secret, field);
    }
    Map<String, @Nullable Object> data = Tree.object(secret.data(), "data");
    if (data == null) {
      throw Failure.remote("No data found at " + full);
    }
    boolean whole = field.equals("data") && !data.containsKey("data");
    return whole ? call.output().field(secret, field) : call.output().field(data, field);
  }

  private static int sections(Invocation call, KvPath path, Secret secret, String full) {
    call.output().warnings(secret);
    if (path.versioned()) {
      Sections.path(call.console(), full, "Secret Path");
    }
    Map<String, @Nullable Object> metadata = Tree.object(secret.data(), "metadata");
    if (metadata != null) {
      Sections.table(call, metadata, "Metadata");
      call.console().line("");
    }
    Map<String, @Nullable Object> data =
        path.versioned() ? Tree.object(secret.data(), "data") : secret.data();
    if (data != null) {
      Sections.table(call, data, "Data");
    }
    return 0;
  }

  private static Command put() {
    return Command.of("kv put", "Write a secret", Shape.FIELD, KvCommands::put)
        .usage("[options] KEY [DATA K=V...]")
        .help(
            """
            Writes a secret, as a new version where versions are kept. A value that begins with
            "@" is read from a file, "-" from standard input.

                $ %s kv put -mount=secret foo bar=baz

                $ echo "abcd1234" | %s kv put -mount=secret foo bar=-
            """)
        .group("Common Options", CAS, MOUNT);
  }

  private static int put(Invocation call) {
    call.expect(1, Integer.MAX_VALUE, ">1");
    if (call.arguments().size() == 1) {
      throw Failure.usage("Must supply data");
    }
    Map<String, @Nullable Object> data = Data.parse(call, call.rest(), BAD_DATA);
    KvPath path = KvPath.find(call, call.argument(0));
    String full = path.api("data");
    Map<String, @Nullable Object> body = data;
    if (path.versioned()) {
      int cas = call.get(CAS);
      body =
          Tree.body(
              "data", data, "options", cas > -1 ? Tree.body("cas", Numeral.of(cas)) : Tree.body());
    }
    Secret secret = call.client().write(full, body, "Error writing data to " + full);
    return written(call, full, secret);
  }

  /// Prints what a write of a secret gave.
  static int written(Invocation call, String full, @Nullable Secret secret) {
    if (secret == null) {
      return call.output().note("Success! Data written to: " + full);
    }
    String field = call.get(Globals.FIELD);
    if (!field.isEmpty()) {
      return call.output().field(secret, field);
    }
    if (secret.isWrapped() || !call.output().isTable()) {
      return call.output().secret(secret);
    }
    Sections.path(call.console(), full, "Secret Path");
    Map<String, @Nullable Object> data = secret.data();
    Sections.table(call, data == null ? Tree.body() : data, "Metadata");
    return 0;
  }

  private static Command delete() {
    return Command.of("kv delete", "Delete versions of a secret", Shape.FIELD, KvCommands::delete)
        .usage("[options] KEY")
        .help(
            """
            Deletes the current version of a secret, or those given. Where versions are kept they
            can be got back by "kv undelete".

                $ %s kv delete -mount=secret foo

                $ %s kv delete -mount=secret -versions=3 foo
            """)
        .group("Common Options", VERSIONS, MOUNT);
  }

  private static int delete(Invocation call) {
    call.expect(1);
    KvPath path = KvPath.find(call, call.argument(0));
    String full = path.api("data");
    String doing = "Error deleting " + full;
    Secret secret =
        path.versioned() && call.has(VERSIONS)
            ? call.client().write(path.api("delete"), versionsBody(call), doing)
            : call.client().delete(full, Query.NONE, doing);
    return call.showWritten(secret, "Success! Data deleted (if it existed) at: " + full);
  }

  private static Map<String, @Nullable Object> versionsBody(Invocation call) {
    List<String> versions = new ArrayList<>();
    for (String some : call.get(VERSIONS)) {
      for (String version : some.split(",", -1)) {
        if (!version.isBlank()) {
          versions.add(version.strip());
        }
      }
    }
    return Tree.body("versions", versions);
  }

  private static Command undelete() {
    return Command.of(
            "kv undelete", "Get deleted versions back", Shape.FORMAT, KvCommands::undelete)
        .usage("[options] KEY")
        .help(
            """
            Gets deleted versions of a secret back.

                $ %s kv undelete -mount=secret -versions=3 foo
            """)
        .group("Common Options", VERSIONS, MOUNT);
  }

  private static int undelete(Invocation call) {
    return onVersions(call, "undelete", "Undelete not supported on KV Version 1");
  }

  private static Command destroy() {
    return Command.of("kv destroy", "Remove versions for good", Shape.FORMAT, KvCommands::destroy)
        .usage("[options] KEY")
        .help(
            """
            Removes the data of versions of a secret for good.

                $ %s kv destroy -mount=secret -versions=3 foo
            """)
        .group("Common Options", VERSIONS, MOUNT);
  }

  private static int destroy(Invocation call) {
    return onVersions(call, "destroy", "Destroy not supported on KV Version 1");
  }

  private static int onVersions(Invocation call, String part, String refusal) {
    call.expect(1);
    if (!call.has(VERSIONS)) {
      throw Failure.usage(
          "No versions provided, use the \"-versions\" flag to specify the version to "
              + part
              + ".");
    }
    KvPath path = versioned(call, refusal, 1);
    String full = path.api(part);
    Secret secret = call.client().write(full, versionsBody(call), "Error writing data to " + full);
    return secret == null
        ? call.output().note("Success! Data written to: " + full)
        : call.output().secret(secret);
  }

  /// The path of the argument, refused with `refusal` where its engine keeps no versions.
  static KvPath versioned(Invocation call, String refusal, int code) {
    KvPath path = KvPath.find(call, call.argument(0));
    if (!path.versioned()) {
      throw Failure.usage(refusal).withCode(code);
    }
    return path;
  }

  private static Command list() {
    return Command.of("kv list", "List secrets", Shape.FORMAT, KvCommands::list)
        .usage("[options] PATH")
        .help(
            """
            Lists the names of the secrets below a path.

                $ %s kv list secret/my-app/
            """)
        .group("Common Options", MOUNT);
  }

  private static int list(Invocation call) {
    KvPath path = folder(call);
    String full = path.api("metadata");
    return PathCommands.listed(
        call, full, call.client().list(full, Query.NONE, "Error listing " + full));
  }

  private static Command scan() {
    return Command.of(
            "kv scan", "List secrets, and those below them", Shape.FORMAT, KvCommands::scan)
        .usage("[options] PATH")
        .help(
            """
            Lists the names of the secrets below a path, and those below them, and so on.

                $ %s kv scan secret/my-app/
            """)
        .group("Common Options", MOUNT);
  }

  private static int scan(Invocation call) {
    KvPath path = folder(call);
    String full = path.api("metadata");
    return PathCommands.listed(
        call, full, call.client().scan(full, Query.NONE, "Error scanning " + full));
  }

  private static KvPath folder(Invocation call) {
    boolean rootOfMount = call.arguments().isEmpty() && !call.get(MOUNT).isEmpty();
    if (!rootOfMount) {
      call.expect(1);
    }
    return KvPath.find(call, rootOfMount ? "" : call.argument(0));
  }

  private static Command enableVersioning() {
    return Command.of(
            "kv enable-versioning",
            "Keep versions from now on",
            Shape.FORMAT,
            KvCommands::enableVersioning)
        .usage("[options] PATH")
        .help(
            """
            Turns a key/value engine without versions into one with them.

                $ %s kv enable-versioning secret
            """);
  }

  private static int enableVersioning(Invocation call) {
    call.expect(1);
    String mount = Paths.folder(Paths.trim(call.argument(0)));
    Map<String, @Nullable Object> options = new HashMap<>();
    options.put("version", "2");
    call.client()
        .post(
            "sys/mounts/" + mount + "tune",
            Tree.body("options", options),
            "Error tuning secrets engine " + mount);
    call.console().line("Success! Tuned the secrets engine at: " + mount);
    return 0;
  }
}
