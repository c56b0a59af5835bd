package coffer.cli;

import coffer.cli.Command.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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
  static final Flag<String> METHOD =
      Flag.text("method", "\"patch\" for an HTTP PATCH, \"rw\" to read and then write.");
  static final Flag<List<String>> REMOVE_DATA =
      Flag.list("remove-data", "A key to remove. May be given many times.");

  private static final String BAD_DATA = "Failed to parse K=V data";

  private KvCommands() {}

  static Topic topic() {
    List<Command> commands =
        new ArrayList<>(
            List.of(
                delete(),
                destroy(),
                enableVersioning(),
                get(),
                list(),
                patch(),
                put(),
                rollback(),
                scan(),
                undelete()));
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
  private static int written(Invocation call, String full, @Nullable Secret secret) {
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

  private static Command patch() {
    return Command.of("kv patch", "Change parts of a secret", Shape.FIELD, KvCommands::patch)
        .usage("[options] KEY [DATA K=V...]")
        .help(
            """
            Changes the fields given and leaves the others as they are, as a new version. Needs
            an engine that keeps versions.

                $ %s kv patch -mount=secret foo bar=baz

                $ %s kv patch -mount=secret -remove-data=bar foo
            """)
        .group("Common Options", CAS, METHOD, MOUNT, REMOVE_DATA);
  }

  private static int patch(Invocation call) {
    call.expect(1, Integer.MAX_VALUE, ">1");
    if (call.arguments().size() == 1 && call.get(REMOVE_DATA).isEmpty()) {
      throw Failure.usage("Must supply data");
    }
    Map<String, @Nullable Object> data = new TreeMap<>(Data.parse(call, call.rest(), BAD_DATA));
    KvPath path = versioned(call, "K/V engine mount must be version 2 for patch support", 2);
    for (String key : call.get(REMOVE_DATA)) {
      data.put(key, null);
    }
    String full = path.api("data");
    Secret secret =
        switch (call.get(METHOD)) {
          case "rw" -> readThenWrite(call, full, data);
          case "patch" -> mergePatch(call, full, data, false);
          case "" -> mergePatch(call, full, data, true);
          default ->
              throw Failure.remote(
                  "Unsupported method provided to -method flag: " + call.get(METHOD));
        };
    return written(call, full, secret);
  }

  private static @Nullable Secret mergePatch(
      Invocation call, String full, Map<String, @Nullable Object> data, boolean mayFallBack) {
    int cas = call.get(CAS);
    Map<String, @Nullable Object> body =
        Tree.body(
            "data", data, "options", cas > 0 ? Tree.body("cas", Numeral.of(cas)) : Tree.body());
    try {
      return call.client().patch(full, body, "Error writing data to " + full);
    } catch (Failure e) {
      if (!mayFallBack || (e.status() != 403 && e.status() != 405)) {
        throw e;
      }
      if (e.status() == 403) {
        call.console()
            .warn(
                "Data was written to "
                    + full
                    + " but we recommend that you add the \"patch\" capability to your ACL policy"
                    + " in order to use HTTP PATCH in the future.");
      }
      return readThenWrite(call, full, data);
    }
  }

  private static @Nullable Secret readThenWrite(
      Invocation call, String full, Map<String, @Nullable Object> changes) {
    Client client = call.client();
    Dry dry = client.dry();
    client.setDry(Dry.SEND);
    Secret before = client.read(full, "Error doing pre-read at " + full);
    client.setDry(dry);
    Map<String, @Nullable Object> metadata = existing(before, full, "patch");
    Map<String, @Nullable Object> data = new TreeMap<>(content(before, full, "patch"));
    data.putAll(changes);
    return client.write(
        full,
        Tree.body("data", data, "options", Tree.body("cas", metadata.get("version"))),
        "Error writing data to " + full);
  }

  private static Map<String, @Nullable Object> existing(
      @Nullable Secret secret, String full, String doing) {
    if (secret == null || secret.data() == null) {
      throw Failure.remote("No value found at " + full);
    }
    Map<String, @Nullable Object> metadata = Tree.object(secret.data(), "metadata");
    if (metadata == null) {
      throw Failure.remote(
          "No metadata found at " + full + "; " + doing + " only works on existing data");
    }
    return metadata;
  }

  private static Map<String, @Nullable Object> content(
      @Nullable Secret secret, String full, String doing) {
    Map<String, @Nullable Object> data = secret == null ? null : Tree.object(secret.data(), "data");
    if (data == null) {
      throw Failure.remote(
          "No data found at " + full + "; " + doing + " only works on existing data");
    }
    return data;
  }

  private static Command rollback() {
    return Command.of(
            "kv rollback", "Make an earlier version current", Shape.FORMAT, KvCommands::rollback)
        .usage("[options] KEY")
        .help(
            """
            Writes an earlier version again, as a new one. Needs an engine that keeps versions.

                $ %s kv rollback -mount=secret -version=2 foo
            """)
        .group("Common Options", VERSION, MOUNT);
  }

  private static int rollback(Invocation call) {
    if (call.arguments().size() != 1) {
      throw Failure.usage(
          "Invalid number of arguments (expected 1, got " + call.arguments().size() + ")");
    }
    if (!call.has(VERSION)) {
      throw Failure.usage("Version flag must be specified");
    }
    int version = call.get(VERSION);
    if (version <= 0) {
      throw Failure.usage("Invalid value " + version + " for the version flag");
    }
    KvPath path = versioned(call, "K/V engine mount must be version 2 for rollback support", 2);
    String full = path.api("data");
    String reading = "Error doing pre-read at " + full;
    Object current = existing(call.client().read(full, reading), full, "rollback").get("version");
    Secret old = call.client().read(full, Query.of("version", Integer.toString(version)), reading);
    Map<String, @Nullable Object> metadata = existing(old, full, "rollback");
    if (!Tree.text(metadata, "deletion_time").isEmpty()) {
      throw Failure.remote("Cannot roll back to a version that has been deleted");
    }
    if (Tree.truth(metadata, "destroyed")) {
      throw Failure.remote("Cannot roll back to a version that has been destroyed");
    }
    Secret secret =
        call.client()
            .write(
                full,
                Tree.body(
                    "data", content(old, full, "rollback"), "options", Tree.body("cas", current)),
                "Error writing data to " + full);
    return secret == null
        ? call.output().note("Success! Data written to: " + full)
        : call.output().secret(secret);
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
