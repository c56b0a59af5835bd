package coffer.quota;

import coffer.barrier.Barrier;
import coffer.barrier.Transaction;
import coffer.json.Fields;
import coffer.json.Json;
import coffer.storage.Storage.Entry;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The limits as they are stored, below `core/quota/`, and as they are held. Of the limits that
/// cover a path the one with the longest path counts. What addresses have used up is kept in memory
/// only and bounded: it is not worth a write. May be used by many threads.
public final class Quotas {
  private static final String LIMITS = "core/quota/rate-limit/";
  private static final String CONFIG = "core/quota/config";
  private static final int MAX_LIMITS = 10_000;

  /// How many addresses are remembered; of more, those that asked longest ago are forgotten.
  private static final int MAX_WINDOWS = 100_000;

  /// Everything that counts now. Immutable.
  ///
  /// @param limits the longest path first
  private record Now(QuotaConfig config, List<RateLimit> limits) {}

  /// What a window is for.
  private record Of(String limit, String address) {}

  private final Barrier barrier;
  private final InstantSource time;
  private final Cache<Of, Window> windows = Caffeine.newBuilder().maximumSize(MAX_WINDOWS).build();
  private volatile Now now = new Now(QuotaConfig.STANDARD, List.of());

  public Quotas(Barrier barrier, InstantSource time) {
    this.barrier = barrier;
    this.time = time;
  }

  /// What became of a request.
  ///
  /// @param limit that counted it
  public record Counted(RateLimit limit, boolean allowed, long left, long resetSeconds) {}

  /// Loads the limits after unsealing.
  public void open() {
    var limits = new ArrayList<RateLimit>();
    for (Entry entry : barrier.range(LIMITS, "", MAX_LIMITS)) {
      limits.add(limit(entry.key().substring(LIMITS.length()), entry.value()));
    }
    byte[] config = barrier.get(CONFIG);
    now = new Now(config == null ? QuotaConfig.STANDARD : config(config), sorted(limits));
  }

  /// Forgets everything before sealing.
  public void close() {
    now = new Now(QuotaConfig.STANDARD, List.of());
    windows.invalidateAll();
  }

  private static List<RateLimit> sorted(List<RateLimit> limits) {
    return limits.stream()
        .sorted(
            Comparator.comparingInt((RateLimit limit) -> limit.path().length())
                .reversed()
                .thenComparing(RateLimit::name))
        .toList();
  }

  /// Counts a request; null where no limit covers it.
  public @Nullable Counted count(String path, String address) {
    Now all = now;
    if (all.limits.isEmpty() || all.config.isExempt(path)) {
      return null;
    }
    for (RateLimit limit : all.limits) {
      if (limit.covers(path)) {
        return count(limit, address);
      }
    }
    return null;
  }

  private Counted count(RateLimit limit, String address) {
    Window window = windows.get(new Of(limit.name(), address), of -> new Window());
    Window.Outcome outcome = window.count(limit, time.instant());
    return new Counted(
        limit, outcome.allowed(), outcome.left(), Math.max(0, outcome.reset().toSeconds()));
  }

  public QuotaConfig config() {
    return now.config;
  }

  public Optional<RateLimit> find(String name) {
    return now.limits.stream().filter(limit -> limit.name().equals(name)).findFirst();
  }

  /// Another limit for the same path.
  public Optional<RateLimit> rival(String name, String path) {
    return now.limits.stream()
        .filter(limit -> limit.path().equals(path) && !limit.name().equals(name))
        .findFirst();
  }

  /// The names of all limits, sorted.
  public List<String> names() {
    return now.limits.stream().map(RateLimit::name).sorted().toList();
  }

  /// Writes a limit. Whoever changes limits holds a lock of their own until that is committed.
  public void put(Transaction transaction, RateLimit limit) {
    transaction.put(
        LIMITS + limit.name(),
        Json.bytes(
            Map.of(
                "path", limit.path(),
                "rate", limit.rate().toString(),
                "interval", limit.interval().toSeconds(),
                "block", limit.block().toSeconds(),
                "inheritable", limit.inheritable())));
    transaction.onCommit(
        () -> {
          List<RateLimit> others = without(limit.name());
          others.add(limit);
          now = new Now(now.config, sorted(others));
          windows.asMap().keySet().removeIf(of -> of.limit.equals(limit.name()));
        });
  }

  private List<RateLimit> without(String name) {
    var others = new ArrayList<>(now.limits);
    others.removeIf(limit -> limit.name().equals(name));
    return others;
  }

  public void delete(Transaction transaction, String name) {
    transaction.delete(LIMITS + name);
    transaction.onCommit(() -> now = new Now(now.config, sorted(without(name))));
  }

  public void config(Transaction transaction, QuotaConfig config) {
    transaction.put(
        CONFIG,
        Json.bytes(
            Map.of(
                "exempt", config.exempt(),
                "audit", config.audit(),
                "headers", config.headers())));
    transaction.onCommit(() -> now = new Now(config, now.limits));
  }

  private static RateLimit limit(String name, byte[] bytes) {
    var fields = new Fields(Json.object(bytes));
    return new RateLimit(
        name,
        fields.text("path"),
        new BigDecimal(fields.text("rate")),
        fields.seconds("interval"),
        fields.seconds("block"),
        fields.flag("inheritable"));
  }

  private static QuotaConfig config(byte[] bytes) {
    var fields = new Fields(Json.object(bytes));
    return new QuotaConfig(fields.texts("exempt"), fields.flag("audit"), fields.flag("headers"));
  }
}
