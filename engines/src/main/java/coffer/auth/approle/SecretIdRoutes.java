package coffer.auth.approle;

import coffer.engine.AddressRange;
import coffer.engine.Call;
import coffer.engine.Kind;
import coffer.engine.Operation;
import coffer.engine.Param;
import coffer.engine.Refusal;
import coffer.engine.Reply;
import coffer.engine.Route;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// New secret ids: random ones, and those that somebody brings along.
final class SecretIdRoutes {
  static final Param<String> SECRET_ID = Param.string("secret_id", "The secret id.");

  /// The longest secret id, in bytes.
  private static final int MOST_BYTES = 4_096;

  private static final Param<String> METADATA =
      Param.string("metadata", "What the tokens are to carry: a JSON object of texts, or a=b,c=d.");
  private static final Param<List<String>> CIDR_LIST =
      Param.strings("cidr_list", "The blocks of IP addresses from where one may log in with it.");
  private static final Param<List<String>> TOKEN_BOUND_CIDRS =
      Param.strings(
          "token_bound_cidrs", "The blocks of IP addresses from where one may use the tokens.");
  private static final Param<Long> NUM_USES =
      Param.field(
          "num_uses", Kind.INTEGER, "How often it may be used; as the role says, if not given.");
  private static final Param<Duration> TTL =
      Param.field("ttl", Kind.TTL, "How long it lasts; as the role says, if not given.");

  private final Roles roles;
  private final MountKey keys;
  private final Ids ids;

  SecretIdRoutes(Roles roles, MountKey keys, Ids ids) {
    this.roles = roles;
    this.keys = keys;
    this.ids = ids;
  }

  List<Route> routes() {
    return List.of(
        Route.of(
            Operation.UPDATE,
            "role/{role_name}/secret-id",
            "Make a secret id.",
            this::random,
            Roles.NAME,
            METADATA,
            CIDR_LIST,
            TOKEN_BOUND_CIDRS,
            NUM_USES,
            TTL),
        Route.of(
            Operation.UPDATE,
            "role/{role_name}/custom-secret-id",
            "Take a secret id that somebody chose.",
            this::custom,
            Roles.NAME,
            SECRET_ID,
            METADATA,
            CIDR_LIST,
            TOKEN_BOUND_CIDRS,
            NUM_USES,
            TTL));
  }

  private Reply random(Call call) {
    Role role = role(call);
    SecretId secretId = fresh(call, role);
    new Cleaning(call, keys).aFew();
    String id = ids.next();
    var secretIds = new SecretIds(call, keys.hashes(call), role.folder());
    secretIds.add(secretIds.hash(id), secretId);
    return told(id, secretId);
  }

  private Reply custom(Call call) {
    String id = call.get(SECRET_ID);
    if (id.isEmpty()) {
      throw Refusal.bad("missing secret_id");
    }
    Role role = role(call);
    SecretId secretId = fresh(call, role);
    if (id.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
      throw notStored(
          "failed to create HMAC of secret ID: value is longer than maximum of %d bytes"
              .formatted(MOST_BYTES));
    }
    // Whoever clears away expired ones might take a new one for the old.
    new Cleaning(call, keys).lock();
    var secretIds = new SecretIds(call, keys.hashes(call), role.folder());
    String hash = secretIds.hash(id);
    secretIds.stored(hash).ifPresent(old -> replace(call, secretIds, hash, old));
    secretIds.add(hash, secretId);
    return told(id, secretId);
  }

  private static void replace(Call call, SecretIds secretIds, String hash, SecretId old) {
    if (!Cleaning.isDue(old, call.now())) {
      throw notStored("SecretID is already registered");
    }
    secretIds.remove(hash, old);
  }

  private Role role(Call call) {
    String name = Roles.name(call);
    Role role =
        roles
            .find(call, name)
            .orElseThrow(() -> new Refusal(Refusal.Why.ABSENT, Roles.missing(name)));
    if (!role.bindsSecretId()) {
      throw Refusal.bad("bind_secret_id is not set on the role");
    }
    return role;
  }

  /// A secret id as it is wanted, within what its role says.
  private SecretId fresh(Call call, Role role) {
    return new SecretId(
        ids.next(),
        call.now(),
        call.now(),
        ttl(call, role),
        uses(call, role),
        blocks(call, CIDR_LIST, "CIDR blocks", role.secretIdCidrs().ranges()),
        blocks(call, TOKEN_BOUND_CIDRS, "token CIDR blocks", role.tokens().boundCidrs()),
        Metadata.parse(call.get(METADATA)));
  }

  private static long uses(Call call, Role role) {
    long uses = call.find(NUM_USES).orElse(role.secretIdUses());
    if (uses < 0) {
      throw Refusal.bad("num_uses cannot be negative");
    }
    if (role.secretIdUses() > 0 && (uses == 0 || uses > role.secretIdUses())) {
      throw Refusal.bad("num_uses cannot be higher than the role's secret_id_num_uses");
    }
    return uses;
  }

  private static Duration ttl(Call call, Role role) {
    Duration ttl = call.find(TTL).orElse(role.secretIdTtl());
    Duration most = role.secretIdTtl();
    if (most.isPositive() && (ttl.isZero() || ttl.compareTo(most) > 0)) {
      throw Refusal.bad("ttl cannot be longer than the role's secret_id_ttl");
    }
    return ttl;
  }

  private static Blocks blocks(
      Call call, Param<List<String>> param, String what, List<AddressRange> ofRole) {
    var blocks = new Blocks(call.get(param));
    Optional<String> wrong = blocks.wrong();
    if (wrong.isPresent()) {
      throw failed("failed to validate " + what + ": " + wrong.get());
    }
    if (!blocks.areWithin(ofRole)) {
      throw failed(
          "failed to verify subset relationship between CIDR blocks on the role %s and CIDR blocks on the secret ID %s"
              .formatted(Blocks.quoted(ofRole), Blocks.quoted(blocks.texts())));
    }
    return blocks;
  }

  private static Refusal notStored(String why) {
    return failed("failed to store secret_id: " + why);
  }

  private static Refusal failed(String why) {
    return new Refusal(Refusal.Why.FAILED, Refusal.listed(why));
  }

  /// The one answer that has a secret id in it.
  private static Reply told(String id, SecretId secretId) {
    var data = new LinkedHashMap<String, Object>();
    data.put("secret_id", id);
    data.put("secret_id_accessor", secretId.accessor());
    data.put("secret_id_num_uses", secretId.uses());
    data.put("secret_id_ttl", secretId.ttl());
    return new Reply.Data(data);
  }
}
