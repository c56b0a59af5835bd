package coffer.cli;

import coffer.cli.Command.Shape;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `operator init`: makes the keys of a new server.
final class InitCommand {
  static final Flag<Boolean> STATUS =
      Flag.truth(
          "status",
          "Only print whether the server is initialised. Exit code 0: it is, 1: error, 2: it"
              + " isn't.");
  static final Flag<Integer> KEY_SHARES =
      Flag.number("key-shares", "Into how many unseal keys to split the root key.").alias("n");
  static final Flag<Integer> KEY_THRESHOLD =
      Flag.number("key-threshold", "How many of them are needed to unseal.").alias("t");
  static final Flag<String> PGP_KEYS =
      Flag.text(
              "pgp-keys",
              "Files with PGP keys, separated by commas, to encrypt the unseal keys to, in order.")
          .completing(Completes.FILES);
  static final Flag<String> ROOT_TOKEN_PGP_KEY =
      Flag.text("root-token-pgp-key", "A file with the PGP key to encrypt the root token to.")
          .completing(Completes.FILES);
  static final Flag<Integer> RECOVERY_SHARES =
      Flag.number("recovery-shares", "Into how many shares to split the recovery key.").or(5);
  static final Flag<Integer> RECOVERY_THRESHOLD =
      Flag.number("recovery-threshold", "How many of them are needed.").or(3);
  static final Flag<String> RECOVERY_PGP_KEYS =
      Flag.text("recovery-pgp-keys", "As -pgp-keys, for the shares of the recovery key.")
          .completing(Completes.FILES);
  private static final int USUAL_SHARES = 5;
  private static final int USUAL_THRESHOLD = 3;

  private InitCommand() {}

  static Command command() {
    return Command.of("operator init", "Initialise a server", Shape.FORMAT, InitCommand::run)
        .help(
            """
            Initialises a new server: makes its root key, splits it into unseal keys and prints
            them, with the first root token. This can be done once.

                $ %s operator init -key-shares=3 -key-threshold=2
            """)
        .group("Common Options", STATUS, KEY_SHARES, KEY_THRESHOLD, PGP_KEYS, ROOT_TOKEN_PGP_KEY)
        .group("Auto Unseal Options", RECOVERY_SHARES, RECOVERY_THRESHOLD, RECOVERY_PGP_KEYS);
  }

  static int run(Invocation call) {
    call.expect(0);
    if (call.get(STATUS)) {
      return initStatus(call);
    }
    Client client = call.client();
    Dry dry = client.dry();
    client.setDry(Dry.SEND);
    boolean recovery =
        Tree.truth(client.object("GET", "sys/seal-status", null, ""), "recovery_seal");
    client.setDry(dry);
    Map<String, @Nullable Object> body = initBody(call, recovery);
    Map<String, @Nullable Object> made =
        client.object("PUT", "sys/init", body, "Error initializing");
    if (!call.output().isTable()) {
      return call.output().data(machineInit(body, made));
    }
    printInit(call.console(), body, made);
    return 0;
  }

  private static int initStatus(Invocation call) {
    boolean done;
    try {
      done =
          Tree.truth(
              call.client().object("GET", "sys/init", null, "Error checking init status"),
              "initialized");
    } catch (Failure e) {
      throw e.withCode(1);
    }
    if (call.output().isTable()) {
      call.console().line(done ? "Vault is initialized" : "Vault is not initialized");
    } else {
      call.output().data(Tree.body("Initialized", done));
    }
    return done ? 0 : 2;
  }

