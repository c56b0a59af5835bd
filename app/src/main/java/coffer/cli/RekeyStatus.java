package coffer.cli;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Prints how far the making of new unseal keys has come, and in the end the keys.
final class RekeyStatus {
  private RekeyStatus() {}

  static int show(Invocation call, Map<String, @Nullable Object> status, boolean verification) {
    if (!call.output().isTable()) {
      return call.output().data(verification ? verificationTree(status) : tree(status));
    }
    Table table = Table.titled("Key", "Value");
    if (verification) {
      verification(table, status);
    } else {
      progress(table, status);
    }
    call.console().line(table.toString());
    return 0;
  }

  private static void progress(Table table, Map<String, @Nullable Object> status) {
    boolean started = Tree.truth(status, "started");
    table.row("Nonce", Tree.text(status, "nonce"));
    table.row("Started", Boolean.toString(started));
    if (started) {
      long progress = Tree.number(status, "progress");
      long required = Tree.number(status, "required");
      table.row(
          "Rekey Progress",
          progress + "/" + required + (progress == required ? " (verification in progress)" : ""));
      table.row("New Shares", Long.toString(Tree.number(status, "n")));
      table.row("New Threshold", Long.toString(Tree.number(status, "t")));
      table.row(
          "Verification Required", Boolean.toString(Tree.truth(status, "verification_required")));
      String nonce = Tree.text(status, "verification_nonce");
      if (!nonce.isEmpty()) {
        table.row("Verification Nonce", nonce);
      }
    }
    List<String> fingerprints = Tree.texts(status.get("pgp_fingerprints"));
    if (!fingerprints.isEmpty()) {
      table.row("PGP Fingerprints", Shown.value(fingerprints));
      table.row("Backup", Boolean.toString(Tree.truth(status, "backup")));
    }
  }

  private static void verification(Table table, Map<String, @Nullable Object> status) {
    table.row("Started", Boolean.toString(Tree.truth(status, "started")));
    table.row("New Shares", Long.toString(Tree.number(status, "n")));
    table.row("New Threshold", Long.toString(Tree.number(status, "t")));
    table.row("Verification Nonce", Tree.text(status, "nonce"));
    table.row(
        "Verification Progress", Tree.number(status, "progress") + "/" + Tree.number(status, "t"));
  }

  private static Map<String, @Nullable Object> tree(Map<String, @Nullable Object> status) {
    Map<String, @Nullable Object> tree = verificationTree(status);
    tree.put("required", Numeral.of(Tree.number(status, "required")));
    tree.put("pgp_fingerprints", status.get("pgp_fingerprints"));
    tree.put("backup", Tree.truth(status, "backup"));
    tree.put("verification_required", Tree.truth(status, "verification_required"));
    tree.put("verification_nonce", Tree.text(status, "verification_nonce"));
    return tree;
  }

  private static Map<String, @Nullable Object> verificationTree(
      Map<String, @Nullable Object> status) {
    return Tree.body(
        "nonce", Tree.text(status, "nonce"),
        "started", Tree.truth(status, "started"),
        "t", Numeral.of(Tree.number(status, "t")),
        "n", Numeral.of(Tree.number(status, "n")),
        "progress", Numeral.of(Tree.number(status, "progress")));
  }

  /// Prints the new keys, and what is to be done with them.
  ///
  /// @param status what was known when the last key was given
  static int showKeys(
      Invocation call,
      Map<String, @Nullable Object> status,
      Map<String, @Nullable Object> made,
      String base) {
    if (!call.output().isTable()) {
      return call.output().data(made);
    }
    Console console = call.console();
    console.line("");
    List<String> fingerprints = Tree.texts(made.get("pgp_fingerprints"));
    List<String> keys = Tree.texts(made.get("keys_base64"));
    if (keys.isEmpty()) {
      keys = Tree.texts(made.get("keys"));
    }
    for (int i = 0; i < keys.size(); i++) {
      String fingerprint =
          i < fingerprints.size() ? " fingerprint: " + fingerprints.get(i) + "; value" : "";
      console.line("Key " + (i + 1) + fingerprint + ": " + keys.get(i));
    }
    console.line("\nOperation nonce: " + Tree.text(made, "nonce") + "\n");
    boolean verify = Tree.truth(status, "verification_required");
    String shares =
        Tree.number(status, "n")
            + " key shares and a key threshold of "
            + Tree.number(status, "t")
            + ". ";
    if (verify) {
      console.line(
          Wrap.text(
              "New keys have been made, split into "
                  + shares
                  + "They are not active until they have been verified. Please securely distribute"
                  + " the key shares printed above."));
      console.line("");
      return show(call, call.client().data("GET", base + "verify", null, ""), true);
    }
    console.line(
        Wrap.text(
            "Vault unseal keys rekeyed to "
                + shares
                + "Please securely distribute the key shares printed above. When Vault is"
                + " re-sealed, restarted, or stopped, you must supply at least "
                + Tree.number(status, "t")
                + " of these keys to unseal it before it can start servicing requests."));
    return 0;
  }
}
