package coffer.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What counts of entities, kept in memory: one record each, made from committed entries. A change
/// of an entity forgets its record. A change of a group changes the epoch, so that every record is
/// made again when it is next asked for: groups change rarely, and may have any number of members.
/// May be used by many threads.
final class Standings {
  /// How many entities and groups are kept at most.
  private static final int CACHED_ENTITIES = 20_000;

  private static final int CACHED_GROUPS = 20_000;

  private final Supplier<Shelf> committed;
  private final Cache<String, Standing> entities =
      Caffeine.newBuilder().maximumSize(CACHED_ENTITIES).build();
  private final Cache<String, @Nullable GroupNode> groups =
      Caffeine.newBuilder().maximumSize(CACHED_GROUPS).build();
  private final AtomicLong epoch = new AtomicLong();

  /// @param committed what is committed, for one look
  Standings(Supplier<Shelf> committed) {
    this.committed = committed;
  }

  Standing of(String entity) {
    Standing found = itself(entity);
    return found.into().isEmpty() ? found : itself(found.into());
  }

  /// A record of an epoch that is over is made again, once: it then holds all that was committed
  /// before it was asked for.
  private Standing itself(String entity) {
    Standing known = entities.get(entity, this::read);
    if (known.epoch() == epoch.get()) {
      return known;
    }
    entities.asMap().remove(entity, known);
    return entities.get(entity, this::read);
  }

  private Standing read(String entity) {
    long now = epoch.get();
    return new StandingReader(committed.get(), this::node).read(entity, now);
  }

  private @Nullable GroupNode node(String group) {
    return groups.get(group, this::readNode);
  }

  private @Nullable GroupNode readNode(String group) {
    return GroupNode.read(committed.get(), group);
  }

  /// What will count once a transaction is committed.
  Standing within(Shelf shelf, String entity) {
    return new StandingReader(shelf, group -> GroupNode.read(shelf, group)).read(entity, 0);
  }

  void forget(String entity) {
    entities.invalidate(entity);
  }

  /// Forgets a group, and then what was made with it: in the other order one could make it again
  /// from the old group.
  void forgetGroup(String group) {
    groups.invalidate(group);
    epoch.incrementAndGet();
  }

  void clear() {
    groups.invalidateAll();
    epoch.incrementAndGet();
    entities.invalidateAll();
  }
}
