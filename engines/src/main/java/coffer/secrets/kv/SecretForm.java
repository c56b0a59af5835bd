package coffer.secrets.kv;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The stored form of a secret. What is as usual is left out; [KvV1] writes [#plain], which reads
/// as a secret that has one version.
final class SecretForm {
  private SecretForm() {}

  /// A secret without versions.
  static Map<String, Object> plain(Map<String, Object> data, Instant now) {
    var form = new LinkedHashMap<String, Object>();
    form.put("created", Timestamp.of(now));
    form.put("data", data);
    return form;
  }

  static Map<String, Object> of(Secret secret) {
    var form = new LinkedHashMap<String, Object>();
    form.put("created", secret.created());
    if (!secret.updated().equals(secret.created())) {
      form.put("updated", secret.updated());
    }
    form.put("current", secret.current());
    if (secret.oldest() != 0) {
      form.put("oldest", secret.oldest());
    }
    form.put("versions", secret.versions().stream().map(SecretVersion::row).toList());
    secret.settings().store(form);
    if (!secret.custom().isEmpty()) {
      form.put("custom", secret.custom());
    }
    if (secret.metadataVersion() != 0) {
      form.put("metadata_version", secret.metadataVersion());
    }
    if (secret.data() != null) {
      form.put("data", secret.data());
    }
    return form;
  }

  static Secret read(Map<String, Object> form) {
    String created = (String) form.getOrDefault("created", "");
    return new Secret(
        created,
        (String) form.getOrDefault("updated", created),
        (Long) form.getOrDefault("current", 1L),
        (Long) form.getOrDefault("oldest", 0L),
        versions(form.get("versions"), created),
        Settings.stored(form),
        custom(form.get("custom")),
        (Long) form.getOrDefault("metadata_version", 0L),
        data(form));
  }

  private static List<SecretVersion> versions(@Nullable Object rows, String created) {
    return rows instanceof List<?> list
        ? list.stream().map(row -> SecretVersion.ofRow((List<?>) row)).toList()
        : List.of(new SecretVersion(created, "", false));
  }

  @SuppressWarnings("unchecked") // stored as strings
  private static Map<String, String> custom(@Nullable Object pairs) {
    return pairs instanceof Map<?, ?> map ? (Map<String, String>) map : Map.of();
  }

  /// The data of a stored secret, which may be null.
  @SuppressWarnings("unchecked") // stored as an object
  static @Nullable Map<String, Object> data(Map<String, Object> form) {
    return (Map<String, Object>) form.get("data");
  }
}