  private static Map<String, @Nullable Object> initBody(Invocation call, boolean recovery) {
    int shares = call.get(KEY_SHARES);
    int threshold = call.get(KEY_THRESHOLD);
    if (!recovery) {
      shares = shares == 0 ? USUAL_SHARES : shares;
      threshold = threshold == 0 ? USUAL_THRESHOLD : threshold;
    }
    List<String> keys = PgpKeys.read(call.get(PGP_KEYS));
    List<String> recoveryKeys = PgpKeys.read(call.get(RECOVERY_PGP_KEYS));
    List<String> rootKey = PgpKeys.read(call.get(ROOT_TOKEN_PGP_KEY));
    return Tree.body(
        "secret_shares", Numeral.of(shares),
        "secret_threshold", Numeral.of(threshold),
        "pgp_keys", keys.isEmpty() ? null : keys,
        "recovery_shares", Numeral.of(recovery ? call.get(RECOVERY_SHARES) : 0),
        "recovery_threshold", Numeral.of(recovery ? call.get(RECOVERY_THRESHOLD) : 0),
        "recovery_pgp_keys", recoveryKeys.isEmpty() ? null : recoveryKeys,
        "root_token_pgp_key", rootKey.isEmpty() ? "" : rootKey.get(0));
  }

  private static Map<String, @Nullable Object> machineInit(
      Map<String, @Nullable Object> asked, Map<String, @Nullable Object> made) {
    boolean stored = Tree.texts(made.get("keys")).isEmpty();
    return Tree.body(
        "unseal_keys_b64", Tree.texts(made.get("keys_base64")),
        "unseal_keys_hex", Tree.texts(made.get("keys")),
        "unseal_shares", stored ? Numeral.of(1) : asked.get("secret_shares"),
        "unseal_threshold", stored ? Numeral.of(1) : asked.get("secret_threshold"),
        "recovery_keys_b64", Tree.texts(made.get("recovery_keys_base64")),
        "recovery_keys_hex", Tree.texts(made.get("recovery_keys")),
        "recovery_keys_shares", asked.get("recovery_shares"),
        "recovery_keys_threshold", asked.get("recovery_threshold"),
        "root_token", Tree.text(made, "root_token"));
  }

  private static void printInit(
      Console console, Map<String, @Nullable Object> asked, Map<String, @Nullable Object> made) {
    boolean keys = printKeys(console, made, "keys", "Unseal Key ");
    boolean recovery = printKeys(console, made, "recovery_keys", "Recovery Key ");
    console.line("\nInitial Root Token: " + Tree.text(made, "root_token") + "\n");
    if (keys) {
      String threshold = String.valueOf(asked.get("secret_threshold"));
      console.line(
          Wrap.text(
              "Vault initialized with "
                  + asked.get("secret_shares")
                  + " key shares and a key threshold of "
                  + threshold
                  + ". Please securely distribute the key shares printed above. When the Vault is"
                  + " re-sealed, restarted, or stopped, you must supply at least "
                  + threshold
                  + " of these keys to unseal it before it can start servicing requests."));
      console.line(
          "\n"
              + Wrap.text(
                  "Vault does not store the generated root key. Without at least "
                      + threshold
                      + " keys to reconstruct the root key, Vault will remain permanently"
                      + " sealed!"));
      console.line(
          "\n"
              + Wrap.text(
                  "It is possible to generate new unseal keys, provided you have a quorum of"
                      + " existing unseal keys shares. See \""
                      + Program.NAME
                      + " operator rekey\" for more information."));
    } else {
      console.line("Success! Vault is initialized");
    }
    if (recovery) {
      console.line(
          "\n"
              + Wrap.text(
                  "Recovery key initialized with "
                      + asked.get("recovery_shares")
                      + " key shares and a key threshold of "
                      + asked.get("recovery_threshold")
                      + ". Please securely distribute the key shares printed above."));
    }
  }

  /// Prints the keys, each under its number, in base64 where the server gives that too.
  static boolean printKeys(
      Console console, Map<String, @Nullable Object> from, String key, String title) {
    List<String> hex = Tree.texts(from.get(key));
    List<String> base64 = Tree.texts(from.get(key + "_base64"));
    for (int i = 0; i < hex.size(); i++) {
      String shown = base64.size() == hex.size() ? base64.get(i) : hex.get(i);
      console.line(title + (i + 1) + ": " + shown);
    }
    return !hex.isEmpty();
  }
}
