package coffer.sys;

import coffer.engine.Call;
import coffer.engine.Durations;
import coffer.engine.EngineType.Family;
import coffer.engine.Kind;
import coffer.engine.Param;
import coffer.engine.Refusal;
import coffer.mount.MountConfig;
import coffer.mount.MountTable.Ttls;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// Reads the settings of a mount, out of the `config` of enabling or the fields of tuning.
///
/// @param fields as they were sent
/// @param before what holds where a setting is left out
/// @param family which settings there are
record MountTuning(Map<String, Object> fields, MountConfig before, Family family) {
  private static final Duration MAX_TTL = Duration.ofDays(36_500);

  static final Param<Object> DEFAULT_LEASE_TTL =
      Param.field(
          "default_lease_ttl", Kind.ANY, "How long leases last where nothing else is said.");
  static final Param<Object> MAX_LEASE_TTL =
      Param.field("max_lease_ttl", Kind.ANY, "How long leases last at most.");
  static final Param<?>[] PARAMS = {
    DEFAULT_LEASE_TTL,
    MAX_LEASE_TTL,
    Param.string("description", "What it is for."),
    Param.strings("audit_non_hmac_request_keys", "Fields of requests to audit in the clear."),
    Param.strings("audit_non_hmac_response_keys", "Fields of answers to audit in the clear."),
    Param.string("listing_visibility", "\"unauth\" shows it to anybody, \"hidden\" doesn't."),
    Param.strings("passthrough_request_headers", "Headers that the engine gets to see."),
    Param.strings("allowed_response_headers", "Headers that the engine may set."),
    Param.string("token_type", "Of an auth method: the type of its tokens."),
    Param.field("user_lockout_config", Kind.MAP, "Of an auth method: its lockout.", Map.of()),
    Param.field("options", Kind.PAIRS, "Settings of the engine, such as version.", Map.of()),
    Param.string("plugin_version", "The version of the plugin: none but the built-in.")
  };

  static MountTuning of(Call call, MountConfig before, Family family) {
    return new MountTuning(call.fields(), before, family);
  }

  /// @param parseError how an unreadable duration is told: from its text and what is wrong
  MountConfig read(Ttls ttls, BiFunction<String, String, String> parseError) {
    Duration standard = duration("default_lease_ttl", "default", before.defaultTtl(), parseError);
    Duration max = duration("max_lease_ttl", "max", before.maxTtl(), parseError);
    check(standard, max, ttls);
    return new MountConfig(
        standard,
        max,
        find("force_no_cache", Kind.BOOLEAN, before.forceNoCache()),
        visibility(),
        tokenType(),
        find("audit_non_hmac_request_keys", Kind.STRINGS, before.auditNonHmacRequestKeys()),
        find("audit_non_hmac_response_keys", Kind.STRINGS, before.auditNonHmacResponseKeys()),
        find("passthrough_request_headers", Kind.STRINGS, before.passthroughRequestHeaders()),
        find("allowed_response_headers", Kind.STRINGS, before.allowedResponseHeaders()),
        find("user_lockout_config", Kind.MAP, before.userLockout()));
  }

  private <T> T find(String name, Kind<T> kind, T otherwise) {
    Object value = fields.get(name);
    return value == null ? otherwise : kind.read(name, value);
  }

  private Duration duration(
      String name,
      String which,
      Duration otherwise,
      BiFunction<String, String, String> parseError) {
    Object value = fields.get(name);
    if (value == null || value.equals("")) {
      return otherwise;
    }
    if (value.equals("system")) {
      return Duration.ZERO;
    }
    try {
      Duration duration = Durations.parse(value);
      if (duration.isNegative() || duration.compareTo(MAX_TTL) > 0) {
        throw new IllegalArgumentException(
            which + " lease TTL of " + duration.toSeconds() + " is out of range");
      }
      return Duration.ofSeconds(duration.toSeconds());
    } catch (IllegalArgumentException e) {
      throw Refusal.bad(
          parseError.apply(
              which.toLowerCase(Locale.ROOT) + " TTL of " + value, String.valueOf(e.getMessage())));
    }
  }

  private void check(Duration standard, Duration max, Ttls ttls) {
    boolean bothGiven = standard.isPositive() && max.isPositive();
    if (bothGiven && standard.compareTo(max) > 0) {
      throw Refusal.bad("given default lease TTL greater than given max lease TTL");
    }
    if (standard.isPositive() && max.isZero() && standard.compareTo(ttls.max()) > 0) {
      throw Refusal.bad(
          "given default lease TTL greater than system max lease TTL of " + ttls.max().toSeconds());
    }
  }

  private String visibility() {
    String visibility = find("listing_visibility", Kind.STRING, before.listingVisibility());
    return switch (visibility) {
      case "", "hidden", "unauth" -> visibility;
      default -> throw Refusal.bad("invalid listing_visibility " + visibility);
    };
  }

  private String tokenType() {
    @Nullable Object given = fields.get("token_type");
    if (given == null || family == Family.SECRET) {
      return before.tokenType();
    }
    String type = Kind.STRING.read("token_type", given);
    if (!List.of("", "default-service", "default-batch", "service", "batch").contains(type)) {
      throw Refusal.bad("invalid 'token_type' value");
    }
    return type;
  }
}
