package coffer.mount;

import coffer.barrier.Barrier;
import coffer.barrier.Transaction;
import coffer.engine.Engine;
import coffer.engine.EngineType;
import coffer.engine.EngineType.Family;
import coffer.engine.Mount;
import coffer.storage.Storage.Entry;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The mounts, stored below `core/mount/` by their uuid and served out of memory. May be used by
/// many threads; whoever changes something holds a lock of their own until it is committed.
public final class MountTable {
  private static final String PREFIX = "core/mount/";
  private static final int MAX_MOUNTS = 100_000;
  private static final int MAX_PATH = 1_024;

  /// The names of the types that the server brings along by itself; there is one mount of each.
  public static final String SYSTEM = "system";

  public static final String TOKEN = "token";
  public static final String CUBBYHOLE = "cubbyhole";
  public static final String IDENTITY = "identity";

  private static final List<String> SINGLE = List.of(SYSTEM, TOKEN, CUBBYHOLE, IDENTITY);

  /// How long leases last where a mount doesn't say.
  public record Ttls(Duration standard, Duration max) {}

  /// What somebody may ask for by one word.
  ///
  /// @param type the name of the type
  /// @param options that the word stands for besides
  public record Kind(String type, Map<String, String> options) {}

  private final Barrier barrier;
  private final SecureRandom random;
  private final Map<String, EngineType> types = new LinkedHashMap<>();
  private final Map<String, Kind> kinds = new LinkedHashMap<>();
  private final Ttls ttls;
  private final AtomicReference<Mounts> mounts = new AtomicReference<>(Mounts.NONE);

  /// @param types all that can be mounted, with those of the server itself
  public MountTable(Barrier barrier, SecureRandom random, List<EngineType> types, Ttls ttls) {
    this.barrier = barrier;
    this.random = random;
    this.ttls = ttls;
    for (EngineType type : types) {
      this.types.put(type.family() + type.name(), type);
      kinds.put(type.family() + type.name(), new Kind(type.name(), Map.of()));
      for (EngineType.Spelling spelling : type.spellings()) {
        kinds.put(type.family() + spelling.name(), new Kind(type.name(), spelling.options()));
      }
    }
  }

  /// Serves what a sealed server can: the system engine, which has no storage then.
  public void serveSealed() {
    Mounted system = mounted(fixed(Family.SECRET, "sys/", SYSTEM, "", ""));
    mounts.set(Mounts.NONE.with(system));
  }

  /// Loads the table after unsealing; writes the mounts that every server has where they are
  /// missing.
  public void open() {
    Map<String, Mounted> all = new HashMap<>();
    for (Entry entry : barrier.range(PREFIX, "", MAX_MOUNTS)) {
      Mounted one =
          mounted(MountCodec.entry(entry.key().substring(PREFIX.length()), entry.value()));
      all.put(one.entry().path(), one);
    }
    var transaction = new Transaction(barrier);
    for (MountEntry entry : standard()) {
      if (!all.containsKey(entry.path())) {
        transaction.put(PREFIX + entry.uuid(), MountCodec.bytes(entry));
        all.put(entry.path(), mounted(entry));
      }
    }
    transaction.commit();
    mounts.set(new Mounts(all));
  }

  private List<MountEntry> standard() {
    return List.of(
        fixed(
            Family.SECRET,
            "sys/",
            SYSTEM,
            accessor(SYSTEM),
            "system endpoints used for control, policy and debugging"),
        fixed(
            Family.SECRET,
            "cubbyhole/",
            CUBBYHOLE,
            accessor(CUBBYHOLE),
            "per-token private secret storage"),
        fixed(Family.SECRET, "identity/", IDENTITY, accessor(IDENTITY), "identity store"),
        fixed(
            Family.AUTH,
            "auth/token/",
            TOKEN,
            accessor("auth_" + TOKEN),
            "token based credentials"));
  }

  private MountEntry fixed(
      Family family, String path, String type, String accessor, String description) {
    boolean local = type.equals(CUBBYHOLE);
    return new MountEntry(
        family,
        path,
        type,
        newUuid(),
        accessor,
        description,
        Map.of(),
        MountConfig.NONE,
        local,
        type.equals(SYSTEM),
        false);
  }

