package coffer.cli;

import coffer.cli.Command.Shape;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// `kv patch` and `kv rollback`: new versions of a secret that are made from earlier ones.
final class KvChange {
  static final Flag<String> METHOD =
      Flag.text("method", "\"patch\" for an HTTP PATCH, \"rw\" to read and then write.");
  static final Flag<List<String>> REMOVE_DATA =
      Flag.list("remove-data", "A key to remove. May be given many times.");

  private KvChange() {}

  static List<Command> all() {
    return List.of(patch(), rollback());
  }

  private static Command patch() {
    return Command.of("kv patch", "Change parts of a secret", Shape.FIELD, KvChange::patch)
        .usage("[options] KEY [DATA K=V...]")
        .help(
            """
            Changes the fields given and leaves the others as they are, as a new version. Needs
            an engine that keeps versions.

                $ %s kv patch -mount=secret foo bar=baz

                $ %s kv patch -mount=secret -remove-data=bar foo
            """)
        .group("Common Options", KvCommands.CAS, METHOD, KvCommands.MOUNT, REMOVE_DATA);
  }

  private static int patch(Invocation call) {
    call.expect(1, Integer.MAX_VALUE, ">1");
    if (call.arguments().size() == 1 && call.get(REMOVE_DATA).isEmpty()) {
      throw Failure.usage("Must supply data");
    }
    Map<String, @Nullable Object> data =
        new TreeMap<>(Data.parse(call, call.rest(), KvCommands.BAD_DATA));
    KvPath path =
        KvCommands.versioned(call, "K/V engine mount must be version 2 for patch support", 2);
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
    return KvCommands.written(call, full, secret);
  }

  private static @Nullable Secret mergePatch(
      Invocation call, String full, Map<String, @Nullable Object> data, boolean mayFallBack) {
    int cas = call.get(KvCommands.CAS);
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
            "kv rollback", "Make an earlier version current", Shape.FORMAT, KvChange::rollback)
        .usage("[options] KEY")
        .help(
            """
            Writes an earlier version again, as a new one. Needs an engine that keeps versions.

                $ %s kv rollback -mount=secret -version=2 foo
            """)
        .group("Common Options", KvCommands.VERSION, KvCommands.MOUNT);
  }

  private static int rollback(Invocation call) {
    if (call.arguments().size() != 1) {
      throw Failure.usage(
          "Invalid number of arguments (expected 1, got " + call.arguments().size() + ")");
    }
    if (!call.has(KvCommands.VERSION)) {
      throw Failure.usage("Version flag must be specified");
    }
    int version = call.get(KvCommands.VERSION);
    if (version <= 0) {
      throw Failure.usage("Invalid value " + version + " for the version flag");
    }
    KvPath path =
        KvCommands.versioned(call, "K/V engine mount must be version 2 for rollback support", 2);
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
}
