package coffer.sys;

import static coffer.engine.Operation.DELETE;
import static coffer.engine.Operation.LIST;
import static coffer.engine.Operation.READ;
import static coffer.engine.Operation.UPDATE;

import coffer.barrier.Barrier;
import coffer.barrier.Transaction;
import coffer.engine.Call;
import coffer.engine.Kind;
import coffer.engine.Param;
import coffer.engine.Refusal;
import coffer.engine.Reply;
import coffer.engine.Route;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/// `sys/raw`: everything that is stored, key by key, for repairs that nothing else can do. Only
/// where the configuration says `raw_storage_endpoint`. What is written goes past all caches: other
/// parts of the server may see it after a restart only.
public final class RawRoutes {
  private static final String BASE64 = "base64";
  private static final int MAX_NAMES = 100_000;

  private static final Param<String> PATH = Param.path("path", "The key.");
  private static final Param<String> VALUE = Param.string("value", "The value.");
  private static final Param<String> ENCODING =
      Param.string("encoding", "How the value is written: as it is, or `base64`.");
  private static final Param<String> COMPRESSION =
      Param.string("compression_type", "How the value is compressed: nothing is.");
  private static final Param<Boolean> COMPRESSED =
      Param.field("compressed", Kind.BOOLEAN, "Without effect: nothing is compressed.", true);
  private static final Param<String> AFTER = Param.string("after", "The name to list after.");
  private static final Param<Long> LIMIT =
      Param.field(
          "limit", Kind.INTEGER, "How many names at most; 0 for as many as there may be.", 0L);

  public List<Route> routes() {
    String path = "raw/{path...}";
    return List.of(
        Route.of(LIST, path, "List the keys below a path.", this::list, PATH, AFTER, LIMIT).sudo(),
        Route.of(READ, path, "Read what is stored.", this::read, PATH, ENCODING, COMPRESSED).sudo(),
        Route.of(
                UPDATE,
                path,
                "Store a value.",
                this::write,
                PATH,
                VALUE,
                ENCODING,
                COMPRESSION,
                COMPRESSED)
            .creating(call -> Work.of(call).get(call.get(PATH)) != null)
            .sudo(),
        Route.of(DELETE, path, "Delete what is stored.", this::delete, PATH).sudo());
  }

  private Reply list(Call call) {
    String path = call.get(PATH);
    String prefix = path.isEmpty() || path.endsWith("/") ? path : path + "/";
    long limit = call.get(LIMIT);
    int most = limit <= 0 ? MAX_NAMES : (int) Math.min(limit, MAX_NAMES);
    return new Reply.Keys(Work.of(call).names(prefix, call.get(AFTER), most));
  }

  private Reply read(Call call) {
    byte[] value = Work.of(call).get(key(call));
    if (value == null) {
      throw Refusal.absent();
    }
    String shown =
        switch (call.get(ENCODING)) {
          case "" -> new String(value, StandardCharsets.UTF_8);
          case BASE64 -> Base64.getEncoder().encodeToString(value);
          default -> throw unknown(call);
        };
    return new Reply.Data(Map.of("value", shown));
  }

  private Reply write(Call call) {
    if (!call.get(COMPRESSION).isEmpty()) {
      throw Refusal.bad("the entry uses a different compression scheme then compression_type");
    }
    Transaction transaction = Work.of(call);
    transaction.put(key(call), value(call));
    return Reply.DONE;
  }

  private static byte[] value(Call call) {
    String value = call.get(VALUE);
    return switch (call.get(ENCODING)) {
      case "" -> value.getBytes(StandardCharsets.UTF_8);
      case BASE64 -> decoded(value);
      default -> throw unknown(call);
    };
  }

  private static byte[] decoded(String value) {
    try {
      return Base64.getDecoder().decode(value);
    } catch (IllegalArgumentException e) {
      throw Refusal.bad("the value is not in base64");
    }
  }

  private static Refusal unknown(Call call) {
    return Refusal.bad("invalid encoding \"" + call.get(ENCODING) + "\"");
  }

  private Reply delete(Call call) {
    Work.of(call).delete(key(call));
    return Reply.DONE;
  }

  /// Not one of those that the seal guards.
  private static String key(Call call) {
    String key = call.get(PATH);
    if (Barrier.isGuarded(key)) {
      throw Refusal.bad("cannot access \"" + key + "\"");
    }
    return key;
  }
}
