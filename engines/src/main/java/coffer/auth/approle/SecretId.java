package coffer.auth.approle;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What is known of a secret id, but not the id. Immutable.
///
/// @param accessor what it is named by where the id itself is not to be said
/// @param updated when it was made or last used
/// @param ttl zero for ever
/// @param uses how many are left; 0 for as many as one likes
/// @param cidrs from where one may log in with it
/// @param tokenCidrs from where the tokens may be used, in place of what the role says; may be
///   empty
/// @param metadata what the tokens are to carry
record SecretId(
    String accessor,
    Instant created,
    Instant updated,
    Duration ttl,
    long uses,
    Blocks cidrs,
    Blocks tokenCidrs,
    Map<String, String> metadata) {
  private static final String ACCESSOR = "accessor";
  private static final String CREATED = "created";
  private static final String UPDATED = "updated";
  private static final String TTL = "ttl";
  private static final String USES = "uses";
  private static final String CIDRS = "cidrs";
  private static final String TOKEN_CIDRS = "token_cidrs";
  private static final String METADATA = "metadata";

  /// How the peers print a time that never comes.
  private static final String NEVER = "0001-01-01T00:00:00Z";

  static SecretId of(Map<String, Object> stored) {
    return new SecretId(
        (String) stored.getOrDefault(ACCESSOR, ""),
        instant(stored, CREATED),
        instant(stored, UPDATED),
        Duration.ofSeconds((Long) stored.getOrDefault(TTL, 0L)),
        (Long) stored.getOrDefault(USES, 0L),
        Blocks.stored(stored.getOrDefault(CIDRS, List.of())),
        Blocks.stored(stored.getOrDefault(TOKEN_CIDRS, List.of())),
        metadata((Map<?, ?>) stored.getOrDefault(METADATA, Map.of())));
  }

  private static Instant instant(Map<String, Object> stored, String name) {
    return Instant.ofEpochSecond(0, (Long) stored.getOrDefault(name, 0L));
  }

  private static Map<String, String> metadata(Map<?, ?> stored) {
    return stored.entrySet().stream()
        .collect(
            Collectors.toUnmodifiableMap(
                entry -> (String) entry.getKey(), entry -> (String) entry.getValue()));
  }

  /// What the store keeps: what isn't restricted isn't written.
  Map<String, Object> stored() {
    var fields = new LinkedHashMap<String, Object>();
    fields.put(ACCESSOR, accessor);
    fields.put(CREATED, nanos(created));
    fields.put(UPDATED, nanos(updated));
    if (!ttl.isZero()) {
      fields.put(TTL, ttl);
    }
    if (uses != 0) {
      fields.put(USES, uses);
    }
    if (!cidrs.isEmpty()) {
      fields.put(CIDRS, cidrs.texts());
    }
    if (!tokenCidrs.isEmpty()) {
      fields.put(TOKEN_CIDRS, tokenCidrs.texts());
    }
    if (!metadata.isEmpty()) {
      fields.put(METADATA, metadata);
    }
    return fields;
  }

  /// Since 1970; good until 2262.
  private static long nanos(Instant instant) {
    return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
  }

  /// What a look-up shows.
  Map<String, Object> shown() {
    Instant expires = expires();
    var fields = new LinkedHashMap<String, Object>();
    fields.put("cidr_list", cidrs.texts());
    fields.put("creation_time", printed(created));
    fields.put("expiration_time", expires == null ? NEVER : printed(expires));
    fields.put("last_updated_time", printed(updated));
    fields.put("metadata", metadata);
    fields.put("secret_id_accessor", accessor);
    fields.put("secret_id_num_uses", uses);
    fields.put("secret_id_ttl", ttl);
    fields.put("token_bound_cidrs", tokenCidrs.texts());
    return fields;
  }

  /// Without zeros at the end, as the peers print times.
  private static String printed(Instant instant) {
    String text = instant.toString();
    return text.contains(".") ? text.replaceFirst("0*Z$", "Z") : text;
  }

  /// When it ends; null for never.
  @Nullable Instant expires() {
    return ttl.isZero() ? null : created.plus(ttl);
  }

  boolean hasExpired(Instant now) {
    Instant expires = expires();
    return expires != null && !now.isBefore(expires);
  }

  boolean isLimited() {
    return uses > 0;
  }

  /// With one use less.
  SecretId used(Instant now) {
    return new SecretId(accessor, created, now, ttl, uses - 1, cidrs, tokenCidrs, metadata);
  }

  @Override
  public String toString() {
    return "SecretId[accessor=" + accessor + "]";
  }
}
