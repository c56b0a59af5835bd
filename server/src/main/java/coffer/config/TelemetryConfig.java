package coffer.config;

import java.time.Duration;

/// What is measured, and for how long it is kept.
///
/// @param prometheusRetention how long an unchanged value is shown; zero to show none
/// @param usageGaugePeriod how often things are counted; zero for never
public record TelemetryConfig(
    Duration prometheusRetention,
    boolean disableHostname,
    String prefix,
    Duration usageGaugePeriod) {
  /// What counts without a `telemetry` block.
  public static final TelemetryConfig DEFAULT =
      new TelemetryConfig(Duration.ofHours(24), false, "vault", Duration.ofMinutes(10));

  static TelemetryConfig read(Section section) {
    boolean never = section.text("usage_gauge_period").filter("none"::equals).isPresent();
    var telemetry =
        new TelemetryConfig(
            section.duration("prometheus_retention_time").orElse(DEFAULT.prometheusRetention),
            section.flag("disable_hostname", false),
            section.text("metrics_prefix").orElse(DEFAULT.prefix),
            never
                ? Duration.ZERO
                : section.duration("usage_gauge_period").orElse(DEFAULT.usageGaugePeriod));
    section.accept("enable_hostname_label", "maximum_gauge_cardinality", "filter_default");
    section.accept("prefix_filter", "lease_metrics_epsilon", "num_lease_metrics_buckets");
    section.accept("add_lease_metrics_namespace_labels", "statsite_address", "statsd_address");
    section.accept("dogstatsd_addr", "dogstatsd_tags", "stackdriver_project_id");
    section.accept("stackdriver_location", "stackdriver_namespace", "stackdriver_debug_logs");
    section.accept("circonus_api_token", "circonus_api_app", "circonus_api_url");
    section.accept("circonus_submission_interval", "circonus_submission_url");
    section.accept("circonus_check_id", "circonus_check_force_metric_activation");
    section.accept("circonus_check_instance_id", "circonus_check_search_tag");
    section.accept("circonus_check_tags", "circonus_check_display_name", "circonus_broker_id");
    section.accept("circonus_broker_select_tag");
    section.close();
    return telemetry;
  }
}
