package coffer.cli;

import coffer.cli.Command.Shape;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `operator rekey` and `operator rotate-keys`: new unseal keys by a quorum of those who hold the
/// present ones.
final class Rekey {
  static final Flag<Boolean> INIT = Flag.truth("init", "Begin.");
  static final Flag<Boolean> CANCEL = Flag.truth("cancel", "Give up what was begun.");
  static final Flag<Boolean> STATUS = Flag.truth("status", "Print how far it has come.");
  static final Flag<Integer> KEY_SHARES =
      Flag.number("key-shares", "Into how many unseal keys to split the root key.")
          .or(5)
          .alias("n");
  static final Flag<Integer> KEY_THRESHOLD =
      Flag.number("key-threshold", "How many of them are needed to unseal.").or(3).alias("t");
  static final Flag<String> NONCE =
      Flag.text("nonce", "The nonce that -init printed, to go with a key given as an argument.");
  static final Flag<String> TARGET =
      Flag.text("target", "\"barrier\", or \"recovery\" where a server unseals by itself.")
          .or("barrier");
  static final Flag<Boolean> VERIFY =
      Flag.truth("verify", "Use the new keys only once they have been given back and proven good.");
  static final Flag<String> PGP_KEYS =
      Flag.text(
              "pgp-keys",
              "Files with PGP keys, separated by commas, to encrypt the unseal keys to, in order.")
          .completing(Completes.FILES);
  static final Flag<Boolean> BACKUP =
      Flag.truth("backup", "Let the server keep the encrypted keys too.");
  static final Flag<Boolean> BACKUP_DELETE =
      Flag.truth("backup-delete", "Delete the encrypted keys that the server keeps.");
  static final Flag<Boolean> BACKUP_RETRIEVE =
      Flag.truth("backup-retrieve", "Print the encrypted keys that the server keeps.");

  private final Invocation call;
  private final String base;
  private final String backup;
  private final boolean recovery;

  private Rekey(Invocation call, boolean recovery, boolean modern) {
    this.call = call;
    this.recovery = recovery;
    if (modern) {
      base = recovery ? "sys/rotate/recovery/" : "sys/rotate/root/";
      backup = base + "backup";
    } else {
      base = recovery ? "sys/rekey-recovery-key/" : "sys/rekey/";
      backup = recovery ? "sys/rekey/recovery-key-backup" : "sys/rekey/backup";
    }
  }

  static List<Command> all() {
    return List.of(
        command("operator rekey", Rekey::rekey), command("operator rotate-keys", Rekey::rotate));
  }

  private static Command command(String name, Action action) {
    return Command.of(name, "Make new unseal keys", Shape.FORMAT, action)
        .usage("[options] [KEY]")
        .help(
            """
            Makes new unseal keys: so many of those who hold the present ones give theirs as are
            needed to unseal, and the last of them gets the new ones.

                $ %s operator rekey -init -key-shares=5 -key-threshold=3

                $ %s operator rekey
            """)
        .flags(
            INIT,
            CANCEL,
            STATUS,
            KEY_SHARES,
            KEY_THRESHOLD,
            NONCE,
            TARGET,
            VERIFY,
            PGP_KEYS,
            BACKUP,
            BACKUP_DELETE,
            BACKUP_RETRIEVE);
  }

  static int rekey(Invocation call) {
    call.expect(0, 1, "0-1");
    boolean recovery = isRecovery(call);
    Rekey old = new Rekey(call, recovery, false);
    Client client = call.client();
    Dry dry = client.dry();
    client.setDry(Dry.SEND);
    int status = client.call("GET", old.base + "init", Query.NONE, null, "").status();
    client.setDry(dry);
    return status == 404 || status == 405 ? new Rekey(call, recovery, true).run() : old.run();
  }

  static int rotate(Invocation call) {
    call.expect(0, 1, "0-1");
    return new Rekey(call, isRecovery(call), true).run();
  }

