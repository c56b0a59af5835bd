package coffer.cli;

import coffer.cli.Command.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `audit …`: where requests are recorded.
final class AuditCommands {
  private AuditCommands() {}

  static Topic topic() {
    return new Topic(
        "audit",
        "Work with audit devices",
        """
        Groups the commands for audit devices, which record each request and its answer.

            $ %s audit enable file file_path=/var/log/audit.log

            $ %s audit list
        """,
        List.of(disable(), enable(), list()));
  }

  private static Command list() {
    return Command.of("audit list", "List audit devices", Shape.DETAILED, AuditCommands::list)
        .help(
            """
            Lists the audit devices; with -detailed, their options too.

                $ %s audit list -detailed
            """);
  }

  static int list(Invocation call) {
    call.expect(0);
    Map<String, Map<String, @Nullable Object>> devices =
        Mounts.read(call, "sys/audit", "Error listing audits");
    if (!call.output().isTable()) {
      return call.output().data(tree(devices));
    }
    if (devices.isEmpty()) {
      call.console().line("No audit devices are enabled.");
      return 2;
    }
    boolean all = call.output().isDetailed();
    Table table =
        all
            ? Table.titled("Path", "Type", "Description", "Replication", "Options")
            : Table.titled("Path", "Type", "Description");
    for (Map.Entry<String, Map<String, @Nullable Object>> entry : devices.entrySet()) {
      Map<String, @Nullable Object> device = entry.getValue();
      String type = Tree.text(device, "type");
      String description = Tree.text(device, "description");
      if (all) {
        String where = Tree.truth(device, "local") ? "local" : "replicated";
        table.row(entry.getKey(), type, description, where, options(device));
      } else {
        table.row(entry.getKey(), type, description);
      }
    }
    call.console().line(table.toString());
    return 0;
  }

  private static String options(Map<String, @Nullable Object> device) {
    List<String> shown = new ArrayList<>();
    Map<String, @Nullable Object> options = Tree.object(device, "options");
    if (options != null) {
      for (Map.Entry<String, @Nullable Object> option : options.entrySet()) {
        shown.add(option.getKey() + "=" + Shown.value(option.getValue()));
      }
    }
    return String.join(" ", shown);
  }

  private static Map<String, @Nullable Object> tree(
      Map<String, Map<String, @Nullable Object>> devices) {
    Map<String, @Nullable Object> tree = Tree.body();
    for (Map.Entry<String, Map<String, @Nullable Object>> entry : devices.entrySet()) {
      Map<String, @Nullable Object> device = entry.getValue();
      tree.put(
          entry.getKey(),
          Tree.body(
              "type", Tree.text(device, "type"),
              "description", Tree.text(device, "description"),
              "options", device.get("options"),
              "local", Tree.truth(device, "local"),
              "path", Tree.text(device, "path")));
    }
    return tree;
  }

  private static Command enable() {
    return Command.of("audit enable", "Add an audit device", Shape.PLAIN, AuditCommands::enable)
        .usage("[options] TYPE [CONFIG K=V...]")
        .help(
            """
            Adds an audit device; its options are given as key=value.

                $ %s audit enable file file_path=/var/log/audit.log
            """)
        .flags(MountFlags.DESCRIPTION, MountFlags.PATH, MountFlags.LOCAL);
  }

  static int enable(Invocation call) {
    if (call.arguments().isEmpty()) {
      throw Failure.usage(
          "Error enabling audit device: audit type missing. Valid types include 'file', 'socket' and 'syslog'.");
    }
    String type = call.argument(0).strip();
    String path = Mounts.path(call, type);
    Map<String, String> options = Data.parseTexts(call, call.rest(), "Failed to parse K=V data");
    call.client()
        .write(
            "sys/audit/" + path,
            Tree.body(
                "type",
                type,
                "description",
                call.get(MountFlags.DESCRIPTION),
                "options",
                options,
                "local",
                call.get(MountFlags.LOCAL)),
            "Error enabling audit device");
    call.console().line("Success! Enabled the " + type + " audit device at: " + path);
    return 0;
  }

  private static Command disable() {
    return Command.of(
            "audit disable", "Remove an audit device", Shape.PLAIN, AuditCommands::disable)
        .usage("[options] PATH")
        .help(
            """
            Removes an audit device; what it has recorded stays.

                $ %s audit disable file/
            """);
  }

  static int disable(Invocation call) {
    call.expect(1);
    String path = Paths.folder(Paths.trim(call.argument(0)));
    call.client().delete("sys/audit/" + path, Query.NONE, "Error disabling audit device");
    call.console().line("Success! Disabled audit device (if it was enabled) at: " + path);
    return 0;
  }
}
