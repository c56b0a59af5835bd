package coffer.cli;

import coffer.cli.Command.Shape;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// `kv metadata …`: what a versioned engine keeps beside the secrets.
final class KvMetadataCommands {
  private static final Duration UNSET = Duration.ofNanos(-1);

  static final Flag<Integer> MAX_VERSIONS =
      Flag.number("max-versions", "How many versions to keep; 0: as many as the engine says.")
          .or(-1);
  static final Flag<Boolean> CAS_REQUIRED =
      Flag.truth("cas-required", "Whether each write has to name the version it replaces.");
  static final Flag<Duration> DELETE_VERSION_AFTER =
      Flag.duration("delete-version-after", "After what time to delete a version.").or(UNSET);
  static final Flag<Map<String, String>> CUSTOM_METADATA =
      Flag.pairs(
          "custom-metadata",
          "Metadata, as key=value, that describes the secret. May be given many times.");
  static final Flag<List<String>> REMOVE_CUSTOM_METADATA =
      Flag.list("remove-custom-metadata", "A key of it to remove. May be given many times.");

  private static final String REFUSAL = "Metadata not supported on KV Version 1";

  private KvMetadataCommands() {}

  static List<Command> all() {
    return List.of(delete(), get(), patch(), put());
  }

  private static Command get() {
    return Command.of(
            "kv metadata get", "Read a secret's metadata", Shape.FORMAT, KvMetadataCommands::get)
        .usage("[options] KEY")
        .help(
            """
            Reads the metadata of a secret and of each of its versions.

                $ %s kv metadata get -mount=secret foo
            """)
        .group("Common Options", KvCommands.MOUNT);
  }

  private static int get(Invocation call) {
    call.expect(1);
    String full = KvCommands.versioned(call, REFUSAL, 1).api("metadata");
    Secret secret = call.client().read(full, "Error reading " + full);
    if (secret == null) {
      throw Failure.remote("No value found at " + full);
    }
    if (secret.wrapInfo() != null || !call.output().isTable()) {
      return call.output().secret(secret);
    }
    Map<String, @Nullable Object> data = secret.data();
    Map<String, @Nullable Object> versions = Tree.object(data, "versions");
    if (data == null || versions == null) {
      throw Failure.remote("No value found at " + full);
    }
    Map<String, @Nullable Object> rest = new TreeMap<>(data);
    rest.remove("versions");
    Sections.path(call.console(), full, "Metadata Path");
    Sections.heading(call.console(), rest, "Metadata");
    call.output().secret(secret.withData(rest));
    versions(call, versions);
    return 0;
  }

  private static void versions(Invocation call, Map<String, @Nullable Object> versions) {
    TreeMap<Integer, Map<String, @Nullable Object>> sorted = new TreeMap<>();
    for (Map.Entry<String, @Nullable Object> entry : versions.entrySet()) {
      Map<String, @Nullable Object> version = Tree.object(entry.getValue());
      sorted.put(Go.number(entry.getKey()), version == null ? Tree.body() : version);
    }
    for (Map.Entry<Integer, Map<String, @Nullable Object>> entry : sorted.entrySet()) {
      call.console().line("");
      Sections.table(call, entry.getValue(), "Version " + entry.getKey());
    }
  }

  private static Command put() {
    return Command.of(
            "kv metadata put", "Set a secret's metadata", Shape.FORMAT, KvMetadataCommands::put)
        .usage("[options] KEY")
        .help(
            """
            Sets the metadata of a secret, which need not exist yet.

                $ %s kv metadata put -mount=secret -max-versions=5 -custom-metadata=owner=web foo
            """)
        .group(
            "Common Options",
            MAX_VERSIONS,
            CAS_REQUIRED,
            DELETE_VERSION_AFTER,
            CUSTOM_METADATA,
            KvCommands.MOUNT);
  }

  private static int put(Invocation call) {
    call.expect(1);
    String full = KvCommands.versioned(call, REFUSAL, 1).api("metadata");
    Map<String, @Nullable Object> body = settings(call);
    if (call.has(CUSTOM_METADATA)) {
      body.put("custom_metadata", call.get(CUSTOM_METADATA));
    }
    Secret secret = call.client().write(full, body, "Error writing data to " + full);
    return shown(call, full, secret);
  }

  private static Command patch() {
    return Command.of(
            "kv metadata patch",
            "Change parts of a secret's metadata",
            Shape.FORMAT,
            KvMetadataCommands::patch)
        .usage("[options] KEY")
        .help(
            """
            Changes the metadata given and leaves the rest as it is.

                $ %s kv metadata patch -mount=secret -remove-custom-metadata=owner foo
            """)
        .group(
            "Common Options",
            MAX_VERSIONS,
            CAS_REQUIRED,
            DELETE_VERSION_AFTER,
            CUSTOM_METADATA,
            REMOVE_CUSTOM_METADATA,
            KvCommands.MOUNT);
  }

  private static int patch(Invocation call) {
    call.expect(1);
    String full = KvCommands.versioned(call, REFUSAL, 1).api("metadata");
    Map<String, @Nullable Object> custom = new TreeMap<>(call.get(CUSTOM_METADATA));
    for (String key : call.get(REMOVE_CUSTOM_METADATA)) {
      custom.put(key, null);
    }
    Map<String, @Nullable Object> body = settings(call);
    body.put("custom_metadata", custom);
    Secret secret = call.client().patch(full, body, "Error writing data to " + full);
    return shown(call, full, secret);
  }

  private static Map<String, @Nullable Object> settings(Invocation call) {
    Map<String, @Nullable Object> body = new TreeMap<>();
    if (call.get(MAX_VERSIONS) >= 0) {
      body.put("max_versions", Numeral.of(call.get(MAX_VERSIONS)));
    }
    if (!call.get(DELETE_VERSION_AFTER).isNegative()) {
      body.put("delete_version_after", Go.print(call.get(DELETE_VERSION_AFTER)));
    }
    if (call.has(CAS_REQUIRED)) {
      body.put("cas_required", call.get(CAS_REQUIRED));
    }
    return body;
  }

  private static int shown(Invocation call, String full, @Nullable Secret secret) {
    return secret == null
        ? call.output().note("Success! Data written to: " + full)
        : call.output().secret(secret);
  }

  private static Command delete() {
    return Command.of(
            "kv metadata delete",
            "Remove a secret with all its versions",
            Shape.PLAIN,
            KvMetadataCommands::delete)
        .usage("[options] KEY")
        .help(
            """
            Removes a secret, its metadata and all its versions for good.

                $ %s kv metadata delete -mount=secret foo
            """)
        .group("Common Options", KvCommands.MOUNT);
  }

  private static int delete(Invocation call) {
    call.expect(1);
    String full = KvCommands.versioned(call, REFUSAL, 1).api("metadata");
    call.client().delete(full, Query.NONE, "Error deleting " + full);
    call.console().line("Success! Data deleted (if it existed) at: " + full);
    return 0;
  }
}
