package coffer.config;

import coffer.hcl.Item;
import coffer.hcl.Stanza;
import coffer.hcl.Value;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// One `seal` block, as it was written.
///
/// @param settings may hold credentials
public record SealConfig(String type, boolean disabled, Map<String, String> settings) {

  static SealConfig read(Stanza stanza) {
    Map<String, String> settings = new LinkedHashMap<>();
    boolean disabled = false;
    for (Item item : stanza.body().items()) {
      String key = item.key().name().toLowerCase(Locale.ROOT);
      switch (key) {
        case "type", "purpose" -> {}
        case "disabled" -> disabled = item.value().flag();
        default -> settings.put(key, text(item.value()));
      }
    }
    String type = stanza.label().name().toLowerCase(Locale.ROOT);
    return new SealConfig(type, disabled, Map.copyOf(settings));
  }

  private static String text(Value value) {
    return value instanceof Value.Flag flag ? String.valueOf(flag.value()) : value.text();
  }

  @Override
  public String toString() {
    return "SealConfig[" + type + "]";
  }
}
