package coffer.cli;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A secret as rows: its lease, its token, its wrapping token, its data.
final class SecretTable {
  private final Table table = Table.titled("Key", "Value");

  private SecretTable() {}

  static Table of(Secret secret) {
    SecretTable rows = new SecretTable();
    rows.lease(secret);
    Map<String, @Nullable Object> auth = secret.auth();
    if (auth != null) {
      Map<String, @Nullable Object> mfa = Tree.object(auth, "mfa_requirement");
      if (mfa == null) {
        rows.auth(auth);
      } else {
        rows.mfa(mfa);
      }
    }
    if (secret.wrapInfo() != null) {
      rows.wrapping(secret.wrapInfo());
    }
    if (secret.data() != null) {
      for (Map.Entry<String, @Nullable Object> entry : secret.data().entrySet()) {
        rows.table.row(entry.getKey(), Shown.field(entry.getKey(), entry.getValue()));
      }
    }
    return rows.table;
  }

  private void lease(Secret secret) {
    if (secret.leaseDuration() <= 0) {
      return;
    }
    if (secret.leaseId().isEmpty()) {
      table.row("refresh_interval", Go.human(secret.leaseDuration()));
      return;
    }
    table.row("lease_id", secret.leaseId());
    table.row("lease_duration", Go.human(secret.leaseDuration()));
    table.row("lease_renewable", Boolean.toString(secret.renewable()));
  }

  private void auth(Map<String, @Nullable Object> auth) {
    long seconds = Tree.number(auth, "lease_duration");
    table.row("token", Tree.text(auth, "client_token"));
    table.row("token_accessor", Tree.text(auth, "accessor"));
    table.row("token_duration", seconds == 0 ? "∞" : Go.human(seconds));
    table.row("token_renewable", Boolean.toString(Tree.truth(auth, "renewable")));
    for (String key : List.of("token_policies", "identity_policies", "policies")) {
      table.row(key, Shown.quoted(Tree.texts(auth.get(key))));
    }
    Map<String, @Nullable Object> metadata = Tree.object(auth, "metadata");
    if (metadata != null) {
      for (Map.Entry<String, @Nullable Object> entry : metadata.entrySet()) {
        table.row("token_meta_" + entry.getKey(), Shown.value(entry.getValue()));
      }
    }
  }

  private void mfa(Map<String, @Nullable Object> mfa) {
    table.row("mfa_request_id", Tree.text(mfa, "mfa_request_id"));
    Map<String, @Nullable Object> constraints = Tree.object(mfa, "mfa_constraints");
    if (constraints == null) {
      return;
    }
    for (Map.Entry<String, @Nullable Object> entry : constraints.entrySet()) {
      Map<String, @Nullable Object> constraint = Tree.object(entry.getValue());
      List<@Nullable Object> any = constraint == null ? null : Tree.list(constraint.get("any"));
      if (any != null) {
        for (Object method : any) {
          mfaMethod(entry.getKey(), Tree.object(method));
        }
      }
    }
  }

  private void mfaMethod(String constraint, @Nullable Map<String, @Nullable Object> method) {
    String key = "mfa_constraint_" + constraint + "_" + Tree.text(method, "type");
    table.row(key + "_id", Tree.text(method, "id"));
    table.row(key + "_uses_passcode", Boolean.toString(Tree.truth(method, "uses_passcode")));
    String name = Tree.text(method, "name");
    if (!name.isEmpty()) {
      table.row(key + "_name", name);
    }
  }

  private void wrapping(Map<String, @Nullable Object> wrap) {
    table.row("wrapping_token:", Tree.text(wrap, "token"));
    table.row("wrapping_accessor:", Tree.text(wrap, "accessor"));
    table.row("wrapping_token_ttl:", Go.human(Tree.number(wrap, "ttl")));
    table.row("wrapping_token_creation_time:", Go.time(Tree.text(wrap, "creation_time")));
    table.row("wrapping_token_creation_path:", Tree.text(wrap, "creation_path"));
    String accessor = Tree.text(wrap, "wrapped_accessor");
    if (!accessor.isEmpty()) {
      table.row("wrapped_accessor:", accessor);
    }
  }
}
