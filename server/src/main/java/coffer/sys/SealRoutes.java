package coffer.sys;

import static coffer.engine.Operation.READ;
import static coffer.engine.Operation.UPDATE;

import coffer.barrier.Barrier;
import coffer.engine.Call;
import coffer.engine.Kind;
import coffer.engine.Param;
import coffer.engine.Refusal;
import coffer.engine.Refusal.Why;
import coffer.engine.Reply;
import coffer.engine.Route;
import coffer.engine.Version;
import coffer.seal.Cluster;
import coffer.seal.Seal;
import coffer.seal.SealStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `sys/init`, `sys/unseal`, `sys/seal` and all else that has to do with the seal and its keys.
public final class SealRoutes {
  private static final Param<Long> SHARES =
      Param.field("secret_shares", Kind.INTEGER, "How many shares of the key to make.", 0L);
  private static final Param<Long> THRESHOLD =
      Param.field("secret_threshold", Kind.INTEGER, "How many of them unseal the server.", 0L);
  private static final Param<List<String>> PGP_KEYS =
      Param.strings("pgp_keys", "Whom to encrypt the shares for: not supported.");
  private static final Param<String> ROOT_PGP_KEY =
      Param.string("root_token_pgp_key", "Whom to encrypt the root token for: not supported.");
  private static final Param<Long> RECOVERY_SHARES =
      Param.field("recovery_shares", Kind.INTEGER, "Not for this type of seal.", 0L);
  private static final Param<Long> RECOVERY_THRESHOLD =
      Param.field("recovery_threshold", Kind.INTEGER, "Not for this type of seal.", 0L);
  private static final Param<List<String>> RECOVERY_PGP_KEYS =
      Param.strings("recovery_pgp_keys", "Not for this type of seal.");
  private static final Param<Long> STORED_SHARES =
      Param.field("stored_shares", Kind.INTEGER, "Kept for old clients, and without effect.", 0L);

  private static final Param<String> KEY = Param.string("key", "A share, as hex or base64.");
  private static final Param<Boolean> RESET =
      Param.flag("reset", "Forget the shares that were given so far.");
  private static final Param<Boolean> MIGRATE =
      Param.flag("migrate", "Move to another seal: there is none.");

  private final Seal seal;
  private final Barrier barrier;
  private final Node node;

  public SealRoutes(Seal seal, Barrier barrier, Node node) {
    this.seal = seal;
    this.barrier = barrier;
    this.node = node;
  }

  /// Of all topics that have to do with the seal.
  public List<Route> routes() {
    var routes = new ArrayList<Route>();
    routes.add(Route.of(READ, "init", "Whether the server has keys.", this::initialized).always());
    routes.add(initialize());
    routes.add(Route.of(READ, "seal-status", "How the seal is.", this::status).always());
    routes.add(
        StrictBody.of(
                UPDATE, "unseal", "Give a share of the key.", this::unseal, KEY, RESET, MIGRATE)
            .always());
    routes.add(Route.of(UPDATE, "seal", "Forget the keys.", this::seal).sudo());
    routes.addAll(new HealthRoutes(seal, node).routes());
    routes.addAll(new KeyRoutes(seal, barrier).routes());
    routes.addAll(new RekeyRoutes(seal).routes());
    routes.addAll(new RotationRoutes(seal).routes());
    routes.addAll(new RootGenerationRoutes(seal).routes());
    return List.copyOf(routes);
  }

  private Route initialize() {
    return StrictBody.of(
            UPDATE,
            "init",
            "Make the keys of the server and its first root token.",
            this::initialize,
            SHARES,
            THRESHOLD,
            PGP_KEYS,
            ROOT_PGP_KEY,
            RECOVERY_SHARES,
            RECOVERY_THRESHOLD,
            RECOVERY_PGP_KEYS,
            STORED_SHARES)
        .always();
  }

  private Reply initialized(Call call) {
    return Shown.raw(Map.of("initialized", seal.status().initialized()));
  }

  private Reply initialize(Call call) {
    refuseRecovery(call);
    List<String> people = call.get(PGP_KEYS);
    if (!people.isEmpty() && people.size() != call.get(SHARES)) {
      throw Refusal.bad(
          "invalid seal configuration: count mismatch between number of provided PGP keys and"
              + " number of shares");
    }
    Shown.refusePgp(!people.isEmpty() || !call.get(ROOT_PGP_KEY).isEmpty());
    Seal.Initialized made = seal.initialize(call.get(SHARES), call.get(THRESHOLD));
    var fields = new LinkedHashMap<String, Object>();
    Shown.put(fields, made.shares());
    fields.put("root_token", made.rootToken());
    return Shown.raw(fields);
  }

  private static void refuseRecovery(Call call) {
    var given = new ArrayList<String>();
    if (call.get(RECOVERY_SHARES) != 0) {
      given.add("recovery_shares");
    }
    if (call.get(RECOVERY_THRESHOLD) != 0) {
      given.add("recovery_threshold");
    }
    if (!call.get(RECOVERY_PGP_KEYS).isEmpty()) {
      given.add("recovery_pgp_keys");
    }
    if (!given.isEmpty()) {
      throw Refusal.bad(
          "parameters " + String.join(",", given) + " not applicable to seal type shamir");
    }
  }

  private Reply status(Call call) {
    return Shown.raw(fields(seal.status()));
  }

  private Reply unseal(Call call) {
    if (call.get(RESET)) {
      return Shown.raw(fields(seal.resetUnseal()));
    }
    if (call.get(KEY).isEmpty()) {
      throw Refusal.bad("'key' must be specified in request body as JSON, or 'reset' set to true");
    }
    byte[] share = Shown.share(call.get(KEY));
    if (call.get(MIGRATE)) {
      throw new Refusal(Why.FAILED, "can't perform a seal migration, no migration seal found");
    }
    return Shown.raw(fields(seal.unseal(share)));
  }

  private Reply seal(Call call) {
    seal.seal();
    return Reply.DONE;
  }

  private Map<String, Object> fields(SealStatus status) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("type", status.type());
    fields.put("initialized", status.initialized());
    fields.put("sealed", status.sealed());
    fields.put("t", status.threshold());
    fields.put("n", status.shares());
    fields.put("progress", status.progress());
    fields.put("nonce", status.nonce());
    fields.put("version", Version.COMPATIBLE);
    fields.put("build_date", node.built());
    fields.put("commit_date", node.built());
    fields.put("migration", false);
    put(fields, status.cluster());
    fields.put("recovery_seal", false);
    fields.put("storage_type", node.storageType());
    return fields;
  }

  static void put(Map<String, Object> fields, @Nullable Cluster cluster) {
    if (cluster != null) {
      fields.put("cluster_name", cluster.name());
      fields.put("cluster_id", cluster.id());
    }
  }
}
