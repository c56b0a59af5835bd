package coffer.sys;

import static coffer.engine.Operation.DELETE;
import static coffer.engine.Operation.READ;
import static coffer.engine.Operation.UPDATE;

import coffer.engine.Call;
import coffer.engine.Kind;
import coffer.engine.Operation;
import coffer.engine.Param;
import coffer.engine.Refusal;
import coffer.engine.Reply;
import coffer.engine.Route;
import coffer.seal.NewShares;
import coffer.seal.Rekey;
import coffer.seal.Seal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `sys/rekey`: new shares for those who have the old ones, without a token.
final class RekeyRoutes {
  static final Param<Long> SHARES =
      Param.field("secret_shares", Kind.INTEGER, "How many shares of the key to make.", 0L);
  static final Param<Long> THRESHOLD =
      Param.field("secret_threshold", Kind.INTEGER, "How many of them unseal the server.", 0L);
  static final Param<Boolean> VERIFY =
      Param.flag("require_verification", "Whether the new shares must come back first.");
  static final Param<List<String>> PGP_KEYS =
      Param.strings("pgp_keys", "Whom to encrypt the shares for: not supported.");
  static final Param<Boolean> BACKUP =
      Param.flag("backup", "Keep the encrypted shares: not supported, as encrypting them isn't.");
  private static final Param<Long> STORED_SHARES =
      Param.field("stored_shares", Kind.INTEGER, "Kept for old clients, and without effect.", 0L);
  static final Param<String> KEY = Param.string("key", "A share, as hex or base64.");
  static final Param<String> NONCE = Param.string("nonce", "The nonce of the attempt.");

  private final Rekey rekey;

  RekeyRoutes(Seal seal) {
    this.rekey = seal.rekey();
  }

  List<Route> routes() {
    var routes = new ArrayList<Route>();
    routes.add(Route.of(READ, "rekey/init", "How far new shares are.", this::progress).open());
    routes.add(
        StrictBody.of(
                UPDATE,
                "rekey/init",
                "Begin to make new shares.",
                this::start,
                SHARES,
                THRESHOLD,
                VERIFY,
                PGP_KEYS,
                BACKUP,
                STORED_SHARES)
            .open());
    routes.add(Route.of(DELETE, "rekey/init", "Give it up.", this::cancel).open());
    routes.add(
        StrictBody.of(UPDATE, "rekey/update", "Give an old share.", this::update, KEY, NONCE)
            .open());
    routes.add(noShare("rekey/update"));
    routes.add(
        Route.of(READ, "rekey/verify", "How many new shares came back.", this::verification)
            .open());
    routes.add(
        StrictBody.of(UPDATE, "rekey/verify", "Give a new share back.", this::verify, KEY, NONCE)
            .open());
    routes.add(Route.of(DELETE, "rekey/verify", "Let them come back anew.", this::restart).open());
    routes.addAll(backup("rekey/backup"));
    routes.addAll(backup("rekey/recovery-key-backup"));
    for (String step : List.of("init", "update", "verify")) {
      for (Operation operation : List.of(READ, UPDATE, DELETE)) {
        routes.add(recovery(operation, "rekey-recovery-key/" + step));
      }
    }
    return routes;
  }

  /// Reading gives no share.
  static Route noShare(String path) {
    return Route.of(READ, path, "Not by reading.", RekeyRoutes::refuseShare).open();
  }

  private static Reply refuseShare(Call call) {
    throw missingShare();
  }

  private static Refusal missingShare() {
    return Refusal.bad("'key' must be specified in request body as JSON");
  }

  /// What is kept of encrypted shares: there are none.
  static List<Route> backup(String path) {
    return List.of(
        Route.of(READ, path, "Show the encrypted shares.", RekeyRoutes::noBackup),
        Route.of(DELETE, path, "Forget the encrypted shares.", call -> Reply.DONE));
  }

