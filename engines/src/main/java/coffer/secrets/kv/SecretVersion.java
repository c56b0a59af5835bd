package coffer.secrets.kv;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What is known of one version of a secret, without its data.
///
/// @param created as [Timestamp] prints it
/// @param deletion when it was deleted or will be; empty for never
/// @param destroyed whether its data is gone for good
record SecretVersion(String created, String deletion, boolean destroyed) {

  /// Whether its data may be read no more.
  boolean isGone(Instant now) {
    return destroyed || isDeleted(now);
  }

  boolean isDeleted(Instant now) {
    return !deletion.isEmpty() && !Instant.parse(deletion).isAfter(now);
  }

  SecretVersion deletedAt(String when) {
    return new SecretVersion(created, when, destroyed);
  }

  SecretVersion destroy() {
    return new SecretVersion(created, deletion, true);
  }

  /// As lists of versions show it.
  Map<String, Object> shown() {
    var shown = new LinkedHashMap<String, Object>();
    shown.put("created_time", created);
    shown.put("deletion_time", deletion);
    shown.put("destroyed", destroyed);
    return shown;
  }

  /// The stored form, which leaves out what is not so.
  List<Object> row() {
    var row = new ArrayList<>(3);
    row.add(created);
    if (!deletion.isEmpty() || destroyed) {
      row.add(deletion);
    }
    if (destroyed) {
      row.add(true);
    }
    return row;
  }

  static SecretVersion ofRow(List<?> row) {
    return new SecretVersion(
        (String) row.getFirst(), row.size() > 1 ? (String) row.get(1) : "", row.size() > 2);
  }
}
