package coffer.sys;

import static coffer.engine.Operation.READ;
import static coffer.engine.Operation.UPDATE;

import coffer.barrier.Barrier;
import coffer.barrier.KeyStatus;
import coffer.barrier.Rotation;
import coffer.engine.Call;
import coffer.engine.Durations;
import coffer.engine.Kind;
import coffer.engine.Param;
import coffer.engine.Refusal;
import coffer.engine.Reply;
import coffer.engine.Route;
import coffer.seal.Seal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `sys/key-status` and `sys/rotate`: the keys by which values are stored.
final class KeyRoutes {
  private static final Param<Boolean> ENABLED =
      Param.field("enabled", Kind.BOOLEAN, "Whether the key is replaced without being asked.");
  private static final Param<Long> MAX_OPERATIONS =
      Param.field("max_operations", Kind.INTEGER, "How many values one key seals.");
  private static final Param<Duration> INTERVAL =
      Param.field("interval", Kind.TTL, "How long one key is used; 0 for no limit.");

  private final Seal seal;
  private final Barrier barrier;

  KeyRoutes(Seal seal, Barrier barrier) {
    this.seal = seal;
    this.barrier = barrier;
  }

  List<Route> routes() {
    return List.of(
        Route.of(READ, "key-status", "The key that is in use.", this::status),
        rotate("rotate"),
        rotate("rotate/keyring"),
        Route.of(UPDATE, "rotate/root", "Make a new root key.", this::rotateRoot).sudo(),
        read("rotate/config"),
        read("rotate/keyring/config"),
        write("rotate/config"),
        write("rotate/keyring/config"));
  }

  private Route rotate(String path) {
    return Route.of(UPDATE, path, "Store new values by a new key.", this::rotate).sudo();
  }

  private Route read(String path) {
    return Route.of(READ, path, "When the key is replaced.", this::config);
  }

  private Route write(String path) {
    return Route.of(
        UPDATE,
        path,
        "Say when the key is replaced.",
        this::configure,
        ENABLED,
        MAX_OPERATIONS,
        INTERVAL);
  }

  private Reply status(Call call) {
    KeyStatus status = barrier.status();
    var fields = new LinkedHashMap<String, Object>();
    fields.put("term", status.term());
    fields.put("install_time", status.installed());
    fields.put("encryptions", status.encryptions());
    return new Reply.Data(fields);
  }

  private Reply rotate(Call call) {
    barrier.rotate();
    return Reply.DONE;
  }

  private Reply rotateRoot(Call call) {
    seal.rotateRoot();
    return Reply.DONE;
  }

  private Reply config(Call call) {
    Rotation rotation = barrier.rotation();
    return new Reply.Data(
        Map.of(
            "enabled",
            rotation.enabled(),
            "max_operations",
            rotation.maxOperations(),
            "interval",
            rotation.interval().isZero() ? 0L : Durations.format(rotation.interval())));
  }

  private Reply configure(Call call) {
    call.find(MAX_OPERATIONS).ifPresent(KeyRoutes::check);
    call.find(INTERVAL).ifPresent(KeyRoutes::check);
    barrier.rotation(
        old ->
            new Rotation(
                call.find(ENABLED).orElse(old.enabled()),
                call.find(MAX_OPERATIONS).orElse(old.maxOperations()),
                call.find(INTERVAL).orElse(old.interval())));
    return Reply.DONE;
  }

  private static void check(long operations) {
    if (operations < Rotation.MIN_OPERATIONS || operations > Rotation.MAX_OPERATIONS) {
      throw Refusal.bad(
          "max_operations must be in the range ["
              + Rotation.MIN_OPERATIONS
              + ","
              + Rotation.MAX_OPERATIONS
              + "]");
    }
  }

  private static void check(Duration interval) {
    if (!interval.isZero() && interval.compareTo(Rotation.MIN_INTERVAL) < 0) {
      throw Refusal.bad(
          "interval must be greater or equal to " + Durations.format(Rotation.MIN_INTERVAL));
    }
  }
}
