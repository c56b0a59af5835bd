package coffer.cli;

import coffer.cli.Command.Shape;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `operator generate-root`: a new root token by a quorum of those who hold unseal keys.
final class GenerateRoot {
  static final Flag<Boolean> INIT = Flag.truth("init", "Begin.");
  static final Flag<Boolean> CANCEL = Flag.truth("cancel", "Give up what was begun.");
  static final Flag<Boolean> STATUS = Flag.truth("status", "Print how far it has come.");
  static final Flag<String> DECODE =
      Flag.text("decode", "Print the token that this encoded one stands for. Needs -otp.");
  static final Flag<Boolean> GENERATE_OTP =
      Flag.truth("generate-otp", "Print a one-time password for -init.");
  static final Flag<String> OTP = Flag.text("otp", "The one-time password, for -init and -decode.");
  static final Flag<String> PGP_KEY =
      Flag.text("pgp-key", "A file with the PGP key to encrypt the token to.")
          .completing(Completes.FILES);
  static final Flag<String> NONCE =
      Flag.text("nonce", "The nonce that -init printed, to go with a key given as an argument.");

  private static final String MODERN = "sys/generate-root/";
  private static final String OTHER = "sys/generate-root-token/";
  private static final int USUAL_LENGTH = 28;
  private static final String BASE62 =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  private final Invocation call;
  private final String base;

  private GenerateRoot(Invocation call, String base) {
    this.call = call;
    this.base = base;
  }

  static Command command() {
    return Command.of(
            "operator generate-root",
            "Make a root token by the unseal keys",
            Shape.FORMAT,
            GenerateRoot::run)
        .usage("[options] [KEY]")
        .help(
            """
            Makes a root token where there is none any more: so many of those who hold unseal keys
            give theirs as are needed to unseal.

                $ %s operator generate-root -init

                $ %s operator generate-root

                $ %s operator generate-root -decode=… -otp=…
            """)
        .flags(INIT, CANCEL, STATUS, DECODE, GENERATE_OTP, OTP, PGP_KEY, NONCE);
  }

  static int run(Invocation call) {
    call.expect(0, 1, "0-1");
    Client client = call.client();
    Dry dry = client.dry();
    client.setDry(Dry.SEND);
    int status = client.call("GET", MODERN + "attempt", Query.NONE, null, "").status();
    client.setDry(dry);
    String base = status == 404 || status == 405 ? OTHER : MODERN;
    return new GenerateRoot(call, base).run();
  }

  private int run() {
    if (call.get(GENERATE_OTP)) {
      return generateOtp();
    }
    if (!call.get(DECODE).isEmpty()) {
      return decode();
    }
    if (call.get(CANCEL)) {
      call.client().delete(base + "attempt", Query.NONE, "Error canceling root token generation");
      call.console().line("Success! Root token generation canceled (if it was started)");
      return 0;
    }
    if (call.get(INIT)) {
      return init();
    }
    Map<String, @Nullable Object> status = status();
    return call.get(STATUS) ? show(status) : provide(status);
  }

  private Map<String, @Nullable Object> status() {
    return call.client()
        .data("GET", base + "attempt", null, "Error getting root generation status");
  }

  private int generateOtp() {
    int length = (int) Tree.number(status(), "otp_length");
    SecureRandom random = call.host().random();
    StringBuilder otp = new StringBuilder();
    for (int i = 0; i < (length == 0 ? USUAL_LENGTH : length); i++) {
      otp.append(BASE62.charAt(random.nextInt(BASE62.length())));
    }
    if (call.output().isTable()) {
      call.console().value(otp.toString());
      return 0;
    }
    return call.output()
        .data(Tree.body("otp", otp.toString(), "otp_length", Numeral.of(otp.length())));
  }

  private int decode() {
    String otp = call.get(OTP);
    if (otp.isEmpty()) {
      throw Failure.usage("Missing otp: use -otp to supply it");
    }
    String encoded = call.get(DECODE);
    if (encoded.equals("-")) {
      encoded = call.console().readAll();
    }
    String token = decode(encoded.strip(), otp);
    if (call.output().isTable()) {
      call.console().value(token);
      return 0;
    }
    return call.output().data(Tree.body("token", token));
  }

