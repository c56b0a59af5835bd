package coffer.cli;

import coffer.cli.Command.Shape;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `auth …`: which login methods there are, and where.
final class AuthCommands {
  private AuthCommands() {}

  static Topic topic() {
    return new Topic(
        "auth",
        "Work with login methods",
        """
        Groups the commands for login methods: what is mounted, and where. To log in, see "login".

            $ %s auth list

            $ %s auth enable userpass

            $ %s auth help userpass
        """,
        List.of(disable(), enable(), help(), list(), move(), tune()),
        EarlyAuth.command());
  }

  private static Command list() {
    return Command.of("auth list", "List login methods", Shape.DETAILED, AuthCommands::list)
        .help(
            """
            Lists the login methods and where they are mounted.

                $ %s auth list -detailed
            """);
  }

  static int list(Invocation call) {
    call.expect(0);
    Map<String, Map<String, @Nullable Object>> mounts =
        Mounts.read(call, "sys/auth", "Error listing enabled authentications");
    if (!call.output().isTable()) {
      return call.output().data(Mounts.tree(mounts));
    }
    Table table = Table.titled("Path", "Type", "Accessor", "Description", "Version");
    for (Map.Entry<String, Map<String, @Nullable Object>> entry : mounts.entrySet()) {
      Map<String, @Nullable Object> mount = entry.getValue();
      table.row(
          entry.getKey(),
          Tree.text(mount, "type"),
          Tree.text(mount, "accessor"),
          Tree.text(mount, "description"),
          Tree.text(mount, "plugin_version"));
    }
    boolean all = call.output().isDetailed();
    Table shown = all ? Mounts.detailed(mounts, "Token Type", "token_type") : table;
    call.console().line(shown.toString());
    return 0;
  }

  private static Command enable() {
    return Command.of("auth enable", "Mount a login method", Shape.PLAIN, AuthCommands::enable)
        .usage("[options] TYPE")
        .help(
            """
            Mounts a login method.

                $ %s auth enable -path=people userpass
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
            MountFlags.PLUGIN_NAME,
            MountFlags.PLUGIN_VERSION,
            MountFlags.OPTIONS,
            MountFlags.LOCAL,
            MountFlags.SEAL_WRAP,
            MountFlags.EXTERNAL_ENTROPY,
            MountFlags.TOKEN_TYPE,
            MountFlags.VERSION);
  }

  static int enable(Invocation call) {
    call.expect(1);
    String type = Mounts.type(call);
    String path = Mounts.path(call, type);
    call.client()
        .post(
            "sys/auth/" + path,
            MountFlags.enableBody(call, type),
            "Error enabling " + type + " auth");
    String version = call.get(MountFlags.PLUGIN_VERSION);
    call.console()
        .line(
            "Success! Enabled "
                + type
                + " auth method"
                + (version.isEmpty() ? "" : " version " + version)
                + " at: "
                + path);
    return 0;
  }

  private static Command disable() {
    return Command.of("auth disable", "Unmount a login method", Shape.PLAIN, AuthCommands::disable)
        .usage("[options] PATH")
        .help(
            """
            Unmounts a login method: all tokens that it made are revoked.

                $ %s auth disable people/
            """);
  }

  static int disable(Invocation call) {
    call.expect(1);
    String path = Paths.folder(Paths.trim(call.argument(0)));
    call.client().delete("sys/auth/" + path, Query.NONE, "Error disabling auth method at " + path);
    call.console().line("Success! Disabled the auth method (if it existed) at: " + path);
    return 0;
  }

  private static Command help() {
    return Command.of(
            "auth help", "Print how to log in by a method", Shape.PLAIN, AuthCommands::help)
        .usage("[options] TYPE | PATH")
        .completing(Completes.LOGIN_METHODS)
        .help(
            """
            Prints how to log in by a method, named by its type or by where it is mounted.

                $ %s auth help userpass
            """);
  }

  static int help(Invocation call) {
    call.expect(1);
    String name = call.argument(0).strip();
    LoginMethod method = LoginMethod.of(name);
    if (method == null) {
      String path = Paths.folder(Paths.trim(name));
      Map<String, @Nullable Object> mount =
          Mounts.read(call, "sys/auth", "Error listing auth methods").get(path);
      if (mount == null) {
        call.console().warn("No auth method available on the server at " + Go.quote(path));
        return Failure.USAGE;
      }
      method = LoginMethod.of(Tree.text(mount, "type"));
    }
    if (method == null) {
      call.console()
          .warn(
              Wrap.text(
                  "No method-specific CLI handler available for auth method " + Go.quote(name)));
      return Failure.REMOTE;
    }
    call.console().line(method.help());
    return 0;
  }

  private static Command move() {
    return Command.of("auth move", "Move a login method", Shape.PLAIN, AuthCommands::move)
        .usage("[options] SOURCE DESTINATION")
        .help(
            """
            Moves a login method to another path; its tokens are revoked.

                $ %s auth move auth/people/ auth/staff/
            """);
  }

  static int move(Invocation call) {
    return Mounts.move(call, "auth method");
  }

  private static Command tune() {
    return Command.of("auth tune", "Change a login method", Shape.PLAIN, AuthCommands::tune)
        .usage("[options] PATH")
        .help(
            """
            Changes how a login method is mounted.

                $ %s auth tune -default-lease-ttl=72h people/
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
            MountFlags.TOKEN_TYPE,
            MountFlags.VERSION,
            MountFlags.LOCKOUT_THRESHOLD,
            MountFlags.LOCKOUT_DURATION,
            MountFlags.LOCKOUT_RESET,
            MountFlags.LOCKOUT_DISABLE);
  }

  static int tune(Invocation call) {
    call.expect(1);
    String path = Paths.folder(Paths.trim(call.argument(0)));
    call.client()
        .post(
            "sys/mounts/auth/" + path + "tune",
            MountFlags.tuneBody(call),
            "Error tuning auth method " + path);
    call.console().line("Success! Tuned the auth method at: " + path);
    return 0;
  }
}
