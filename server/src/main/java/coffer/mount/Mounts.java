package coffer.mount;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Everything that is mounted at one moment. Immutable.
final class Mounts {
  static final Mounts NONE = new Mounts(Map.of());

  private final TreeMap<String, Mounted> byPath = new TreeMap<>();
  private final Map<String, Mounted> found = new HashMap<>();
  private final Map<String, Mounted> byUuid = new HashMap<>();
  private final Map<String, Mounted> byAccessor = new HashMap<>();
  private final Map<String, Mounted> single = new HashMap<>();
  private final int deepest;

  /// @param byPath by the path of the mount, with a `/` at its end
  Mounts(Map<String, Mounted> byPath) {
    int most = 0;
    for (Map.Entry<String, Mounted> one : byPath.entrySet()) {
      this.byPath.put(one.getKey(), one.getValue());
      found.put(one.getKey(), one.getValue());
      byUuid.put(one.getValue().entry().uuid(), one.getValue());
      byAccessor.put(one.getValue().entry().accessor(), one.getValue());
      if (MountTable.isSingle(one.getValue().entry().type())) {
        single.put(one.getValue().entry().type(), one.getValue());
      }
      most = Math.max(most, (int) one.getKey().chars().filter(c -> c == '/').count());
    }
    deepest = most;
  }

  Mounts with(Mounted mounted) {
    var all = new HashMap<>(found);
    all.put(mounted.entry().path(), mounted);
    return new Mounts(all);
  }

  Mounts without(String path) {
    var all = new HashMap<>(found);
    all.remove(path);
    return new Mounts(all);
  }

  /// The mount whose path is the longest beginning of this path.
  @Nullable Mounted find(String path) {
    Mounted best = null;
    int slash = path.indexOf('/');
    for (int depth = 0; slash >= 0 && depth < deepest; depth++) {
      Mounted hit = found.get(path.substring(0, slash + 1));
      best = hit == null ? best : hit;
      slash = path.indexOf('/', slash + 1);
    }
    return best;
  }

  @Nullable Mounted at(String path) {
    return found.get(path);
  }

  @Nullable Mounted byUuid(String uuid) {
    return byUuid.get(uuid);
  }

  @Nullable Mounted byAccessor(String accessor) {
    return byAccessor.get(accessor);
  }

  /// The one mount of a type that is there once.
  @Nullable Mounted single(String type) {
    return single.get(type);
  }

  /// A mount whose path begins with this one, or this one with it.
  @Nullable Mounted conflict(String path) {
    Mounted above = find(path);
    if (above != null) {
      return above;
    }
    Map.Entry<String, Mounted> below = byPath.ceilingEntry(path);
    return below != null && below.getKey().startsWith(path) ? below.getValue() : null;
  }

  Collection<Mounted> all() {
    return byPath.values();
  }
}
