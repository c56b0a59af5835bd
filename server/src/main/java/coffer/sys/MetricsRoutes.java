package coffer.sys;

import static coffer.engine.Operation.READ;

import coffer.engine.Call;
import coffer.engine.Param;
import coffer.engine.Reply;
import coffer.engine.Route;
import coffer.telemetry.Metrics;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// `sys/metrics`: what was measured, as JSON or as Prometheus reads it. A listener may show it to
/// anybody.
public final class MetricsRoutes {
  private static final String PROMETHEUS = "prometheus";
  private static final String PLAIN = "text/plain";
  private static final Param<String> FORMAT =
      Param.string("format", "The form: `prometheus`, or nothing for JSON.");

  /// How scrapers ask for the form of Prometheus without a parameter.
  private static final List<String> ACCEPTED =
      List.of("application/openmetrics-text", "prometheus/telemetry");

  private final Metrics metrics;

  public MetricsRoutes(Metrics metrics) {
    this.metrics = metrics;
  }

  public List<Route> routes() {
    return List.of(Route.of(READ, "metrics", "Read what was measured.", this::metrics, FORMAT));
  }

  private Reply metrics(Call call) {
    return switch (format(call)) {
      case "" -> new Reply.Raw(200, "application/json", metrics.json());
      case PROMETHEUS ->
          metrics.hasPrometheus()
              ? new Reply.Raw(200, Metrics.PROMETHEUS_TYPE, metrics.prometheus())
              : refused("prometheus is not enabled");
      default -> refused("metric response format \"" + format(call) + "\" unknown");
    };
  }

  private static String format(Call call) {
    String format = call.get(FORMAT);
    String accepted = call.caller().header().apply("Accept");
    return format.isEmpty() && ACCEPTED.stream().anyMatch(accepted::startsWith)
        ? PROMETHEUS
        : format;
  }

  private static Reply refused(String sentence) {
    return new Reply.Raw(400, PLAIN, sentence.getBytes(StandardCharsets.UTF_8));
  }
}
