package coffer.secrets.kv;

import coffer.engine.Call;
import coffer.engine.Kind;
import coffer.engine.Param;
import coffer.engine.Refusal;
import java.time.Duration;

/// The parameters that set [Settings].
final class SettingsParams {
  /// As wide as the number is with the peers: -1 comes back as 4294967295.
  private static final long MAX_VERSIONS_MASK = 0xFFFF_FFFFL;

  static final Param<Long> MAX_VERSIONS =
      Param.field(
          "max_versions",
          Kind.INTEGER,
          "How many versions are kept; 0 for 10. The larger one of mount and secret counts.");
  static final Param<Boolean> CAS_REQUIRED =
      Param.field(
          "cas_required",
          Kind.BOOLEAN,
          "Whether each write must give cas. Mount or secret may require it.");
  static final Param<Duration> DELETE_VERSION_AFTER =
      Param.field(
          "delete_version_after",
          Kind.DURATION,
          "How long after its creation a version is deleted; 0 for never. The shorter one of mount"
              + " and secret counts; below zero, for a mount, nothing is deleted by itself.");
  static final Param<Boolean> METADATA_CAS_REQUIRED =
      Param.field(
          "metadata_cas_required",
          Kind.BOOLEAN,
          "Whether each change of metadata must give metadata_cas. Mount or secret may require it.");

  private SettingsParams() {}

  /// Whether the call says anything about settings.
  static boolean givenAny(Call call) {
    return given(call, MAX_VERSIONS)
        || given(call, CAS_REQUIRED)
        || given(call, DELETE_VERSION_AFTER)
        || given(call, METADATA_CAS_REQUIRED);
  }

  /// Whether a field is there, if only as null: that sets it back.
  static boolean given(Call call, Param<?> param) {
    return call.fields().containsKey(param.name());
  }

  /// The settings with what the call changes of them.
  static Settings change(Settings old, Call call, boolean mayBeNegative) {
    return new Settings(
        value(call, MAX_VERSIONS, 0L, old.maxVersions()) & MAX_VERSIONS_MASK,
        value(call, CAS_REQUIRED, false, old.casRequired()),
        seconds(
            value(call, DELETE_VERSION_AFTER, Duration.ZERO, old.deleteVersionAfter()),
            mayBeNegative),
        value(call, METADATA_CAS_REQUIRED, false, old.metadataCasRequired()));
  }

  private static <T> T value(Call call, Param<T> param, T none, T old) {
    return given(call, param) ? call.find(param).orElse(none) : old;
  }

  private static Duration seconds(Duration given, boolean mayBeNegative) {
    if (!given.isNegative()) {
      return Duration.ofSeconds(given.toSeconds());
    }
    if (!mayBeNegative) {
      throw Refusal.bad(
          "Field validation failed: error converting input for field \"delete_version_after\":"
              + " cannot provide negative value '"
              + given.toSeconds()
              + "'");
    }
    return Duration.ofSeconds(-1);
  }
}
