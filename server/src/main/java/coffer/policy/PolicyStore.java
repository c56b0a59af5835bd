package coffer.policy;

import coffer.barrier.Barrier;
import coffer.barrier.Transaction;
import coffer.json.Fields;
import coffer.json.Json;
import coffer.storage.Storage.Entry;
import coffer.telemetry.Metrics;
import coffer.telemetry.Timer;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The policies as they are stored, and sets of them compiled. A change of any policy throws away
/// all that was compiled: policies change rarely and are asked at every request. May be used by
/// many threads.
public final class PolicyStore {
  private static final String PREFIX = "core/policy/";
  private static final int MAX_POLICIES = 1_000_000;

  /// How many sets of policies are kept compiled.
  private static final int CACHED = 10_000;

  private final Barrier barrier;
  private final InstantSource time;
  private final Timer gets;
  private final Timer lists;
  private final Timer sets;
  private final Timer deletes;
  private volatile Cache<List<String>, Acl> compiled = fresh();

  public PolicyStore(Barrier barrier, InstantSource time, Metrics metrics) {
    this.barrier = barrier;
    this.time = time;
    gets = metrics.timer("policy.get_policy");
    lists = metrics.timer("policy.list_policies");
    sets = metrics.timer("policy.set_policy");
    deletes = metrics.timer("policy.delete_policy");
  }

  private static Cache<List<String>, Acl> fresh() {
    return Caffeine.newBuilder().maximumSize(CACHED).build();
  }

  /// Gets ready after unsealing; writes the policy `default` where it isn't there.
  public void open() {
    compiled = fresh();
    if (barrier.get(PREFIX + Policy.DEFAULT) == null) {
      var transaction = new Transaction(barrier);
      put(transaction, Policy.DEFAULT, StandardPolicies.DEFAULT);
      transaction.commit();
    }
  }

  /// Forgets everything before sealing.
  public void close() {
    compiled = fresh();
  }

  /// What a set of policies allows together; names without a policy count for nothing.
  public Acl acl(List<String> names) {
    Cache<List<String>, Acl> cache = compiled;
    Acl acl = cache.get(names, this::compile);
    Optional<Instant> end = acl.validUntil();
    if (end.isEmpty() || !time.instant().isAfter(end.get())) {
      return acl;
    }
    cache.invalidate(names);
    return compile(names);
  }

  private Acl compile(List<String> names) {
    var policies = new ArrayList<Policy>();
    names.forEach(name -> find(name).ifPresent(policies::add));
    return Acl.compile(policies, time.instant());
  }

  /// One policy by its normal name, parsed.
  public Optional<Policy> find(String name) {
    return stored(name).map(stored -> Policy.parse(name, stored.text()));
  }

  /// One policy by its normal name, as it was written.
  public Optional<StoredPolicy> stored(String name) {
    long start = System.nanoTime();
    Optional<StoredPolicy> stored = load(name);
    gets.since(start);
    return stored;
  }

  private Optional<StoredPolicy> load(String name) {
    return switch (name) {
      case Policy.ROOT -> Optional.of(new StoredPolicy(name, "", 0, Instant.EPOCH));
      case Policy.RESPONSE_WRAPPING ->
          Optional.of(new StoredPolicy(name, StandardPolicies.RESPONSE_WRAPPING, 0, Instant.EPOCH));
      default -> Optional.ofNullable(barrier.get(PREFIX + name)).map(bytes -> read(name, bytes));
    };
  }

  private static StoredPolicy read(String name, byte[] bytes) {
    var fields = new Fields(Json.object(bytes));
    return new StoredPolicy(
        name, fields.text("text"), fields.number("version"), fields.instant("modified"));
  }

  /// Whether there is such a policy.
  public boolean exists(String name) {
    return name.equals(Policy.ROOT)
        || name.equals(Policy.RESPONSE_WRAPPING)
        || barrier.get(PREFIX + name) != null;
  }

  /// The names of all policies but those nobody should see, `root` the last.
  public List<String> names() {
    long start = System.nanoTime();
    var names = new ArrayList<String>();
    for (Entry entry : barrier.range(PREFIX, "", MAX_POLICIES)) {
      names.add(entry.key().substring(PREFIX.length()));
    }
    names.add(Policy.ROOT);
    lists.since(start);
    return names;
  }

  /// Writes a policy that was checked. Whoever writes holds a lock of their own.
  public void put(Transaction transaction, String name, String text) {
    long start = System.nanoTime();
    long version = load(name).map(StoredPolicy::version).orElse(0L) + 1;
    long modified = Fields.nanos(time.instant());
    transaction.put(
        PREFIX + name, Json.bytes(Map.of("text", text, "version", version, "modified", modified)));
    transaction.onCommit(() -> changed(sets, start));
  }

  public void delete(Transaction transaction, String name) {
    long start = System.nanoTime();
    transaction.delete(PREFIX + name);
    transaction.onCommit(() -> changed(deletes, start));
  }

  private void changed(Timer timer, long start) {
    compiled = fresh();
    timer.since(start);
  }
}