  private static Reply noBackup(Call call) {
    throw Refusal.bad("no backed-up keys found");
  }

  private static Route recovery(Operation operation, String path) {
    return Route.of(operation, path, "Not for this type of seal.", RekeyRoutes::noRecovery).open();
  }

  private static Reply noRecovery(Call call) {
    throw Refusal.bad("recovery rekeying not supported");
  }

  /// @param miscounted what is said where there are not as many keys as shares
  static void refuseEncrypting(Call call, String miscounted) {
    List<String> people = call.get(PGP_KEYS);
    if (!people.isEmpty() && people.size() != call.get(SHARES)) {
      throw Refusal.bad(miscounted);
    }
    Shown.refusePgp(!people.isEmpty());
    if (call.get(BACKUP)) {
      throw Refusal.bad(
          "cannot request a backup of the new keys without providing PGP keys for encryption");
    }
  }

  /// The share of a request.
  static byte[] share(Call call) {
    if (call.get(KEY).isEmpty()) {
      throw missingShare();
    }
    return Shown.share(call.get(KEY));
  }

  private Reply progress(Call call) {
    return Shown.raw(fields(rekey.progress()));
  }

  private Reply start(Call call) {
    refuseEncrypting(call, "incorrect number of PGP keys for rekey");
    return Shown.raw(fields(rekey.start(call.get(SHARES), call.get(THRESHOLD), call.get(VERIFY))));
  }

  private Reply cancel(Call call) {
    rekey.cancel();
    return Reply.DONE;
  }

  private Reply update(Call call) {
    Rekey.Step step = rekey.update(share(call), call.get(NONCE));
    NewShares given = step.given();
    return Shown.raw(given == null ? fields(step.progress()) : complete(step.progress(), given));
  }

  private static Map<String, @Nullable Object> fields(Rekey.Progress progress) {
    var fields = new LinkedHashMap<String, @Nullable Object>();
    fields.put("nonce", progress.nonce());
    fields.put("started", progress.started());
    fields.put("t", progress.threshold());
    fields.put("n", progress.shares());
    fields.put("progress", progress.progress());
    fields.put("required", progress.required());
    putVerification(fields, progress);
    return fields;
  }

  static Map<String, @Nullable Object> complete(Rekey.Progress progress, NewShares given) {
    var fields = new LinkedHashMap<String, @Nullable Object>();
    fields.put("nonce", progress.nonce());
    fields.put("complete", true);
    Shown.put(fields, given);
    putVerification(fields, progress);
    return fields;
  }

  private static void putVerification(
      Map<String, @Nullable Object> fields, Rekey.Progress progress) {
    fields.put("pgp_fingerprints", null);
    fields.put("backup", false);
    fields.put("verification_required", progress.verify());
    if (!progress.verificationNonce().isEmpty()) {
      fields.put("verification_nonce", progress.verificationNonce());
    }
  }

  private Reply verification(Call call) {
    return Shown.raw(verification(rekey.verification()));
  }

  static Map<String, @Nullable Object> verification(Rekey.Progress progress) {
    var fields = new LinkedHashMap<String, @Nullable Object>();
    fields.put("nonce", progress.verificationNonce());
    fields.put("started", !progress.verificationNonce().isEmpty());
    fields.put("t", progress.threshold());
    fields.put("n", progress.shares());
    fields.put("progress", progress.verified());
    return fields;
  }

  private Reply restart(Call call) {
    return Shown.raw(verification(rekey.restartVerification()));
  }

  private Reply verify(Call call) {
    return Shown.raw(verified(rekey.verify(share(call), call.get(NONCE))));
  }

  static Map<String, ? extends @Nullable Object> verified(Rekey.Verification verified) {
    if (!verified.complete()) {
      return verification(verified.progress());
    }
    var fields = new LinkedHashMap<String, Object>();
    fields.put("nonce", verified.nonce());
    fields.put("complete", true);
    return fields;
  }
}
