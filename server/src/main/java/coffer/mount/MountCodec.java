package coffer.mount;

import coffer.engine.EngineType.Family;
import coffer.json.Fields;
import coffer.json.Json;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// Rows of the table of mounts as bytes.
final class MountCodec {
  private MountCodec() {}

  static byte[] bytes(MountEntry entry) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("family", entry.family().name().toLowerCase(Locale.ROOT));
    fields.put("path", entry.path());
    fields.put("type", entry.type());
    fields.put("accessor", entry.accessor());
    fields.put("description", entry.description());
    fields.put("options", entry.options());
    fields.put("local", entry.local());
    fields.put("seal_wrap", entry.sealWrap());
    fields.put("external_entropy", entry.externalEntropy());
    MountConfig config = entry.config();
    fields.put("default_ttl", config.defaultTtl().toSeconds());
    fields.put("max_ttl", config.maxTtl().toSeconds());
    fields.put("force_no_cache", config.forceNoCache());
    fields.put("listing_visibility", config.listingVisibility());
    fields.put("token_type", config.tokenType());
    fields.put("audit_request_keys", config.auditNonHmacRequestKeys());
    fields.put("audit_response_keys", config.auditNonHmacResponseKeys());
    fields.put("request_headers", config.passthroughRequestHeaders());
    fields.put("response_headers", config.allowedResponseHeaders());
    fields.put("user_lockout", config.userLockout());
    return Json.bytes(fields);
  }

  static MountEntry entry(String uuid, byte[] bytes) {
    var fields = new Fields(Json.object(bytes));
    return new MountEntry(
        fields.text("family").equals("auth") ? Family.AUTH : Family.SECRET,
        fields.text("path"),
        fields.text("type"),
        uuid,
        fields.text("accessor"),
        fields.text("description"),
        fields.pairs("options"),
        new MountConfig(
            fields.seconds("default_ttl"),
            fields.seconds("max_ttl"),
            fields.flag("force_no_cache"),
            fields.text("listing_visibility"),
            fields.text("token_type"),
            fields.texts("audit_request_keys"),
            fields.texts("audit_response_keys"),
            fields.texts("request_headers"),
            fields.texts("response_headers"),
            fields.object("user_lockout")),
        fields.flag("local"),
        fields.flag("seal_wrap"),
        fields.flag("external_entropy"));
  }
}
