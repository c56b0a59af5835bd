package coffer.config;

import coffer.hcl.Hcl;
import coffer.hcl.HclException;
import coffer.hcl.Item;
import coffer.hcl.Stanza;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/// Reads the text of one configuration. Used once.
final class ConfigReader {
  private final String source;
  private final List<Item> unknown = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  ConfigReader(String source) {
    this.source = source;
  }

  ServerConfig read(String text) {
    try {
      return read(new Section(Hcl.parse(text), unknown));
    } catch (HclException e) {
      throw new ConfigException(
          "error loading configuration from " + source + ": " + e.getMessage());
    }
  }

  private ServerConfig read(Section top) {
    GeneralConfig general = GeneralConfig.read(top);
    List<ListenerConfig> listeners = blocks(top, "listener", ListenerConfig::read);
    Optional<StorageConfig> storage = storage(top);
    LogConfig log = LogConfig.read(top);
    Optional<TelemetryConfig> telemetry = top.section("telemetry").map(TelemetryConfig::read);
    var seals = new ArrayList<SealConfig>();
    for (String key : List.of("seal", "kms", "hsm")) {
      top.stanzas(key).forEach(stanza -> seals.add(SealConfig.read(stanza)));
    }
    List<AuditConfig> audits = AuditConfig.readAll(top);
    List<LockoutConfig> lockouts = blocks(top, "user_lockout", LockoutConfig::read);
    mlock(top);
    Peers.accept(top);
    top.close();
    unknown.forEach(this::warn);
    return new ServerConfig(
        general, listeners, storage, log, telemetry, seals, audits, lockouts, warnings);
  }

  private static <T> List<T> blocks(
      Section top, String key, BiFunction<Stanza, Section, T> reader) {
    return top.stanzas(key).stream()
        .map(stanza -> reader.apply(stanza, top.within(stanza.body())))
        .toList();
  }

  /// `backend` is the early name of `storage`.
  private static Optional<StorageConfig> storage(Section top) {
    List<Stanza> found = new ArrayList<>(top.stanzas("storage"));
    String key = found.isEmpty() ? "backend" : "storage";
    List<Stanza> early = top.stanzas("backend");
    if (found.isEmpty()) {
      found.addAll(early);
    }
    if (found.size() > 1) {
      throw new HclException(found.get(1).at(), "only one \"" + key + "\" block is permitted");
    }
    return found.stream().findFirst().map(StorageConfig::read);
  }

  private void mlock(Section top) {
    if (!top.flag("disable_mlock", true)) {
      warnings.add(
          "disable_mlock is false in "
              + source
              + ", but memory is not locked: switch swap off or encrypt it");
    }
  }

  private void warn(Item item) {
    warnings.add(
        "unknown or unsupported field %s found in configuration at %s:%s"
            .formatted(item.key().name(), source, item.at()));
  }
}
