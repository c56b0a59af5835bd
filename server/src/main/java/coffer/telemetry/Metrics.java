package coffer.telemetry;

import coffer.config.TelemetryConfig;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/// All that is measured, by name. A handle is looked up once and kept: looking up costs a hash,
/// using one takes no lock. For use by any number of threads.
///
/// Names come without the prefix that the configuration gives: `token.create`,
/// `route.read.secret-`. Beyond the bound on series, handles work but aren't shown.
public final class Metrics {
  /// The content type of [#prometheus()].
  public static final String PROMETHEUS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  /// How often [#turn()] should be called.
  public static final Duration INTERVAL = Duration.ofSeconds(10);

  private static final int MAX_SERIES = 10_000;

  private final Map<Series, Instrument> instruments = new ConcurrentHashMap<>();
  private final TelemetryConfig config;
  private final InstantSource time;
  private volatile Supplier<String> cluster = () -> "";
  private volatile Instant lastTurn;
  private volatile boolean turned;

  public Metrics(TelemetryConfig config, InstantSource time) {
    this.config = config;
    this.time = time;
    lastTurn = time.instant();
  }

  /// What stands for [Label#CLUSTER] from now on; asked for whenever somebody looks.
  public void cluster(Supplier<String> name) {
    cluster = name;
  }

  public Counter counter(String name, Label... labels) {
    Series series = Series.of(name, labels);
    Instrument known = instruments.get(series);
    return as(Counter.class, series, known == null ? keep(series, new Counter(now())) : known);
  }

  public Timer timer(String name, Label... labels) {
    Series series = Series.of(name, labels);
    Instrument known = instruments.get(series);
    return as(Timer.class, series, known == null ? keep(series, new Timer(now())) : known);
  }

  public Summary summary(String name, Label... labels) {
    Series series = Series.of(name, labels);
    Instrument known = instruments.get(series);
    return as(Summary.class, series, known == null ? keep(series, new Summary(now())) : known);
  }

  /// A gauge that is set.
  public Gauge gauge(String name, Label... labels) {
    Series series = Series.of(name, labels);
    Instrument known = instruments.get(series);
    return as(Gauge.class, series, known == null ? keep(series, new Gauge()) : known);
  }

  /// A gauge that asks `source` whenever somebody looks; one of the same name is replaced.
  public void gauge(String name, DoubleSupplier source, Label... labels) {
    Series series = Series.of(name, labels);
    if (instruments.size() < MAX_SERIES || instruments.containsKey(series)) {
      instruments.put(series, new Gauge(source));
    }
  }

  private Instant now() {
    return time.instant();
  }

  private Instrument keep(Series series, Instrument made) {
    if (instruments.size() >= MAX_SERIES) {
      return made;
    }
    Instrument before = instruments.putIfAbsent(series, made);
    return before == null ? made : before;
  }

  private static <T extends Instrument> T as(Class<T> kind, Series series, Instrument found) {
    if (!kind.isInstance(found)) {
      throw new IllegalArgumentException(
          series.name() + " is a " + found.getClass().getSimpleName());
    }
    return kind.cast(found);
  }

  /// Ends the interval that [#json()] shows; called every [#INTERVAL] by whoever owns the clock.
  public void turn() {
    Instant now = time.instant();
    for (Instrument instrument : instruments.values()) {
      instrument.turn(now);
    }
    lastTurn = now;
    turned = true;
  }

  /// Whether the configuration wants the form for Prometheus.
  public boolean hasPrometheus() {
    return !config.prometheusRetention().isZero();
  }

  /// The text form of Prometheus, in UTF-8: totals since the start, quantiles of the last ten to
  /// twenty seconds, the process itself. What hasn't changed for longer than configured is left
  /// out.
  public byte[] prometheus() {
    Instant now = time.instant();
    String in = cluster.get();
    var text = new PrometheusText(config.prefix());
    instruments.entrySet().stream()
        .filter(
            entry ->
                Duration.between(entry.getValue().lastChange(now), now)
                        .compareTo(config.prometheusRetention())
                    <= 0)
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry -> text.add(entry.getKey().in(in), entry.getValue()));
    ProcessFigures.addTo(text);
    return text.bytes();
  }

  /// The last finished interval as JSON, or the first one while it lasts.
  public byte[] json() {
    String in = cluster.get();
    var json = new MetricsJson(config.prefix(), !turned);
    instruments.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry -> json.add(entry.getKey().in(in), entry.getValue()));
    ProcessFigures.addTo(json);
    return json.bytes(turned ? lastTurn.minus(INTERVAL) : lastTurn);
  }
}
