package coffer.sys;

import static coffer.engine.Operation.DELETE;
import static coffer.engine.Operation.READ;
import static coffer.engine.Operation.UPDATE;
import static coffer.sys.RekeyRoutes.KEY;
import static coffer.sys.RekeyRoutes.NONCE;

import coffer.engine.Call;
import coffer.engine.Param;
import coffer.engine.Refusal;
import coffer.engine.Reply;
import coffer.engine.Route;
import coffer.seal.RootGeneration;
import coffer.seal.RootGeneration.Progress;
import coffer.seal.Seal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `sys/generate-root`: a root token for those who have enough shares, without a token; and
/// `sys/generate-root-token`, the same for those who also have one.
final class RootGenerationRoutes {
  private static final Param<String> OTP =
      Param.string("otp", "The one-time password; one is made where it is left out.");
  private static final Param<String> PGP_KEY =
      Param.string("pgp_key", "Whom to encrypt the token for: not supported.");

  private static final Param<String> ENCODED =
      Param.string("encoded_token", "The token as it was told.");

  private final RootGeneration generation;

  RootGenerationRoutes(Seal seal) {
    this.generation = seal.rootGeneration();
  }

  List<Route> routes() {
    return List.of(
        Route.of(READ, "generate-root/attempt", "How far it is.", this::progress).open(),
        StrictBody.of(UPDATE, "generate-root/attempt", "Begin.", this::start, OTP, PGP_KEY).open(),
        Route.of(DELETE, "generate-root/attempt", "Give it up.", this::cancel).open(),
        StrictBody.of(UPDATE, "generate-root/update", "Give a share.", this::update, KEY, NONCE)
            .open(),
        RekeyRoutes.noShare("generate-root/update"),
        Route.of(READ, "generate-root-token/attempt", "How far it is.", this::tokenProgress),
        Route.of(UPDATE, "generate-root-token/attempt", "Begin.", this::tokenStart, OTP, PGP_KEY),
        Route.of(DELETE, "generate-root-token/attempt", "Give it up.", this::cancel),
        Route.of(
            UPDATE, "generate-root-token/update", "Give a share.", this::tokenUpdate, KEY, NONCE),
        Route.of(
                UPDATE,
                "decode-token",
                "Take the one-time password off a token.",
                RootGenerationRoutes::decode,
                ENCODED,
                OTP)
            .open());
  }

  private RootGeneration.Begun begin(Call call) {
    Shown.refusePgp(call.get(OTP).isEmpty() && !call.get(PGP_KEY).isEmpty());
    return generation.start(call.get(OTP));
  }

  private Reply cancel(Call call) {
    generation.cancel();
    return Reply.DONE;
  }

  private Reply progress(Call call) {
    return Shown.raw(fields(generation.progress(), "", "", generation.passwordLength()));
  }

  private Reply start(Call call) {
    var begun = begin(call);
    return Shown.raw(fields(begun.progress(), "", begun.password(), generation.passwordLength()));
  }

  private Reply update(Call call) {
    var step = generation.update(RekeyRoutes.share(call), call.get(NONCE));
    return Shown.raw(fields(step.progress(), step.encodedToken(), "", 0));
  }

  private static Map<String, Object> fields(
      Progress progress, String encodedToken, String password, int passwordLength) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("nonce", progress.nonce());
    fields.put("started", progress.started());
    fields.put("progress", progress.progress());
    fields.put("required", progress.required());
    fields.put("complete", !encodedToken.isEmpty());
    fields.put("encoded_token", encodedToken);
    fields.put("encoded_root_token", encodedToken);
    fields.put("pgp_fingerprint", "");
    fields.put("otp", password);
    fields.put("otp_length", passwordLength);
    return fields;
  }

  private Reply tokenProgress(Call call) {
    return new Reply.Data(attempt(generation.progress(), ""));
  }

  private Reply tokenStart(Call call) {
    var begun = begin(call);
    return new Reply.Data(attempt(begun.progress(), begun.password()));
  }

  private Map<String, Object> attempt(Progress progress, String password) {
    var fields = tokenFields(progress, false);
    fields.put("otp", password);
    fields.put("otp_length", generation.passwordLength());
    return fields;
  }

  private static Map<String, Object> tokenFields(Progress progress, boolean complete) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("started", progress.started());
    fields.put("progress", progress.progress());
    fields.put("required", progress.required());
    fields.put("complete", complete);
    if (progress.started()) {
      fields.put("nonce", progress.nonce());
      fields.put("pgp_fingerprint", "");
    }
    return fields;
  }

  private Reply tokenUpdate(Call call) {
    if (call.get(KEY).isEmpty()) {
      throw Refusal.bad("key is required");
    }
    if (call.get(NONCE).isEmpty()) {
      throw Refusal.bad("nonce is required");
    }
    var step = generation.update(Shown.share(call.get(KEY)), call.get(NONCE));
    var fields = tokenFields(step.progress(), step.complete());
    fields.put("encoded_token", step.encodedToken());
    return new Reply.Data(fields);
  }

  private static Reply decode(Call call) {
    String encoded = call.get(ENCODED);
    String password = call.get(OTP);
    if (encoded.isEmpty() || password.isEmpty()) {
      throw Refusal.bad("provided 'encoded_token' or 'otp' is empty");
    }
    return new Reply.Data(Map.of("token", RootGeneration.decode(encoded, password)));
  }
}
