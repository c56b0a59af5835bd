package coffer.lease;

import coffer.barrier.Barrier;
import coffer.barrier.Locks;
import coffer.barrier.Transaction;
import coffer.engine.Lent;
import coffer.engine.Refusal;
import coffer.lease.LeaseStore.Found;
import coffer.lease.LeaseStore.Listed;
import coffer.mount.MountTable;
import coffer.mount.Mounted;
import coffer.telemetry.Metrics;
import coffer.telemetry.Timer;
import coffer.token.Lifetime;
import coffer.token.Token;
import coffer.token.TokenStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Lends and takes back: the front door of this room. May be used by many threads.
public final class Leases {
  /// A lease that was given out or renewed.
  public record Given(Lease lease, List<String> warnings) {}

  private static final int PAGE = 500;

  private final Barrier barrier;
  private final TokenStore tokens;
  private final MountTable mounts;
  private final InstantSource time;
  private final LeaseStore store;
  private final Takeback takeback;
  private final TreeCleaner cleaner;
  private final Reaper reaper;
  private final Tidy tidy;
  private final Timer prefixes;
  private final Timer forces;

  /// @param cubbyhole where the private stores of tokens begin
  /// @param ids gives random ends for ids
  /// @param log takes what an operator should know
  public Leases(
      Barrier barrier,
      TokenStore tokens,
      MountTable mounts,
      Supplier<String> cubbyhole,
      Supplier<String> ids,
      InstantSource time,
      SecureRandom random,
      Metrics metrics,
      Consumer<String> log) {
    this.barrier = barrier;
    this.tokens = tokens;
    this.mounts = mounts;
    this.time = time;
    this.store = new LeaseStore(barrier, ids);
    this.takeback = new Takeback(barrier, mounts, store, time, random, metrics);
    this.cleaner = new TreeCleaner(barrier, tokens, store, time, cubbyhole, metrics);
    var expirer = new Expirer(barrier, tokens, store, cleaner, time, metrics);
    var revoker = new Revoker(barrier, store, takeback, time, metrics, log);
    prefixes = metrics.timer("expire.revoke_prefix");
    forces = metrics.timer("expire.revoke_force");
    this.tidy = new Tidy(barrier, tokens, store, time, log);
    this.reaper = new Reaper(barrier, tokens, cleaner, expirer, revoker, log);
  }

  public Tidy tidy() {
    return tidy;
  }

  public Reaper reaper() {
    return reaper;
  }

  /// What is stored.
  public LeaseStore store() {
    return store;
  }

  /// Gives a lease for what was lent at a path.
  public Given lend(
      Transaction transaction, Mounted mounted, String path, Token owner, Lent wished) {
    Instant now = time.instant();
    Lent lent = owner.batch() ? within(owner.ttl(now), wished, mounted) : wished;
    var wish =
        new Lifetime.Wish(Duration.ZERO, lent.ttl(), Duration.ZERO, lent.maxTtl(), Duration.ZERO);
    Lifetime life = lifetime(wish, mounted, now, now);
    Lease lease = store.add(transaction, mounted, path, owner, lent, life.ttl(), now);
    return new Given(lease, life.warnings());
  }

  /// What is lent to a batch token ends with it, also after renewals: nobody is told when it ends.
  private static Lent within(Duration left, Lent lent, Mounted mounted) {
    Duration most = left.isPositive() ? left : Duration.ofSeconds(1);
    Duration ttl = lent.ttl().isZero() ? mounted.mount().defaultTtl() : lent.ttl();
    return new Lent(
        lent.internal(),
        least(ttl, most),
        lent.maxTtl().isZero() ? most : least(lent.maxTtl(), most),
        lent.renewable());
  }

