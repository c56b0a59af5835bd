package coffer.secrets.kv;

import coffer.engine.Call;
import coffer.engine.Kind;
import coffer.engine.Param;
import coffer.engine.Refusal;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The conditions under which a caller wants to write: `cas` for data, `metadata_cas` for metadata.
final class CheckAndSet {
  static final Param<Map<String, Object>> OPTIONS =
      Param.field(
          "options",
          Kind.MAP,
          "With cas, the number of the version that is to be replaced, the write happens only if that"
              + " is the current one; cas of 0 is for a secret that has no version yet.");
  static final Param<Long> METADATA_CAS =
      Param.field(
          "metadata_cas",
          Kind.INTEGER,
          "The current_metadata_version that is to be changed; 0 for a secret that isn't there yet.");

  private static final String CAS = "cas";

  private CheckAndSet() {}

  static void data(Call call, Settings mount, Secret secret) {
    Map<String, Object> options = call.find(OPTIONS).orElse(Map.of());
    if (options.containsKey(CAS)) {
      if (number(options.get(CAS)) != secret.current()) {
        throw Refusal.bad("check-and-set parameter did not match the current version");
      }
    } else if (mount.casRequired() || secret.settings().casRequired()) {
      throw Refusal.bad("check-and-set parameter required for this call");
    }
  }

  private static long number(@Nullable Object cas) {
    try {
      return cas == null ? 0 : Kind.INTEGER.read(CAS, cas);
    } catch (Refusal e) {
      throw Refusal.bad("error parsing check-and-set parameter");
    }
  }

  /// The state of the metadata that the caller wants to change, if they say so.
  static Optional<Long> metadataCas(Call call) {
    Optional<Long> cas = call.find(METADATA_CAS);
    return SettingsParams.given(call, METADATA_CAS) ? cas.or(() -> Optional.of(0L)) : cas;
  }

  /// @param fresh whether the secret is about to be made
  static void metadata(Optional<Long> cas, Settings mount, Secret secret, boolean fresh) {
    if (cas.isEmpty()) {
      if (mount.metadataCasRequired() || secret.settings().metadataCasRequired()) {
        throw Refusal.bad("metadata check-and-set parameter required for this call");
      }
    } else if (cas.get() != secret.metadataVersion()) {
      throw Refusal.bad(
          fresh
              ? "metadata_cas must be 0 when creating new metadata"
              : "metadata check-and-set parameter does not match the current version");
    }
  }
}
