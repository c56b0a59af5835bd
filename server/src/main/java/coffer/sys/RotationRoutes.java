package coffer.sys;

import static coffer.engine.Operation.DELETE;
import static coffer.engine.Operation.READ;
import static coffer.engine.Operation.UPDATE;
import static coffer.sys.RekeyRoutes.BACKUP;
import static coffer.sys.RekeyRoutes.KEY;
import static coffer.sys.RekeyRoutes.NONCE;
import static coffer.sys.RekeyRoutes.PGP_KEYS;
import static coffer.sys.RekeyRoutes.SHARES;
import static coffer.sys.RekeyRoutes.THRESHOLD;
import static coffer.sys.RekeyRoutes.VERIFY;

import coffer.engine.Call;
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

/// `sys/rotate/root`: as `sys/rekey`, but for those who also have a token; and what this type of
/// seal has no use for.
final class RotationRoutes {
  private final Rekey rotation;

  RotationRoutes(Seal seal) {
    this.rotation = seal.rotation();
  }

  List<Route> routes() {
    var routes = new ArrayList<Route>();
    routes.add(Route.of(READ, "rotate/root/init", "How far new shares are.", this::progress));
    routes.add(
        Route.of(
            UPDATE,
            "rotate/root/init",
            "Begin to make new shares.",
            this::start,
            SHARES,
            THRESHOLD,
            VERIFY,
            PGP_KEYS,
            BACKUP));
    routes.add(Route.of(DELETE, "rotate/root/init", "Give it up.", this::cancel));
    routes.add(
        Route.of(UPDATE, "rotate/root/update", "Give an old share.", this::update, KEY, NONCE));
    routes.add(Route.of(READ, "rotate/root/verify", "How many came back.", this::verification));
    routes.add(
        Route.of(UPDATE, "rotate/root/verify", "Give a new share back.", this::verify, KEY, NONCE));
    routes.add(Route.of(DELETE, "rotate/root/verify", "Let them come back anew.", this::restart));
    routes.addAll(RekeyRoutes.backup("rotate/root/backup"));
    routes.addAll(RekeyRoutes.backup("rotate/recovery/backup"));
    for (String step : List.of("init", "update", "verify")) {
      for (Operation operation : List.of(READ, UPDATE, DELETE)) {
        routes.add(recovery(operation, "rotate/recovery/" + step));
      }
    }
    return routes;
  }

  private static Route recovery(Operation operation, String path) {
    return Route.of(operation, path, "Not for this type of seal.", RotationRoutes::noRecovery);
  }

  private static Reply noRecovery(Call call) {
    throw Refusal.bad("recovery keys not supported");
  }

  private Reply progress(Call call) {
    return new Reply.Data(fields(rotation.progress()));
  }

  private Reply start(Call call) {
    RekeyRoutes.refuseEncrypting(
        call,
        "invalid rotate seal configuration: count mismatch between number of provided PGP keys and"
            + " number of shares");
    return new Reply.Data(
        fields(rotation.start(call.get(SHARES), call.get(THRESHOLD), call.get(VERIFY))));
  }

  private Reply cancel(Call call) {
    rotation.cancel();
    return Reply.DONE;
  }

  private Reply update(Call call) {
    Rekey.Step step = rotation.update(share(call), nonce(call));
    NewShares given = step.given();
    if (given == null) {
      return new Reply.Data(fields(step.progress()));
    }
    Map<String, @Nullable Object> complete = RekeyRoutes.complete(step.progress(), given);
    complete.putIfAbsent("verification_nonce", "");
    return new Reply.Data(complete);
  }

  private static byte[] share(Call call) {
    return Shown.share(needed(call, KEY));
  }

  private static String nonce(Call call) {
    return needed(call, NONCE);
  }

  private static String needed(Call call, Param<String> param) {
    String value = call.get(param);
    if (value.isEmpty()) {
      throw Refusal.bad("missing required field '" + param.name() + "'");
    }
    return value;
  }

  private static Map<String, @Nullable Object> fields(Rekey.Progress progress) {
    var fields = new LinkedHashMap<String, @Nullable Object>();
    fields.put("started", progress.started());
    fields.put("t", progress.threshold());
    fields.put("n", progress.shares());
    fields.put("required", progress.required());
    if (progress.started()) {
      fields.put("nonce", progress.nonce());
      fields.put("progress", progress.progress());
      fields.put("verification_required", progress.verify());
      fields.put("verification_nonce", progress.verificationNonce());
    }
    return fields;
  }

  private Reply verification(Call call) {
    return new Reply.Data(RekeyRoutes.verification(rotation.verification()));
  }

  private Reply restart(Call call) {
    return new Reply.Data(RekeyRoutes.verification(rotation.restartVerification()));
  }

  private Reply verify(Call call) {
    return new Reply.Data(RekeyRoutes.verified(rotation.verify(share(call), nonce(call))));
  }
}
