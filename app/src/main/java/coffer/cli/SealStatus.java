package coffer.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The state of a server's seal, and whether it leads others.
final class SealStatus {
  private static final String NEVER = "0001-01-01T00:00:00Z";

  private final Map<String, @Nullable Object> seal;
  private final Map<String, @Nullable Object> leader;

  private SealStatus(Map<String, @Nullable Object> seal, Map<String, @Nullable Object> leader) {
    this.seal = seal;
    this.leader = leader;
  }

  /// Completes an answer of `sys/seal-status` or `sys/unseal` by `sys/leader`.
  static SealStatus of(Client client, Map<String, @Nullable Object> seal) {
    try {
      return new SealStatus(
          seal, client.object("GET", "sys/leader", null, "Error checking leader status"));
    } catch (Failure e) {
      if (e.text().contains("Vault is sealed")) {
        return new SealStatus(seal, Tree.body("ha_enabled", true));
      }
      throw e;
    }
  }

  boolean isSealed() {
    return Tree.truth(seal, "sealed");
  }

  int show(Invocation call) {
    if (call.output().isTable()) {
      call.console().line(table().toString());
      return 0;
    }
    return call.output().data(tree());
  }

  @Nullable Object field(String name) {
    return switch (name) {
      case "ha_mode" -> Tree.truth(leader, "is_self") ? "active" : "standby";
      case "active_time" -> activeTime();
      default -> {
        Object value = tree().get(name);
        yield value == null && leader.containsKey(name) ? leader.get(name) : value;
      }
    };
  }

  private String activeTime() {
    String time = Tree.text(leader, "active_time");
    return time.isEmpty() ? NEVER : time;
  }

  private Table table() {
    Table table = Table.titled("Key", "Value");
    table.row("Seal Type", Tree.text(seal, "type"));
    boolean recovery = Tree.truth(seal, "recovery_seal");
    if (recovery) {
      table.row("Recovery Seal Type", Tree.text(seal, "recovery_seal_type"));
    }
    table.row("Initialized", Boolean.toString(Tree.truth(seal, "initialized")));
    table.row("Sealed", Boolean.toString(isSealed()));
    table.row(recovery ? "Total Recovery Shares" : "Total Shares", number(seal, "n"));
    table.row("Threshold", number(seal, "t"));
    if (isSealed()) {
      table.row("Unseal Progress", number(seal, "progress") + "/" + number(seal, "t"));
      table.row("Unseal Nonce", Tree.text(seal, "nonce"));
    }
    if (Tree.truth(seal, "migration")) {
      table.row("Seal Migration in Progress", "true");
    }
    textRow(table, "Version", "version");
    if (!textRow(table, "Commit Date", "commit_date")) {
      textRow(table, "Build Date", "build_date");
    }
    textRow(table, "Storage Type", "storage_type");
    if (!Tree.text(seal, "cluster_id").isEmpty()) {
      textRow(table, "Cluster Name", "cluster_name");
      textRow(table, "Cluster ID", "cluster_id");
    }
    leaderRows(table);
    return table;
  }

  private boolean textRow(Table table, String title, String key) {
    String value = Tree.text(seal, key);
    if (!value.isEmpty()) {
      table.row(title, value);
    }
    return !value.isEmpty();
  }

  private void leaderRows(Table table) {
    boolean enabled = Tree.truth(leader, "ha_enabled");
    table.row("HA Enabled", Boolean.toString(enabled));
    if (enabled && !isSealed()) {
      boolean self = Tree.truth(leader, "is_self");
      table.row("HA Cluster", Tree.text(leader, "leader_cluster_address"));
      table.row("HA Mode", self ? "active" : "standby");
      if (self && !activeTime().equals(NEVER)) {
        table.row("Active Since", activeTime());
      }
      String other = Tree.text(leader, "leader_address");
      if (!self && !other.isEmpty()) {
        table.row("Active Node Address", other);
      }
    }
    if (Tree.number(leader, "raft_committed_index") > 0) {
      table.row("Raft Committed Index", number(leader, "raft_committed_index"));
    }
    if (Tree.number(leader, "raft_applied_index") > 0) {
      table.row("Raft Applied Index", number(leader, "raft_applied_index"));
    }
  }

  private Map<String, @Nullable Object> tree() {
    Map<String, @Nullable Object> tree =
        Tree.body(
            "type", Tree.text(seal, "type"),
            "initialized", Tree.truth(seal, "initialized"),
            "sealed", isSealed(),
            "t", Numeral.of(Tree.number(seal, "t")),
            "n", Numeral.of(Tree.number(seal, "n")),
            "progress", Numeral.of(Tree.number(seal, "progress")),
            "nonce", Tree.text(seal, "nonce"),
            "version", Tree.text(seal, "version"),
            "commit_date", Tree.text(seal, "commit_date"),
            "migration", Tree.truth(seal, "migration"));
    putText(tree, seal, "cluster_name");
    putText(tree, seal, "cluster_id");
    tree.put("recovery_seal", Tree.truth(seal, "recovery_seal"));
    putText(tree, seal, "recovery_seal_type");
    putText(tree, seal, "storage_type");
    if (!Tree.texts(seal.get("warnings")).isEmpty()) {
      tree.put("warnings", seal.get("warnings"));
    }
    tree.put("build_date", Tree.text(seal, "build_date"));
    tree.put("ha_enabled", Tree.truth(leader, "ha_enabled"));
    leaderTree(tree);
    return tree;
  }

  private void leaderTree(Map<String, @Nullable Object> tree) {
    if (Tree.truth(leader, "is_self")) {
      tree.put("is_self", true);
    }
    if (!activeTime().equals(NEVER)) {
      tree.put("active_time", activeTime());
    }
    putText(tree, leader, "leader_address");
    putText(tree, leader, "leader_cluster_address");
    putNumber(tree, leader, "raft_committed_index");
    putNumber(tree, leader, "raft_applied_index");
  }

  private static void putText(
      Map<String, @Nullable Object> tree, Map<String, @Nullable Object> from, String key) {
    String text = Tree.text(from, key);
    if (!text.isEmpty()) {
      tree.put(key, text);
    }
  }

  private static void putNumber(
      Map<String, @Nullable Object> tree, Map<String, @Nullable Object> from, String key) {
    long number = Tree.number(from, key);
    if (number != 0) {
      tree.put(key, Numeral.of(number));
    }
  }

  private static String number(Map<String, @Nullable Object> from, String key) {
    return Long.toString(Tree.number(from, key));
  }
}
