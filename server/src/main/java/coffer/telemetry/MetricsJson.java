package coffer.telemetry;

import coffer.json.Json;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Writes the metrics of one interval as the peers' JSON. What didn't happen in it is left out, but
/// gauges. Used once, by one thread.
final class MetricsJson {
  private static final double INTERVAL_SECONDS = Metrics.INTERVAL.toSeconds();

  private final List<Map<String, Object>> gauges = new ArrayList<>();
  private final List<Map<String, Object>> counters = new ArrayList<>();
  private final List<Map<String, Object>> samples = new ArrayList<>();
  private final String prefix;
  private final boolean current;

  /// @param current whether to show the interval that isn't over
  MetricsJson(String prefix, boolean current) {
    this.prefix = prefix.isEmpty() ? "" : prefix + ".";
    this.current = current;
  }

  void add(Series series, Instrument instrument) {
    switch (instrument) {
      case Counter counter -> add(series, counter);
      case Gauge gauge -> gauge(series, gauge.value());
      case Samples some -> add(series, some);
    }
  }

  private void add(Series series, Counter counter) {
    long count = current ? counter.inThisInterval() : counter.inLastInterval();
    if (count != 0) {
      counters.add(aggregate(series, count, new double[] {count, 1, 1, 1, 0}));
    }
  }

  private void add(Series series, Samples some) {
    Interval interval = current ? some.thisInterval() : some.lastInterval();
    if (interval.count() != 0) {
      double[] figures = {
        interval.sum(), interval.min(), interval.max(), interval.mean(), interval.deviation()
      };
      for (int i = 0; i < figures.length; i++) {
        figures[i] = some.shown(figures[i]);
      }
      samples.add(aggregate(series, interval.count(), figures));
    }
  }

  void gauge(Series series, double value) {
    if (!Double.isNaN(value)) {
      Map<String, Object> gauge = named(series);
      gauge.put("Value", number(value));
      gauge.put("Labels", labels(series));
      gauges.add(gauge);
    }
  }

  /// @param figures sum, least, most, mean and deviation
  private Map<String, Object> aggregate(Series series, long count, double[] figures) {
    Map<String, Object> json = named(series);
    json.put("Count", count);
    json.put("Rate", number(figures[0] / INTERVAL_SECONDS));
    json.put("Sum", number(figures[0]));
    json.put("Min", number(figures[1]));
    json.put("Max", number(figures[2]));
    json.put("Mean", number(figures[3]));
    json.put("Stddev", number(figures[4]));
    json.put("Labels", labels(series));
    return json;
  }

  private Map<String, Object> named(Series series) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("Name", prefix + series.name());
    return json;
  }

  private static Map<String, Object> labels(Series series) {
    Map<String, Object> labels = new LinkedHashMap<>();
    series.labels().forEach(label -> labels.put(label.name(), label.value()));
    return labels;
  }

  private static Number number(double value) {
    return value == (long) value ? (Number) (long) value : (Number) value;
  }

  byte[] bytes(Instant start) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("Timestamp", timestamp(start));
    json.put("Gauges", gauges);
    json.put("Points", List.of());
    json.put("Counters", counters);
    json.put("Samples", samples);
    return Json.bytes(json);
  }

  private static String timestamp(Instant start) {
    ZonedDateTime utc = start.atZone(ZoneOffset.UTC);
    return utc.toLocalDate() + " " + Timestamps.timeOfDay(utc) + " +0000 UTC";
  }
}