  private static boolean isRecovery(Invocation call) {
    return switch (call.get(TARGET).strip().toLowerCase(Locale.ROOT)) {
      case "barrier" -> false;
      case "recovery", "hsm" -> true;
      default -> throw Failure.usage("Unknown target: " + call.get(TARGET));
    };
  }

  private int run() {
    Client client = call.client();
    if (call.get(BACKUP_DELETE)) {
      client.delete(backup, Query.NONE, "Error deleting rekey backed up keys");
      call.console().line("Success! Deleted backed up keys (if they existed)");
      return 0;
    }
    if (call.get(BACKUP_RETRIEVE)) {
      return call.output()
          .data(client.data("GET", backup, null, "Error retrieving rekey backed up keys"));
    }
    if (call.get(CANCEL)) {
      client.delete(part(), Query.NONE, "Error canceling rekey");
      call.console().line("Success! Canceled rekeying (if it was started)");
      return 0;
    }
    if (call.get(INIT)) {
      return init();
    }
    Map<String, @Nullable Object> status = status();
    return call.get(STATUS) ? RekeyStatus.show(call, status, call.get(VERIFY)) : provide(status);
  }

  private String part() {
    return base + (call.get(VERIFY) ? "verify" : "init");
  }

  private Map<String, @Nullable Object> status() {
    return call.client().data("GET", part(), null, "Error reading rekey status");
  }

  private int init() {
    List<String> keys = PgpKeys.read(call.get(PGP_KEYS));
    Map<String, @Nullable Object> body =
        Tree.body(
            "secret_shares", Numeral.of(call.get(KEY_SHARES)),
            "secret_threshold", Numeral.of(call.get(KEY_THRESHOLD)),
            "pgp_keys", keys.isEmpty() ? null : keys,
            "backup", call.get(BACKUP),
            "require_verification", call.get(VERIFY));
    Map<String, @Nullable Object> status =
        call.client().data("PUT", base + "init", body, "Error initializing rekey");
    if (call.output().isTable()) {
      warnOfLoss(keys);
    }
    return RekeyStatus.show(call, status, false);
  }

  private void warnOfLoss(List<String> keys) {
    String kind = recovery ? "recovery" : "unseal";
    if (keys.isEmpty()) {
      call.console()
          .warn(
              Wrap.text(
                  "WARNING! If you lose the keys after they are returned, there is no recovery."
                      + " Consider canceling this operation and re-initializing with the -pgp-keys"
                      + " flag to protect the returned "
                      + kind
                      + " keys along with -backup to allow recovery of the encrypted keys in case"
                      + " of emergency. You can delete the stored keys later using the"
                      + " -backup-delete flag."));
      call.console().line("");
    } else if (!call.get(BACKUP)) {
      call.console()
          .warn(
              Wrap.text(
                  "WARNING! The "
                      + kind
                      + " keys will be encrypted to PGP keys and not be kept by the server: if you"
                      + " lose them there is no recovery. Consider -backup."));
      call.console().line("");
    }
  }

  private int provide(Map<String, @Nullable Object> status) {
    if (!Tree.truth(status, "started")) {
      throw Failure.usage(
          Wrap.text(
              "No rekey is in progress. Start a rekey process by running \""
                  + Program.NAME
                  + " "
                  + call.command().name()
                  + " -init\"."));
    }
    QuorumKey key =
        QuorumKey.of(
            call,
            NONCE,
            Tree.text(status, "nonce"),
            "Rekey operation",
            recovery ? "Recovery" : "Unseal");
    boolean verify = call.get(VERIFY);
    Map<String, @Nullable Object> answer =
        call.client()
            .data(
                "PUT",
                base + (verify ? "verify" : "update"),
                Tree.body("key", key.key(), "nonce", key.nonce()),
                "Error posting unseal key");
    if (!Tree.truth(answer, "complete")) {
      return RekeyStatus.show(call, status(), verify);
    }
    if (verify) {
      call.console()
          .line(
              Wrap.text(
                  "Rekey verification successful. The rekey operation is complete and the new keys"
                      + " are now active."));
      return 0;
    }
    return RekeyStatus.showKeys(call, status, answer, base);
  }
}
