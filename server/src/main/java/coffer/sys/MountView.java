package coffer.sys;

import coffer.engine.EngineType.Family;
import coffer.engine.Version;
import coffer.mount.MountConfig;
import coffer.mount.MountEntry;
import coffer.mount.MountTable;
import coffer.mount.Mounted;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How mounts are shown.
final class MountView {
  private MountView() {}

  /// All that a list shows of one.
  static Map<String, @Nullable Object> of(MountEntry entry) {
    Map<String, @Nullable Object> data = new LinkedHashMap<>();
    data.put("accessor", entry.accessor());
    data.put("config", config(entry));
    if (!MountTable.isSingle(entry.type())) {
      data.put("deprecation_status", "supported");
    }
    data.put("description", entry.description());
    data.put("external_entropy_access", entry.externalEntropy());
    data.put("local", entry.local());
    data.put("options", options(entry));
    data.put("plugin_version", "");
    data.put("running_plugin_version", "v" + Version.COMPATIBLE + "+builtin.vault");
    data.put("running_sha256", "");
    data.put("seal_wrap", entry.sealWrap());
    data.put("type", entry.type());
    data.put("uuid", entry.uuid());
    return data;
  }

  private static @Nullable Map<String, String> options(MountEntry entry) {
    return MountTable.isSingle(entry.type()) ? null : entry.options();
  }

  private static Map<String, Object> config(MountEntry entry) {
    MountConfig config = entry.config();
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("default_lease_ttl", config.defaultTtl());
    data.put("force_no_cache", config.forceNoCache());
    data.put("max_lease_ttl", config.maxTtl());
    shared(data, entry);
    return data;
  }

  /// What `tune` shows of one.
  static Map<String, Object> tuned(Mounted mounted) {
    MountEntry entry = mounted.entry();
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("default_lease_ttl", mounted.mount().defaultTtl());
    data.put("description", entry.description());
    data.put("force_no_cache", entry.config().forceNoCache());
    data.put("max_lease_ttl", mounted.mount().maxTtl());
    if (!entry.options().isEmpty()) {
      data.put("options", entry.options());
    }
    shared(data, entry);
    return data;
  }

  private static void shared(Map<String, Object> data, MountEntry entry) {
    MountConfig config = entry.config();
    put(data, "audit_non_hmac_request_keys", config.auditNonHmacRequestKeys());
    put(data, "audit_non_hmac_response_keys", config.auditNonHmacResponseKeys());
    put(data, "passthrough_request_headers", config.passthroughRequestHeaders());
    put(data, "allowed_response_headers", config.allowedResponseHeaders());
    if (!config.listingVisibility().isEmpty()) {
      data.put("listing_visibility", config.listingVisibility());
    }
    if (entry.family() == Family.AUTH) {
      data.put("token_type", config.tokenType().isEmpty() ? "default-service" : config.tokenType());
    }
    if (!config.userLockout().isEmpty()) {
      data.put("user_lockout_config", config.userLockout());
    }
  }

  private static void put(Map<String, Object> data, String name, List<String> values) {
    if (!values.isEmpty()) {
      data.put(name, values);
    }
  }
}