  /// A new accessor for a mount of a type: `kv_1a2b3c4d`.
  public String accessor(String type) {
    byte[] bytes = new byte[4];
    random.nextBytes(bytes);
    return type + "_" + HexFormat.of().formatHex(bytes);
  }

  /// A random uuid.
  public String newUuid() {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    bytes[6] = (byte) ((bytes[6] & 0x0f) | 0x40);
    bytes[8] = (byte) ((bytes[8] & 0x3f) | 0x80);
    var halves = java.nio.ByteBuffer.wrap(bytes);
    return new UUID(halves.getLong(), halves.getLong()).toString();
  }

  private Mounted mounted(MountEntry entry) {
    MountConfig config = entry.config();
    var mount =
        new Mount(
            entry.path(),
            entry.type(),
            entry.accessor(),
            entry.uuid(),
            entry.options(),
            config.defaultTtl().isZero() ? ttls.standard : config.defaultTtl(),
            config.maxTtl().isZero() ? ttls.max : config.maxTtl());
    EngineType type = types.get(entry.family() + entry.type());
    Engine engine = type == null ? List::of : type.make().apply(mount);
    return new Mounted(
        entry, mount, engine, new RouteTree(engine.routes()), "mount/" + entry.uuid() + "/");
  }

  /// The mount that a path leads to.
  public @Nullable Mounted find(String path) {
    return mounts.get().find(path);
  }

  /// The mount at exactly this path, which ends in `/`.
  public @Nullable Mounted at(String path) {
    return mounts.get().at(path);
  }

  public @Nullable Mounted byUuid(String uuid) {
    return mounts.get().byUuid(uuid);
  }

  public @Nullable Mounted byAccessor(String accessor) {
    return mounts.get().byAccessor(accessor);
  }

  /// A mount that stands in the way of another one at this path.
  public @Nullable Mounted conflict(String path) {
    return mounts.get().conflict(path);
  }

  /// All mounts in the order of their paths.
  public Collection<Mounted> all() {
    return mounts.get().all();
  }

  /// The one mount of a type that every server has.
  public Mounted only(String type) {
    Mounted mounted = mounts.get().single(type);
    if (mounted == null) {
      throw new IllegalStateException("no " + type + " is mounted");
    }
    return mounted;
  }

  /// What can be mounted under this name; null for nothing.
  public @Nullable Kind kind(Family family, String name) {
    return kinds.get(family + name);
  }

  /// All that can be mounted, with what every server has.
  public Collection<EngineType> types() {
    return Collections.unmodifiableCollection(types.values());
  }

  /// What the type of a mount is for, in one line.
  public String summary(MountEntry entry) {
    EngineType type = types.get(entry.family() + entry.type());
    return type == null ? "" : type.summary();
  }

  /// Whether a mount belongs to the server and can't be taken away or doubled.
  public static boolean isSingle(String type) {
    return SINGLE.contains(type);
  }

  public Ttls ttls() {
    return ttls;
  }

  /// Adds a mount, or changes the one of the same uuid at the same path.
  public void put(Transaction transaction, MountEntry entry) {
    Mounted made = mounted(entry);
    transaction.put(PREFIX + entry.uuid(), MountCodec.bytes(entry));
    transaction.onCommit(() -> mounts.updateAndGet(now -> now.with(made)));
  }

  /// Removes a mount with all that it has stored.
  public void remove(Transaction transaction, Mounted mounted) {
    transaction.delete(PREFIX + mounted.entry().uuid());
    transaction.deleteAll(mounted.prefix());
    transaction.onCommit(() -> mounts.updateAndGet(now -> now.without(mounted.entry().path())));
  }

  /// Moves a mount to another path, with all that it has stored.
  public void move(Transaction transaction, Mounted mounted, MountEntry moved) {
    Mounted made = mounted(moved);
    transaction.put(PREFIX + moved.uuid(), MountCodec.bytes(moved));
    transaction.onCommit(
        () -> mounts.updateAndGet(now -> now.without(mounted.entry().path()).with(made)));
  }

  /// How many bytes a row takes, in the clear.
  public static int size(MountEntry entry) {
    return MountCodec.bytes(entry).length;
  }

  /// Whether a path can be one of a mount: printable, and no longer than storage allows.
  public static boolean isPath(String path) {
    return path.getBytes(StandardCharsets.UTF_8).length <= MAX_PATH
        && path.chars().noneMatch(Character::isISOControl);
  }
}