  private static Duration least(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static Lifetime lifetime(
      Lifetime.Wish wish, Mounted mounted, Instant start, Instant now) {
    return Lifetime.of(wish, mounted.mount().defaultTtl(), mounted.mount().maxTtl(), start, now);
  }

  /// Makes a lease last longer.
  public Given renew(Transaction transaction, Lease lease, Duration increment) {
    Instant now = time.instant();
    Mounted mounted = mounts.byUuid(lease.mount());
    if (!lease.renewable() || mounted == null) {
      throw Refusal.bad("lease is not renewable");
    }
    if (lease.revoking() != null || !now.isBefore(lease.expires())) {
      throw Refusal.bad("lease expired");
    }
    Lent lent =
        mounted
            .engine()
            .renew(
                Takeback.call(mounted, lease.path(), transaction, now),
                new Lent(lease.internal(), lease.ttl(), lease.maxTtl(), true),
                increment);
    var wish =
        new Lifetime.Wish(increment, lent.ttl(), Duration.ZERO, lent.maxTtl(), Duration.ZERO);
    Lifetime life = lifetime(wish, mounted, lease.issued(), now);
    Lease renewed = lease.renewed(now, now.plus(life.ttl()), life.ttl(), lent.internal());
    store.replace(transaction, lease, renewed);
    return new Given(renewed, life.warnings());
  }

  /// Ends what an id of a lease stands for; an id that isn't there counts as ended.
  ///
  /// @param sync whether it is taken back outside before this returns; else it is queued
  public void revoke(Transaction transaction, String id, boolean sync) {
    Optional<Found> found = store.find(id);
    if (found.isPresent()) {
      end(transaction, found.get(), sync);
    }
  }

  private void end(Transaction transaction, Found found, boolean sync) {
    switch (found) {
      case Found.OfToken token -> tokens.doom(transaction, token.key());
      case Found.OfSecret secret -> end(transaction, secret, sync);
    }
  }

  private void end(Transaction transaction, Found.OfSecret secret, boolean sync) {
    if (sync) {
      take(secret.lease());
    } else {
      store.release(transaction, secret.lease(), time.instant());
    }
  }

  private void take(Lease lease) {
    String problem = takeback.tryToTake(lease);
    if (!problem.isEmpty()) {
      throw Refusal.bad(
          "failed to revoke \"%s\" (1 / 1): failed to revoke entry: %s"
              .formatted(lease.id(), problem));
    }
  }

  /// Ends the lease of this id, or everything below this path.
  public void revokeBelow(String prefix, boolean sync) {
    var transaction = new Transaction(barrier);
    revoke(transaction, prefix, sync);
    transaction.commit();
    revokePrefix(prefix.endsWith("/") ? prefix : prefix + "/", sync);
  }

  /// Ends everything whose id begins with a prefix, page by page; each page is durable by itself.
  public void revokePrefix(String prefix, boolean sync) {
    long start = System.nanoTime();
    each(
        prefix,
        (transaction, held, listed) -> {
          switch (listed.found()) {
            case Found.OfToken token -> end(transaction, held, token.key());
            case Found.OfSecret secret -> end(transaction, secret, sync);
          }
        });
    prefixes.since(start);
  }

  /// The same, but what can't be taken back outside is forgotten all the same.
  public void revokeForce(String prefix) {
    long start = System.nanoTime();
    each(
        prefix,
        (transaction, held, listed) -> {
          switch (listed.found()) {
            case Found.OfToken token -> end(transaction, held, token.key());
            case Found.OfSecret secret -> takeback.force(secret.lease());
          }
        });
    forces.since(start);
  }

  /// One of many tokens: without children it goes at once, so that there need be no mark of each.
  private void end(Transaction transaction, Locks.Held held, String key) {
    if (cleaner.isLeaf(key) && held.tryTake(key) && cleaner.releaseLeases(held, key)) {
      cleaner.remove(transaction, key);
    } else {
      tokens.doom(transaction, key);
    }
  }

  @FunctionalInterface
  private interface Each {
    void accept(Transaction transaction, Locks.Held held, Listed listed);
  }

  private void each(String prefix, Each action) {
    String after = "";
    while (true) {
      List<Listed> page = store.below(prefix, after, PAGE);
      var transaction = new Transaction(barrier);
      try (Locks.Held held = tokens.locks().hold()) {
        page.forEach(listed -> action.accept(transaction, held, listed));
        transaction.commit();
      }
      if (page.size() < PAGE) {
        return;
      }
      after = page.getLast().id();
    }
  }

  /// The names directly below a prefix of ids, without those of tokens that are dead already and
  /// not yet cleaned up.
  public List<String> names(String prefix) {
    List<String> names = store.names(prefix);
    if (tokens.doomed().size() == 0) {
      return names;
    }
    return names.stream().filter(name -> name.endsWith("/") || isAlive(prefix + name)).toList();
  }

  private boolean isAlive(String id) {
    return store.find(id).orElse(null) instanceof Found.OfToken token
        ? tokens.byKey(token.key()) != null
        : true;
  }

  /// How many leases a token has of each mount, by the mount's path, counting so many at most.
  public Map<String, Long> countByMount(String token, int most) {
    Map<String, Long> counts = new TreeMap<>();
    for (String id : store.of(token, most)) {
      Mounted mounted = mounts.find(id);
      counts.merge(mounted == null ? "" : mounted.entry().path(), 1L, Long::sum);
    }
    return counts;
  }

  /// Where a lease came from: the path of its mount.
  public String mountPath(Lease lease) {
    Mounted mounted = mounts.byUuid(lease.mount());
    return mounted == null ? lease.mount() : mounted.entry().path();
  }

  /// The token whose lease has this id, if it works now; else null.
  public @Nullable Token token(Found.OfToken found) {
    return tokens.byKey(found.key());
  }
}
