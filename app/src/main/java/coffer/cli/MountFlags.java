package coffer.cli;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The flags that make or change a mount, of a secrets engine or a login method, and the bodies
/// they make.
final class MountFlags {
  static final Flag<String> DESCRIPTION =
      Flag.text("description", "A line for people on what it is for.");
  static final Flag<String> PATH =
      Flag.text("path", "Where to mount it. The default is the name of its type.");
  static final Flag<Duration> DEFAULT_LEASE_TTL =
      Flag.duration("default-lease-ttl", "How long leases live if nothing else is said.");
  static final Flag<Duration> MAX_LEASE_TTL =
      Flag.duration("max-lease-ttl", "The longest that leases can live.");
  static final Flag<List<String>> AUDIT_REQUEST_KEYS =
      Flag.list(
          "audit-non-hmac-request-keys",
          "A key of requests that audit devices write in the clear. May be given many times.");
  static final Flag<List<String>> AUDIT_RESPONSE_KEYS =
      Flag.list(
          "audit-non-hmac-response-keys",
          "A key of answers that audit devices write in the clear. May be given many times.");
  static final Flag<String> LISTING_VISIBILITY =
      Flag.text("listing-visibility", "\"unauth\" to list it to those who haven't logged in.");
  static final Flag<List<String>> PASSTHROUGH_HEADERS =
      Flag.list(
          "passthrough-request-headers",
          "A header of requests that it gets to see. May be given many times.");
  static final Flag<List<String>> ALLOWED_HEADERS =
      Flag.list(
          "allowed-response-headers",
          "A header that it may set on answers. May be given many times.");
  static final Flag<Boolean> FORCE_NO_CACHE =
      Flag.truth("force-no-cache", "Keep nothing of it in the server's cache.");
  static final Flag<String> PLUGIN_NAME =
      Flag.text("plugin-name", "The name of the plugin, where the type is \"plugin\".");
  static final Flag<String> PLUGIN_VERSION =
      Flag.text("plugin-version", "The version of the plugin.");
  static final Flag<Map<String, String>> OPTIONS =
      Flag.pairs("options", "An option, as key=value. May be given many times.");
  static final Flag<Boolean> LOCAL =
      Flag.truth("local", "Keep it to this cluster: it isn't replicated.");
  static final Flag<Boolean> SEAL_WRAP =
      Flag.truth("seal-wrap", "Wrap its critical values by the seal too.");
  static final Flag<Boolean> EXTERNAL_ENTROPY =
      Flag.truth("external-entropy-access", "Let it use the server's external entropy.");
  static final Flag<Integer> VERSION =
      Flag.number("version", "The version of the engine, where it has several.");
  static final Flag<String> TOKEN_TYPE =
      Flag.text("token-type", "The type of the tokens that it makes.");
  static final Flag<Integer> LOCKOUT_THRESHOLD =
      Flag.number("user-lockout-threshold", "How many wrong tries lock a user out.");
  static final Flag<Duration> LOCKOUT_DURATION =
      Flag.duration("user-lockout-duration", "For how long a user is locked out.");
  static final Flag<Duration> LOCKOUT_RESET =
      Flag.duration(
          "user-lockout-counter-reset-duration", "After what time wrong tries are forgotten.");
  static final Flag<Boolean> LOCKOUT_DISABLE =
      Flag.truth("user-lockout-disable", "Lock nobody out.");

  private MountFlags() {}

  /// The body that mounts a thing of the type.
  static Map<String, @Nullable Object> enableBody(Invocation call, String type) {
    Map<String, @Nullable Object> config = given(call);
    config.put("options", null);
    config.put("default_lease_ttl", Go.print(call.get(DEFAULT_LEASE_TTL)));
    config.put("max_lease_ttl", Go.print(call.get(MAX_LEASE_TTL)));
    config.put("force_no_cache", call.get(FORCE_NO_CACHE));
    return Tree.body(
        "type", type,
        "description", call.get(DESCRIPTION),
        "config", config,
        "local", call.get(LOCAL),
        "seal_wrap", call.get(SEAL_WRAP),
        "external_entropy_access", call.get(EXTERNAL_ENTROPY),
        "options", options(call));
  }

  /// The body that changes a mount.
  static Map<String, @Nullable Object> tuneBody(Invocation call) {
    Map<String, @Nullable Object> config = given(call);
    config.put("default_lease_ttl", ttl(call.get(DEFAULT_LEASE_TTL)));
    config.put("max_lease_ttl", ttl(call.get(MAX_LEASE_TTL)));
    config.put("options", options(call));
    if (call.has(DESCRIPTION)) {
      config.put("description", call.get(DESCRIPTION));
    }
    Map<String, @Nullable Object> lockout = lockout(call);
    if (!lockout.isEmpty()) {
      config.put("user_lockout_config", lockout);
    }
    return config;
  }

  private static Map<String, @Nullable Object> given(Invocation call) {
    Map<String, @Nullable Object> config = new TreeMap<>();
    put(config, call, "audit_non_hmac_request_keys", AUDIT_REQUEST_KEYS);
    put(config, call, "audit_non_hmac_response_keys", AUDIT_RESPONSE_KEYS);
    put(config, call, "listing_visibility", LISTING_VISIBILITY);
    put(config, call, "passthrough_request_headers", PASSTHROUGH_HEADERS);
    put(config, call, "allowed_response_headers", ALLOWED_HEADERS);
    put(config, call, "token_type", TOKEN_TYPE);
    put(config, call, "plugin_version", PLUGIN_VERSION);
    return config;
  }

  private static void put(
      Map<String, @Nullable Object> config, Invocation call, String key, Flag<?> flag) {
    if (call.has(flag)) {
      config.put(key, call.get(flag));
    }
  }

  private static @Nullable Map<String, String> options(Invocation call) {
    Map<String, String> options = new TreeMap<>(call.get(OPTIONS));
    if (call.get(VERSION) > 0) {
      options.put("version", Integer.toString(call.get(VERSION)));
    }
    return options.isEmpty() ? null : options;
  }

  private static Map<String, @Nullable Object> lockout(Invocation call) {
    Map<String, @Nullable Object> lockout = new TreeMap<>();
    if (call.has(LOCKOUT_THRESHOLD)) {
      lockout.put("lockout_threshold", Integer.toString(call.get(LOCKOUT_THRESHOLD)));
    }
    if (call.has(LOCKOUT_DURATION)) {
      lockout.put("lockout_duration", ttl(call.get(LOCKOUT_DURATION)));
    }
    if (call.has(LOCKOUT_RESET)) {
      lockout.put("lockout_counter_reset_duration", ttl(call.get(LOCKOUT_RESET)));
    }
    if (call.has(LOCKOUT_DISABLE)) {
      lockout.put("lockout_disable", call.get(LOCKOUT_DISABLE));
    }
    return lockout;
  }

  private static String ttl(Duration ttl) {
    if (ttl.isZero()) {
      return "";
    }
    return ttl.isNegative() ? "system" : Go.print(ttl);
  }
}
