package coffer.secrets.kv;

import coffer.engine.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/// What can be set for a mount and again for one secret of it.
///
/// @param maxVersions how many versions are kept; 0 where nothing is said
/// @param casRequired whether writes must name the version they replace
/// @param deleteVersionAfter whole seconds after which a new version is deleted; zero where nothing
///   is said; below zero, for a mount, for never
/// @param metadataCasRequired whether changes of metadata must name the state they change
record Settings(
    long maxVersions,
    boolean casRequired,
    Duration deleteVersionAfter,
    boolean metadataCasRequired) {

  static final Settings NONE = new Settings(0, false, Duration.ZERO, false);

  /// How many versions are kept where neither the mount nor the secret says.
  private static final long DEFAULT_MAX_VERSIONS = 10;

  /// How many versions of a secret are kept: the larger number counts.
  static long maxVersions(Settings mount, Settings secret) {
    long most = Math.max(mount.maxVersions, secret.maxVersions);
    return most > 0 ? most : DEFAULT_MAX_VERSIONS;
  }

  /// When a version that begins to live now is deleted by itself: the shorter time counts. Empty
  /// for never.
  static String deletion(Settings mount, Settings secret, Instant now) {
    Duration first = mount.deleteVersionAfter;
    Duration second = secret.deleteVersionAfter;
    if (first.isNegative() || (first.isZero() && second.isZero())) {
      return "";
    }
    boolean mountCounts = second.isZero() || (!first.isZero() && first.compareTo(second) < 0);
    return Timestamp.of(now.plus(mountCounts ? first : second));
  }

  /// Adds the fields as the API shows them.
  void show(Map<String, Object> into) {
    into.put("cas_required", casRequired);
    into.put("delete_version_after", Durations.format(deleteVersionAfter));
    into.put("max_versions", maxVersions);
    into.put("metadata_cas_required", metadataCasRequired);
  }

  /// Adds what is not as it is by default, as it is stored.
  void store(Map<String, Object> into) {
    if (maxVersions != 0) {
      into.put("max_versions", maxVersions);
    }
    if (casRequired) {
      into.put("cas_required", true);
    }
    if (!deleteVersionAfter.isZero()) {
      into.put("delete_version_after", deleteVersionAfter.toSeconds());
    }
    if (metadataCasRequired) {
      into.put("metadata_cas_required", true);
    }
  }

  static Settings stored(Map<String, Object> from) {
    return new Settings(
        (Long) from.getOrDefault("max_versions", 0L),
        (Boolean) from.getOrDefault("cas_required", false),
        Duration.ofSeconds((Long) from.getOrDefault("delete_version_after", 0L)),
        (Boolean) from.getOrDefault("metadata_cas_required", false));
  }
}
