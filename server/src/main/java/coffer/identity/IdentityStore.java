package coffer.identity;

import coffer.barrier.Barrier;
import coffer.barrier.MountStore;
import coffer.barrier.Transaction;
import coffer.engine.Call;
import coffer.engine.Login;
import coffer.engine.Mount;
import coffer.engine.Refusal;
import coffer.mount.MountTable;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// Who is behind the tokens: makes and finds entities at logins, and says what counts of them
/// afterwards. May be used by many threads. All who write hold one lock, until it is committed:
/// entities, names and groups lean on each other, and logins write only where something is new.
public final class IdentityStore {
  static final String NAMESPACE = "root";

  /// Held by whoever writes.
  static final String LOCK = "write";

  /// Somebody who came in.
  ///
  /// @param entity the id of the entity; empty for none
  /// @param policies that come on top of the token's own, in order
  public record Entered(String entity, List<String> policies) {
    private static final Entered NOBODY = new Entered("", List.of());
  }

  private final Barrier barrier;
  private final MountTable mounts;
  private final InstantSource time;
  private final Ids ids;
  private final Standings standings;
  private final Entities entities;
  private final Groups groups;

  public IdentityStore(
      Barrier barrier, MountTable mounts, SecureRandom random, InstantSource time) {
    this.barrier = barrier;
    this.mounts = mounts;
    this.time = time;
    this.ids = new Ids(random);
    this.standings = new Standings(() -> shelf(new Transaction(barrier)));
    this.entities = new Entities(standings);
    this.groups = new Groups(standings, entities);
  }

  private Shelf shelf(Transaction transaction) {
    return new Shelf(transaction, mounts.only(MountTable.IDENTITY).prefix());
  }

  /// Forgets everything before sealing.
  public void close() {
    standings.clear();
  }

  /// What counts of an entity now.
  ///
  /// @param entity the id that a token has; empty for none
  public Standing standing(String entity) {
    return entity.isEmpty() ? Standing.NONE : standings.of(entity);
  }

  /// How many entities there are.
  public long count() {
    return Entities.count(shelf(new Transaction(barrier)));
  }

  /// Finds the entity of somebody whom a login method welcomes, or makes one; a [Refusal] where it
  /// is disabled. Groups of the outside count as of this login.
  ///
  /// @param locks holds a lock until the request is answered
  public Entered enter(Transaction transaction, Consumer<String> locks, Mount mount, Login login) {
    if (login.alias().isEmpty()) {
      return Entered.NOBODY;
    }
    return new Entry(shelf(transaction), locks, mount.accessor(), login).enter();
  }

  /// Takes over what a login method says of groups when a token is renewed; returns the policies
  /// that come on top of the token's own.
  ///
  /// @param entity the id that the token has; empty for none
  public List<String> renew(
      Transaction transaction, Consumer<String> locks, String entity, Mount mount, Login login) {
    Standing standing = standing(entity);
    if (standing.subject() == null || login.alias().isEmpty()) {
      return standing.policies();
    }
    return new Entry(shelf(transaction), locks, mount.accessor(), login)
        .joined(standing.subject().id(), standing)
        .policies();
  }

  /// One login on its way.
  private final class Entry {
    private final Shelf shelf;
    private final Consumer<String> locks;
    private final String accessor;
    private final Login login;
    private boolean written;

    Entry(Shelf shelf, Consumer<String> locks, String accessor, Login login) {
      this.shelf = shelf;
      this.locks = locks;
      this.accessor = accessor;
      this.login = login;
    }

    Entered enter() {
      String known = Entities.idByAlias(shelf, accessor, login.alias());
      String entity = known == null ? make() : known;
      Standing before = written ? standings.within(shelf, entity) : standings.of(entity);
      if (before.barred()) {
        throw Refusal.denied();
      }
      learn(entity, before);
      return new Entered(entity, joined(entity, before).policies());
    }

    Standing joined(String entity, Standing before) {
      join(entity, before);
      return written ? standings.within(shelf, entity) : before;
    }

    private void lock() {
      locks.accept(mounts.only(MountTable.IDENTITY).entry().uuid() + "/" + LOCK);
      written = true;
    }

    /// Somebody else may have made it while this login waited for the lock.
    private String make() {
      lock();
      String known = Entities.idByAlias(shelf, accessor, login.alias());
      if (known != null) {
        return known;
      }
      Instant now = time.instant();
      String id = ids.newId();
      Alias alias =
          Alias.of(ids.newId(), id, accessor, login.alias(), now)
              .withMetadata(login.aliasMetadata(), now);
      entities.put(shelf, null, Entity.of(id, freeName(shelf), now).with(alias));
      return id;
    }

    /// Keeps what the method knows of the alias.
    private void learn(String id, Standing before) {
      var known = before.subject() == null ? null : before.subject().aliases().get(accessor);
      if (known == null
          || !Names.same(known.name(), login.alias())
          || known.metadata().equals(login.aliasMetadata())) {
        return;
      }
      lock();
      Entity entity = Entities.get(shelf, id);
      Alias alias = entity == null ? null : entity.alias(known.id());
      if (entity != null && alias != null) {
        Alias learned = alias.withMetadata(login.aliasMetadata(), time.instant());
        entities.put(shelf, entity, entity.with(learned));
      }
    }

    /// Joins the groups that the method names, and leaves those that it named before.
    private void join(String entity, Standing before) {
      Set<String> there = before.external().getOrDefault(accessor, Set.of());
      Set<String> wanted = new HashSet<>();
      for (String name : login.groups()) {
        String group = Groups.idByAlias(shelf, accessor, name);
        if (group != null) {
          wanted.add(group);
        }
      }
      if (wanted.equals(there)) {
        return;
      }
      lock();
      Standing now = standings.within(shelf, entity);
      if (now.barred()) {
        throw Refusal.denied();
      }
      move(entity, now.external().getOrDefault(accessor, Set.of()), wanted);
    }

    private void move(String entity, Set<String> from, Set<String> to) {
      from.stream()
          .filter(group -> !to.contains(group))
          .forEach(group -> groups.leave(shelf, group, entity));
      to.stream()
          .filter(group -> !from.contains(group) && Groups.get(shelf, group) != null)
          .forEach(group -> groups.join(shelf, group, entity));
    }
  }

  /// What a call reads.
  Shelf reading(Call call) {
    return shelf(((MountStore) call.storage()).transaction());
  }

  /// What a call reads and writes, once nobody else writes.
  Shelf writing(Call call) {
    call.lock(LOCK);
    return reading(call);
  }

  View view(Shelf shelf) {
    return new View(shelf, mounts);
  }

  Ids ids() {
    return ids;
  }

  Entities entities() {
    return entities;
  }

  Groups groups() {
    return groups;
  }

  /// A name that no entity has.
  String freeName(Shelf shelf) {
    String name = ids.newName("entity");
    while (Entities.byName(shelf, name) != null) {
      name = ids.newName("entity");
    }
    return name;
  }

  /// A name that no group has.
  String freeGroupName(Shelf shelf) {
    String name = ids.newName("group");
    while (Groups.byName(shelf, name) != null) {
      name = ids.newName("group");
    }
    return name;
  }

  void checkAccessor(String accessor) {
    if (mounts.byAccessor(accessor) == null) {
      throw Refusal.bad("invalid mount accessor \"" + accessor + "\"");
    }
  }
}
