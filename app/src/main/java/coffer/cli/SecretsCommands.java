package coffer.cli;

import coffer.cli.Command.Shape;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `secrets …`: which secrets engines there are, and where.
final class SecretsCommands {
  private SecretsCommands() {}

  static Topic topic() {
    return new Topic(
        "secrets",
        "Work with secrets engines",
        """
        Groups the commands for secrets engines: what is mounted, and where.

            $ %s secrets list

            $ %s secrets enable -path=app -version=2 kv
        """,
        List.of(disable(), enable(), list(), move(), tune()));
  }

  private static Command list() {
    return Command.of("secrets list", "List secrets engines", Shape.DETAILED, SecretsCommands::list)
        .help(
            """
            Lists the secrets engines and where they are mounted.

                $ %s secrets list -detailed
            """);
  }

  static int list(Invocation call) {
    call.expect(0);
    Map<String, Map<String, @Nullable Object>> mounts =
        Mounts.read(call, "sys/mounts", "Error listing secrets engines");
    if (!call.output().isTable()) {
      return call.output().data(Mounts.tree(mounts));
    }
    Table table = Table.titled("Path", "Type", "Accessor", "Description");
    for (Map.Entry<String, Map<String, @Nullable Object>> entry : mounts.entrySet()) {
      Map<String, @Nullable Object> mount = entry.getValue();
      table.row(
          entry.getKey(),
          Tree.text(mount, "type"),
          Tree.text(mount, "accessor"),
          Tree.text(mount, "description"));
    }
    boolean all = call.output().isDetailed();
    Table shown = all ? Mounts.detailed(mounts, "Force No Cache", "force_no_cache") : table;
    call.console().line(shown.toString());
    return 0;
  }

  private static Command enable() {
    return Command.of(
            "secrets enable", "Mount a secrets engine", Shape.PLAIN, SecretsCommands::enable)
        .usage("[options] TYPE")
        .help(
            """
            Mounts a secrets engine.

                $ %s secrets enable -path=app -version=2 kv
            """)
        .flags(
            MountFlags.DESCRIPTION,
            MountFlags.PATH,
            MountFlags.DEFAULT_LEASE_TTL,
            MountFlags.MAX_LEASE_TTL,
            MountFlags.AUDIT_REQUEST_KEYS,
            MountFlags.AUDIT_RESPONSE_KEYS,
            MountFlags.LISTING_VISIBILITY,
            MountFlags.PASSTHROUGH_HEADERS,
            MountFlags.ALLOWED_HEADERS,
            MountFlags.FORCE_NO_CACHE,
            MountFlags.PLUGIN_NAME,
            MountFlags.PLUGIN_VERSION,
            MountFlags.OPTIONS,
            MountFlags.LOCAL,
            MountFlags.SEAL_WRAP,
            MountFlags.EXTERNAL_ENTROPY,
            MountFlags.VERSION);
  }

  static int enable(Invocation call) {
    call.expect(1);
    String type = Mounts.type(call);
    String path = Mounts.path(call, type);
    call.client().post("sys/mounts/" + path, MountFlags.enableBody(call, type), "Error enabling");
    String version = call.get(MountFlags.PLUGIN_VERSION);
    call.console()
        .line(
            "Success! Enabled the "
                + type
                + " secrets engine"
                + (version.isEmpty() ? "" : " version " + version)
                + " at: "
                + path);
    return 0;
  }

  private static Command disable() {
    return Command.of(
            "secrets disable", "Unmount a secrets engine", Shape.PLAIN, SecretsCommands::disable)
        .usage("[options] PATH")
        .help(
            """
            Unmounts a secrets engine: all it lent is revoked and all it stored is gone.

                $ %s secrets disable app/
            """);
  }

  static int disable(Invocation call) {
    call.expect(1);
    String path = Paths.folder(Paths.trim(call.argument(0)));
    call.client()
        .delete("sys/mounts/" + path, Query.NONE, "Error disabling secrets engine at " + path);
    call.console().line("Success! Disabled the secrets engine (if it existed) at: " + path);
    return 0;
  }

  private static Command move() {
    return Command.of("secrets move", "Move a secrets engine", Shape.PLAIN, SecretsCommands::move)
        .usage("[options] SOURCE DESTINATION")
        .help(
            """
            Moves a secrets engine to another path; what it lent is revoked.

                $ %s secrets move app/ web/
            """);
  }

  static int move(Invocation call) {
    return Mounts.move(call, "secrets engine");
  }

  private static Command tune() {
    return Command.of("secrets tune", "Change a secrets engine", Shape.PLAIN, SecretsCommands::tune)
        .usage("[options] PATH")
        .help(
            """
            Changes how a secrets engine is mounted.

                $ %s secrets tune -default-lease-ttl=72h app/
            """)
        .flags(
            MountFlags.DESCRIPTION,
            MountFlags.DEFAULT_LEASE_TTL,
            MountFlags.MAX_LEASE_TTL,
            MountFlags.AUDIT_REQUEST_KEYS,
            MountFlags.AUDIT_RESPONSE_KEYS,
            MountFlags.LISTING_VISIBILITY,
            MountFlags.PASSTHROUGH_HEADERS,
            MountFlags.ALLOWED_HEADERS,
            MountFlags.PLUGIN_VERSION,
            MountFlags.OPTIONS,
            MountFlags.VERSION);
  }

  static int tune(Invocation call) {
    call.expect(1);
    String path = Paths.folder(Paths.trim(call.argument(0)));
    call.client()
        .post(
            "sys/mounts/" + path + "tune",
            MountFlags.tuneBody(call),
            "Error tuning secrets engine " + path);
    call.console().line("Success! Tuned the secrets engine at: " + path);
    return 0;
  }
}
