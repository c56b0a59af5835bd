package coffer.config;

import coffer.hcl.HclException;
import coffer.hcl.Item;
import coffer.hcl.Stanza;
import coffer.hcl.Value;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// Where the server keeps what it knows.
///
/// @param type `inmem` or `rocksdb`; `file` is read as `rocksdb`
/// @param settings everything else in the block
public record StorageConfig(String type, Map<String, String> settings) {
  public static final String INMEM = "inmem";
  public static final String ROCKSDB = "rocksdb";

  static StorageConfig read(Stanza stanza) {
    String written = stanza.label().name().toLowerCase(Locale.ROOT);
    String type =
        switch (written) {
          case INMEM -> INMEM;
          case ROCKSDB, "file" -> ROCKSDB;
          default -> throw new HclException(stanza.at(), "unknown storage type " + written);
        };
    Map<String, String> settings = new LinkedHashMap<>();
    for (Item item : stanza.body().items()) {
      settings.put(item.key().name().toLowerCase(Locale.ROOT), text(item.value()));
    }
    settings.remove("type");
    if (type.equals(ROCKSDB) && settings.getOrDefault("path", "").isEmpty()) {
      throw new HclException(stanza.at(), "storage \"" + written + "\" needs a path");
    }
    return new StorageConfig(type, Map.copyOf(settings));
  }

  private static String text(Value value) {
    return value instanceof Value.Text || value instanceof Value.Numeral
        ? value.text()
        : String.valueOf(value.plain());
  }

  /// Not the settings, which may hold credentials.
  @Override
  public String toString() {
    return "StorageConfig[" + type + "]";
  }
}
