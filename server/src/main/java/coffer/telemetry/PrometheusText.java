package coffer.telemetry;

import java.nio.charset.StandardCharsets;

/// Writes metrics in the text form of Prometheus, version 0.0.4. Used once, by one thread.
final class PrometheusText {
  private static final double[] QUANTILES = {0.5, 0.9, 0.99};
  private static final double LARGEST_WHOLE = 1e15;

  private final StringBuilder out = new StringBuilder(16_384);
  private final String prefix;
  private String lastName = "";

  PrometheusText(String prefix) {
    this.prefix = prefix;
  }

  void add(Series series, Instrument instrument) {
    String name = name(prefix.isEmpty() ? series.name() : prefix + "." + series.name());
    switch (instrument) {
      case Counter counter -> {
        head(name, name, "counter");
        line(name, series, "", (double) counter.total());
      }
      case Gauge gauge -> {
        head(name, name, "gauge");
        line(name, series, "", gauge.value());
      }
      case Samples samples -> {
        head(name, name, "summary");
        summary(name, series, samples);
      }
    }
  }

  private void summary(String name, Series series, Samples samples) {
    Samples.Totals totals = samples.totals();
    for (double quantile : QUANTILES) {
      double value = samples.shown(totals.recent().quantile(quantile));
      line(name, series, "quantile=\"" + quantile + "\"", value);
    }
    line(name + "_sum", series, "", samples.shown((double) totals.sum()));
    line(name + "_count", series, "", (double) totals.count());
  }

  /// A single value that has no prefix.
  void alone(String name, String kind, String help, double value) {
    head(name, help, kind);
    out.append(name).append(' ');
    number(value);
    out.append('\n');
  }

  private void head(String name, String help, String kind) {
    if (!name.equals(lastName)) {
      out.append("# HELP ").append(name).append(' ').append(help).append('\n');
      out.append("# TYPE ").append(name).append(' ').append(kind).append('\n');
      lastName = name;
    }
  }

  private void line(String name, Series series, String more, double value) {
    out.append(name);
    char before = '{';
    for (Label label : series.labels()) {
      out.append(before).append(name(label.name())).append("=\"");
      escape(label.value());
      out.append('"');
      before = ',';
    }
    if (!more.isEmpty()) {
      out.append(before).append(more);
      before = ',';
    }
    out.append(before == ',' ? "} " : " ");
    number(value);
    out.append('\n');
  }

  private void number(double value) {
    if (value == Math.rint(value) && Math.abs(value) < LARGEST_WHOLE) {
      out.append((long) value);
    } else if (Double.isInfinite(value)) {
      out.append(value > 0 ? "+Inf" : "-Inf");
    } else {
      out.append(value);
    }
  }

  private void escape(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '\\', '"' -> out.append('\\').append(c);
        case '\n' -> out.append("\\n");
        default -> out.append(c);
      }
    }
  }

  /// What Prometheus allows in a name.
  private static String name(String text) {
    char[] chars = text.toCharArray();
    for (int i = 0; i < chars.length; i++) {
      char c = chars[i];
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':';
      if (!letter && !(c >= '0' && c <= '9' && i > 0)) {
        chars[i] = '_';
      }
    }
    return new String(chars);
  }

  byte[] bytes() {
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }
}
