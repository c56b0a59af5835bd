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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The policies as they are stored, and sets of them compiled. A change of any policy throws away
/// all that was compiled: policies change rarely and are asked at every request. May be used by
/// many threads.
public final class PolicyStore {
  private static final String PREFIX = "core/policy/";
  private static final int MAX_POLICIES = 1_000_000;

  /// How many sets of policies are kept compiled.
  private static final int CACHED = 10_000;

  /// What was compiled of the policies as they are now.
  ///
  /// @param age how often they have changed
  private record Compiled(Cache<List<String>, PolicySet> byNames, long age) {
    static Compiled of(long age) {
      return new Compiled(Caffeine.newBuilder().maximumSize(CACHED).build(), age);
    }
  }

  private final Barrier barrier;
  private final InstantSource time;
  private final Timer gets;
  private final Timer lists;
  private final Timer sets;
  private final Timer deletes;
  private final AtomicLong age = new AtomicLong();
  private volatile Compiled compiled = Compiled.of(0);

  public PolicyStore(Barrier barrier, InstantSource time, Metrics metrics) {
    this.barrier = barrier;
    this.time = time;
    gets = metrics.timer("policy.get_policy");
    lists = metrics.timer("policy.list_policies");
    sets = metrics.timer("policy.set_policy");
    deletes = metrics.timer("policy.delete_policy");
  }

  /// Gets ready after unsealing; writes the policy `default` where it isn't there.
  public void open() {
    forget();
    if (barrier.get(PREFIX + Policy.DEFAULT) == null) {
      var transaction = new Transaction(barrier);
      put(transaction, Policy.DEFAULT, StandardPolicies.DEFAULT, Policy.Filling.PLAIN);
      transaction.commit();
    }
  }

  /// Forgets everything before sealing.
  public void close() {
    forget();
  }

  /// What a set of policies allows together; names without a policy count for nothing.
  public Acl acl(List<String> names) {
    return set(compiled.byNames, names).acl();
  }

  private PolicySet set(Cache<List<String>, PolicySet> byNames, List<String> names) {
    PolicySet set = byNames.get(names, this::compile);
    if (isCurrent(set.acl())) {
      return set;
    }
    byNames.invalidate(names);
    return compile(names);
  }

  /// The same with the policies of whoever is behind the token, and with templates filled in. A
  /// [Refusal] where they may not be; see [Templates].
  public Acl acl(List<String> names, @Nullable Subject subject) {
    if (subject == null) {
      return acl(names);
    }
    Compiled all = compiled;
    Acl known = subject.remembered(all.age, names);
    if (known != null && isCurrent(known)) {
      return known;
    }
    Acl made = acl(all.byNames, union(names, subject.policies()), subject);
    subject.remember(all.age, names, made);
    return made;
  }

  private Acl acl(Cache<List<String>, PolicySet> byNames, List<String> names, Subject subject) {
    PolicySet set = set(byNames, names);
    if (set.acl().isRoot() || set.templated().isEmpty()) {
      return set.acl();
    }
    Instant now = time.instant();
    Acl filled = set.filled(subject, now);
    return filled == null ? PolicySet.merged(names, policies(names), subject, now) : filled;
  }

  /// Two sets of names in one, in order.
  public static List<String> union(List<String> names, List<String> more) {
    if (names.containsAll(more)) {
      return names;
    }
    var all = new TreeSet<>(names);
    all.addAll(more);
    return List.copyOf(all);
  }

  private boolean isCurrent(Acl acl) {
    Optional<Instant> end = acl.validUntil();
    return end.isEmpty() || !time.instant().isAfter(end.get());
  }

  private PolicySet compile(List<String> names) {
    return PolicySet.of(names, policies(names), time.instant());
  }

  private List<Policy> policies(List<String> names) {
    var policies = new ArrayList<Policy>();
    names.forEach(name -> find(name).ifPresent(policies::add));
    return policies;
  }

  /// One policy by its normal name, parsed.
  public Optional<Policy> find(String name) {
    return stored(name).map(Policy::parse);
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
      case Policy.ROOT -> Optional.of(plain(name, ""));
      case Policy.RESPONSE_WRAPPING -> Optional.of(plain(name, StandardPolicies.RESPONSE_WRAPPING));
      default -> Optional.ofNullable(barrier.get(PREFIX + name)).map(bytes -> read(name, bytes));
    };
  }

  private static StoredPolicy plain(String name, String text) {
    return new StoredPolicy(name, text, Policy.Filling.PLAIN, 0, Instant.EPOCH);
  }

  private static StoredPolicy read(String name, byte[] bytes) {
    var fields = new Fields(Json.object(bytes));
    return new StoredPolicy(
        name,
        fields.text("text"),
        new Policy.Filling(fields.flag("fill_wildcards"), fields.flag("fill_slashes")),
        fields.number("version"),
        fields.instant("modified"));
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
  ///
  /// @param filling what values may be filled into its templates
  public void put(Transaction transaction, String name, String text, Policy.Filling filling) {
    long start = System.nanoTime();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("text", text);
    fields.put("version", load(name).map(StoredPolicy::version).orElse(0L) + 1);
    fields.put("modified", Fields.nanos(time.instant()));
    fields.put("fill_wildcards", filling.wildcards());
    fields.put("fill_slashes", filling.slashes());
    transaction.put(PREFIX + name, Json.bytes(fields));
    transaction.onCommit(() -> changed(sets, start));
  }

  public void delete(Transaction transaction, String name) {
    long start = System.nanoTime();
    transaction.delete(PREFIX + name);
    transaction.onCommit(() -> changed(deletes, start));
  }

  private void forget() {
    compiled = Compiled.of(age.incrementAndGet());
  }

  private void changed(Timer timer, long start) {
    forget();
    timer.since(start);
  }
}
