package coffer.secrets.kv;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A secret of version 2 as it is stored: its settings, its versions, and the data of the current
/// one. Immutable.
///
/// @param created of the secret, by a version or by metadata
/// @param updated when there was a new version or a change of metadata for the last time
/// @param current the number of the newest version; 0 before the first
/// @param oldest the number of the oldest version kept; 0 while none was ever pruned
/// @param versions what is kept, ascending and without gaps up to the current one
/// @param custom what people say about the secret; empty for nothing
/// @param metadataVersion counts the changes of metadata
/// @param data of the current version; null where that is destroyed, or was written as null
record Secret(
    String created,
    String updated,
    long current,
    long oldest,
    List<SecretVersion> versions,
    Settings settings,
    Map<String, String> custom,
    long metadataVersion,
    @Nullable Map<String, Object> data) {

  /// One that has no version yet.
  static Secret fresh(Instant now) {
    String time = Timestamp.of(now);
    return new Secret(time, time, 0, 0, List.of(), Settings.NONE, Map.of(), 0, null);
  }

  /// The number of the oldest version that is kept; one more than the current one for none.
  long first() {
    return current - versions.size() + 1;
  }

  /// The version with this number, or null where it was never made or was pruned.
  @Nullable SecretVersion version(long number) {
    return number < first() || number > current ? null : versions.get((int) (number - first()));
  }

  /// With a further version, and without those that are too many then.
  Secret plus(SecretVersion version, @Nullable Map<String, Object> its, long maxVersions) {
    long next = current + 1;
    long kept = oldest;
    var all = new ArrayList<>(versions);
    all.add(version);
    if (next - oldest >= maxVersions) {
      kept = next - maxVersions + 1;
      long pruned = Math.clamp(kept - first(), 0, versions.size());
      all.subList(0, (int) pruned).clear();
    }
    return new Secret(
        created, version.created(), next, kept, all, settings, custom, metadataVersion, its);
  }

  /// With one version changed. The data of the current one goes with its destruction.
  Secret with(long number, SecretVersion changed) {
    var all = new ArrayList<>(versions);
    all.set((int) (number - first()), changed);
    Map<String, Object> left = number == current && changed.destroyed() ? null : data;
    return new Secret(
        created, updated, current, oldest, all, settings, custom, metadataVersion, left);
  }

  /// With its metadata changed.
  Secret with(Settings changed, Map<String, String> says, Instant now) {
    return new Secret(
        created,
        Timestamp.of(now),
        current,
        oldest,
        versions,
        changed,
        says,
        metadataVersion + 1,
        data);
  }

  /// What the API tells of one version along with its data.
  Map<String, Object> about(long number, SecretVersion version) {
    var about = new LinkedHashMap<String, Object>();
    about.put("created_time", version.created());
    about.put("custom_metadata", custom.isEmpty() ? null : custom);
    about.put("deletion_time", version.deletion());
    about.put("destroyed", version.destroyed());
    about.put("version", number);
    return about;
  }

  /// All that the API tells of it but its data.
  Map<String, Object> metadata() {
    var told = new LinkedHashMap<String, Object>();
    settings.show(told);
    told.put("created_time", created);
    told.put("current_metadata_version", metadataVersion);
    told.put("current_version", current);
    told.put("custom_metadata", custom.isEmpty() ? null : custom);
    told.put("oldest_version", oldest);
    told.put("updated_time", updated);
    var shown = new LinkedHashMap<String, Object>();
    for (int i = 0; i < versions.size(); i++) {
      shown.put(Long.toString(first() + i), versions.get(i).shown());
    }
    told.put("versions", shown);
    return told;
  }

  @Override
  public String toString() {
    return "Secret[current=" + current + ", oldest=" + oldest + "]";
  }
}
