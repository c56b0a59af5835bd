package coffer.cli;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The list of mounts as the commands print it, and moving one.
final class Mounts {
  private static final List<String> OPTIONAL =
      List.of(
          "audit_non_hmac_request_keys",
          "audit_non_hmac_response_keys",
          "listing_visibility",
          "passthrough_request_headers",
          "allowed_response_headers",
          "token_type",
          "user_lockout_config");

  private Mounts() {}

  /// The mounts by their path.
  static Map<String, Map<String, @Nullable Object>> read(
      Invocation call, String path, String doing) {
    Map<String, Map<String, @Nullable Object>> mounts = new TreeMap<>();
    for (Map.Entry<String, @Nullable Object> entry :
        call.client().data("GET", path, null, doing).entrySet()) {
      Map<String, @Nullable Object> mount = Tree.object(entry.getValue());
      if (mount != null && entry.getKey().endsWith("/")) {
        mounts.put(entry.getKey(), mount);
      }
    }
    return mounts;
  }

  /// The mounts as they are printed in JSON: the members in their usual order.
  static Map<String, @Nullable Object> tree(Map<String, Map<String, @Nullable Object>> mounts) {
    Map<String, @Nullable Object> tree = new TreeMap<>();
    for (Map.Entry<String, Map<String, @Nullable Object>> entry : mounts.entrySet()) {
      Map<String, @Nullable Object> mount = entry.getValue();
      tree.put(
          entry.getKey(),
          Tree.body(
              "uuid", Tree.text(mount, "uuid"),
              "type", Tree.text(mount, "type"),
              "description", Tree.text(mount, "description"),
              "accessor", Tree.text(mount, "accessor"),
              "config", config(Tree.object(mount, "config")),
              "options", mount.get("options"),
              "local", Tree.truth(mount, "local"),
              "seal_wrap", Tree.truth(mount, "seal_wrap"),
              "external_entropy_access", Tree.truth(mount, "external_entropy_access"),
              "plugin_version", Tree.text(mount, "plugin_version"),
              "running_plugin_version", Tree.text(mount, "running_plugin_version"),
              "running_sha256", Tree.text(mount, "running_sha256"),
              "deprecation_status", Tree.text(mount, "deprecation_status")));
    }
    return tree;
  }

  private static Map<String, @Nullable Object> config(
      @Nullable Map<String, @Nullable Object> config) {
    Map<String, @Nullable Object> tree =
        Tree.body(
            "default_lease_ttl", Numeral.of(Tree.number(config, "default_lease_ttl")),
            "max_lease_ttl", Numeral.of(Tree.number(config, "max_lease_ttl")),
            "force_no_cache", Tree.truth(config, "force_no_cache"));
    for (String key : OPTIONAL) {
      Object value = config == null ? null : config.get(key);
      if (value != null && !value.equals("") && !value.equals(List.of())) {
        tree.put(key, value);
      }
    }
    return tree;
  }

  /// All that is known of the mounts, a row each.
  ///
  /// @param middle the title of the column that secrets engines and login methods differ in
  /// @param middleKey the member of the configuration that stands in it
  static Table detailed(
      Map<String, Map<String, @Nullable Object>> mounts, String middle, String middleKey) {
    Table table =
        Table.titled(
            "Path",
            "Plugin",
            "Accessor",
            "Default TTL",
            "Max TTL",
            middle,
            "Replication",
            "Seal Wrap",
            "External Entropy Access",
            "Options",
            "Description",
            "UUID",
            "Version",
            "Running Version",
            "Running SHA256",
            "Deprecation Status");
    for (Map.Entry<String, Map<String, @Nullable Object>> entry : mounts.entrySet()) {
      Map<String, @Nullable Object> mount = entry.getValue();
      Map<String, @Nullable Object> config = Tree.object(mount, "config");
      Object inMiddle = config == null ? "" : config.get(middleKey);
      table.row(
          entry.getKey(),
          Tree.text(mount, "type"),
          Tree.text(mount, "accessor"),
          ttl(mount, config, "default_lease_ttl"),
          ttl(mount, config, "max_lease_ttl"),
          inMiddle == null ? "" : Shown.value(inMiddle),
          Tree.truth(mount, "local") ? "local" : "replicated",
          Boolean.toString(Tree.truth(mount, "seal_wrap")),
          Boolean.toString(Tree.truth(mount, "external_entropy_access")),
          mount.get("options") == null ? "map[]" : Shown.value(mount.get("options")),
          Tree.text(mount, "description"),
          Tree.text(mount, "uuid"),
          Tree.text(mount, "plugin_version"),
          Tree.text(mount, "running_plugin_version"),
          Tree.text(mount, "running_sha256"),
          Tree.text(mount, "deprecation_status"));
    }
    return table;
  }

  private static String ttl(
      Map<String, @Nullable Object> mount,
      @Nullable Map<String, @Nullable Object> config,
      String key) {
    String type = Tree.text(mount, "type");
    if (type.equals("system") || type.equals("cubbyhole")) {
      return "";
    }
    long seconds = Tree.number(config, key);
    return seconds == 0 ? "system" : Long.toString(seconds);
  }

  /// The name of the type to mount, and where.
  static String type(Invocation call) {
    String type = call.argument(0).strip();
    return type.equals("plugin") ? call.get(MountFlags.PLUGIN_NAME) : type;
  }

  static String path(Invocation call, String type) {
    String path = call.get(MountFlags.PATH);
    return Paths.folder(path.isEmpty() ? type : path);
  }

  /// Moves a mount and waits until the server has done it.
  static int move(Invocation call, String thing) {
    call.expect(2);
    String from = Paths.folder(call.argument(0));
    String to = Paths.folder(call.argument(1));
    String moving = " moving " + thing + " " + from + " to " + to;
    Map<String, @Nullable Object> started =
        call.client()
            .data("POST", "sys/remount", Tree.body("from", from, "to", to), "Error" + moving);
    String id = Tree.text(started, "migration_id");
    String with = moving + ", with migration ID " + id;
    if (id.isEmpty()) {
      call.console().line("Success! Finished" + moving);
      return 0;
    }
    call.console().line("Started" + with);
    String checking = "Error checking migration status of " + thing + " " + from + " to " + to;
    while (true) {
      Map<String, @Nullable Object> status =
          call.client().data("GET", "sys/remount/status/" + id, null, checking);
      switch (Tree.text(Tree.object(status, "migration_info"), "status")) {
        case "success" -> {
          call.console().line("Success! Finished" + with);
          return 0;
        }
        case "failure" -> {
          call.console().error("Failure! Error encountered" + with);
          return 0;
        }
        default -> {
          call.console().line("Waiting for terminal status in migration of" + with.substring(7));
          call.client().pause();
        }
      }
    }
  }
}
