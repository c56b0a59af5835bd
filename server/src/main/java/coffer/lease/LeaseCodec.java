package coffer.lease;

import coffer.json.Fields;
import coffer.json.Json;
import coffer.lease.LeaseStore.Found;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Leases as bytes.
final class LeaseCodec {
  private LeaseCodec() {}

  static byte[] bytes(Lease lease) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("mount", lease.mount());
    fields.put("token", lease.token());
    fields.put("internal", lease.internal());
    fields.put("issued", Fields.nanos(lease.issued()));
    fields.put("expires", Fields.nanos(lease.expires()));
    put(fields, "renewed", lease.renewed());
    fields.put("ttl", lease.ttl().toSeconds());
    fields.put("max_ttl", lease.maxTtl().toSeconds());
    fields.put("renewable", lease.renewable());
    put(fields, "revoking", lease.revoking());
    fields.put("tries", lease.tries());
    fields.put("error", lease.error());
    return Json.bytes(fields);
  }

  private static void put(Map<String, Object> fields, String name, @Nullable Instant instant) {
    if (instant != null) {
      fields.put(name, Fields.nanos(instant));
    }
  }

  static Found read(String id, byte[] bytes) {
    var fields = new Fields(Json.object(bytes));
    if (!fields.map().containsKey("mount")) {
      return new Found.OfToken(fields.text("token"));
    }
    return new Found.OfSecret(
        new Lease(
            id,
            fields.text("mount"),
            fields.text("token"),
            fields.object("internal"),
            fields.instant("issued"),
            fields.instant("expires"),
            fields.instantOrNull("renewed"),
            fields.seconds("ttl"),
            fields.seconds("max_ttl"),
            fields.flag("renewable"),
            fields.instantOrNull("revoking"),
            fields.number("tries"),
            fields.text("error")));
  }
}