  /// The token is the encoded text's bytes, each XORed with the one of the password.
  static String decode(String encoded, String otp) {
    byte[] bytes;
    try {
      bytes = Base64.getMimeDecoder().decode(encoded);
    } catch (IllegalArgumentException e) {
      throw Failure.usage("Error decoding root token: error decoding base64'd token");
    }
    byte[] pad = otp.getBytes(StandardCharsets.UTF_8);
    if (pad.length != bytes.length) {
      throw Failure.usage(
          "Error decoding root token: length of byte slices is not equivalent: "
              + bytes.length
              + " != "
              + pad.length);
    }
    byte[] token = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      token[i] = (byte) (bytes[i] ^ pad[i]);
    }
    return new String(token, StandardCharsets.UTF_8);
  }

  private int init() {
    List<String> keys = PgpKeys.read(call.get(PGP_KEY));
    if (!call.get(OTP).isEmpty() && !keys.isEmpty()) {
      throw Failure.usage("Error initializing: cannot specify both -otp and -pgp-key");
    }
    Map<String, @Nullable Object> body =
        Tree.body("otp", call.get(OTP), "pgp_key", keys.isEmpty() ? "" : keys.get(0));
    return show(
        call.client().data("PUT", base + "attempt", body, "Error initializing root generation"));
  }

  private int provide(Map<String, @Nullable Object> status) {
    if (!Tree.truth(status, "started")) {
      call.console()
          .error(
              Wrap.text(
                  "No root generation is in progress. Start a root generation by running \""
                      + Program.NAME
                      + " operator generate-root -init\"."));
      call.console()
          .warn(
              Wrap.text(
                  "If starting root generation using the OTP method and generating your own OTP,"
                      + " the length of the OTP string needs to be "
                      + Tree.number(status, "otp_length")
                      + " characters in length."));
      return Failure.USAGE;
    }
    QuorumKey key = QuorumKey.of(call, NONCE, Tree.text(status, "nonce"), "Operation", "Unseal");
    Map<String, @Nullable Object> body = Tree.body("key", key.key(), "nonce", key.nonce());
    return show(call.client().data("PUT", base + "update", body, "Error posting unseal key"));
  }

  private int show(Map<String, @Nullable Object> status) {
    if (!call.output().isTable()) {
      return call.output().data(tree(status));
    }
    Table table = Table.bare();
    table.row("Nonce", Tree.text(status, "nonce"));
    table.row("Started", Boolean.toString(Tree.truth(status, "started")));
    table.row("Progress", Tree.number(status, "progress") + "/" + Tree.number(status, "required"));
    table.row("Complete", Boolean.toString(Tree.truth(status, "complete")));
    row(table, status, "PGP Fingerprint", "pgp_fingerprint");
    if (!row(table, status, "Encoded Token", "encoded_token")) {
      row(table, status, "Encoded Root Token", "encoded_root_token");
    }
    if (!Tree.text(status, "otp").isEmpty()) {
      call.console()
          .warn(
              Wrap.text(
                  "A One-Time-Password has been generated for you and is shown in the OTP field."
                      + " You will need this value to decode the resulting root token, so keep it"
                      + " safe."));
      row(table, status, "OTP", "otp");
    }
    if (Tree.number(status, "otp_length") != 0) {
      table.row("OTP Length", Long.toString(Tree.number(status, "otp_length")));
    }
    call.console().line(table.toString());
    return 0;
  }

  private static boolean row(
      Table table, Map<String, @Nullable Object> status, String title, String key) {
    String value = Tree.text(status, key);
    if (!value.isEmpty()) {
      table.row(title, value);
    }
    return !value.isEmpty();
  }

  private static Map<String, @Nullable Object> tree(Map<String, @Nullable Object> status) {
    return Tree.body(
        "nonce", Tree.text(status, "nonce"),
        "started", Tree.truth(status, "started"),
        "progress", Numeral.of(Tree.number(status, "progress")),
        "required", Numeral.of(Tree.number(status, "required")),
        "complete", Tree.truth(status, "complete"),
        "encoded_token", Tree.text(status, "encoded_token"),
        "encoded_root_token", Tree.text(status, "encoded_root_token"),
        "pgp_fingerprint", Tree.text(status, "pgp_fingerprint"),
        "otp", Tree.text(status, "otp"),
        "otp_length", Numeral.of(Tree.number(status, "otp_length")));
  }
}
