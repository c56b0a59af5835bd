package coffer.secrets.kv;

import coffer.engine.Engine;
import coffer.engine.EngineType;
import coffer.engine.EngineType.Family;
import coffer.engine.EngineType.Spelling;
import coffer.engine.Mount;
import coffer.engine.Refusal;
import java.util.List;
import java.util.Map;

/// The key/value engines as types to mount.
public final class KvTypes {
  private static final String VERSION = "version";

  /// Version 1 or 2 by the mount's option `version`; 1 where it says nothing.
  public static final EngineType KV =
      new EngineType(
          "kv",
          Family.SECRET,
          "Key/value secrets, plain or versioned.",
          KvTypes::kv,
          List.of(
              new Spelling("kv-v1", Map.of(VERSION, "1")),
              new Spelling("kv-v2", Map.of(VERSION, "2"))));

  /// The name of version 1 in the first years.
  public static final EngineType GENERIC =
      new EngineType(
          "generic", Family.SECRET, "Key/value secrets, plain: an old name.", KvTypes::generic);

  private KvTypes() {}

  private static Engine kv(Mount mount) {
    return switch (mount.options().getOrDefault(VERSION, "")) {
      case "", "1" -> new KvV1();
      case "2" -> new KvV2();
      default -> throw Refusal.bad("nil backend of type \"kv\" returned from factory");
    };
  }

  private static Engine generic(Mount mount) {
    if (mount.options().containsKey(VERSION)) {
      throw Refusal.bad("secrets engine \"generic\" does not allow setting a version");
    }
    return new KvV1();
  }
}
