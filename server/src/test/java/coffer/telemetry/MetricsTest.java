package coffer.telemetry;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import coffer.config.TelemetryConfig;
import coffer.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricsTest {
  private final Hands time = new Hands();
  private final Metrics metrics = new Metrics(TelemetryConfig.DEFAULT, time);

  @Test
  void aCounterIsShownWithAllItsIncrements() {
    Counter made = metrics.counter("token.create_root");
    made.increment();
    made.add(4);
    metrics.turn();
    made.increment();
    assertThat(text())
        .contains("# TYPE vault_token_create_root counter\nvault_token_create_root 6\n");
  }

  @Test
  void aHandleIsTheSameForTheSameNameAndLabelsInAnyOrder() {
    Label type = new Label("type", "auth");
    Label local = new Label("local", "false");
    assertThat(metrics.counter("a", type, local)).isSameAs(metrics.counter("a", local, type));
    assertThat(metrics.counter("a", type)).isNotSameAs(metrics.counter("a", local));
  }

  @Test
  void aNameKeepsItsKind() {
    metrics.counter("a");
    assertThatThrownBy(() -> metrics.timer("a")).hasMessage("a is a Counter");
  }

  @Test
  void seriesOfOneMetricShareItsHead() {
    metrics.gauge("core.mount_table.size", new Label("type", "logical")).set(3);
    metrics.gauge("core.mount_table.size", () -> 1.5, new Label("type", "auth"));
    assertThat(text())
        .contains(
            """
            # HELP vault_core_mount_table_size vault_core_mount_table_size
            # TYPE vault_core_mount_table_size gauge
            vault_core_mount_table_size{type="auth"} 1.5
            vault_core_mount_table_size{type="logical"} 3
            """);
  }

  @Test
  void namesAndLabelsAreMadeFitForPrometheus() {
    metrics.counter("route.read.auth-token-", new Label("mount point", "a\"b\\c\nd")).increment();
    assertThat(text())
        .contains("vault_route_read_auth_token_{mount_point=\"a\\\"b\\\\c\\nd\"} 1\n");
  }

  @Test
  void aTimerIsASummaryInMilliseconds() {
    Timer timer = metrics.timer("core.handle_request");
    for (int millis = 1; millis <= 1_000; millis++) {
      timer.record(Duration.ofMillis(millis));
    }
    assertThat(figure("vault_core_handle_request{quantile=\"0.5\"}")).isCloseTo(500, within(32.0));
    assertThat(figure("vault_core_handle_request{quantile=\"0.9\"}")).isCloseTo(900, within(57.0));
    assertThat(figure("vault_core_handle_request{quantile=\"0.99\"}")).isCloseTo(990, within(62.0));
    assertThat(figure("vault_core_handle_request_sum")).isEqualTo(500_500);
    assertThat(figure("vault_core_handle_request_count")).isEqualTo(1_000);
  }

  @Test
  void quantilesAreOfTheLastIntervalAndTotalsOfAll() {
    Summary sizes = metrics.summary("raft-storage.entry_size");
    sizes.record(5);
    metrics.turn();
    assertThat(figure("vault_raft_storage_entry_size{quantile=\"0.5\"}")).isEqualTo(5);
    metrics.turn();
    assertThat(figure("vault_raft_storage_entry_size{quantile=\"0.5\"}")).isNaN();
    sizes.record(7);
    assertThat(figure("vault_raft_storage_entry_size{quantile=\"0.99\"}")).isEqualTo(7);
    assertThat(figure("vault_raft_storage_entry_size_sum")).isEqualTo(12);
    assertThat(figure("vault_raft_storage_entry_size_count")).isEqualTo(2);
  }

  @Test
  void whatDoesntChangeForTooLongIsLeftOutUntilItDoes() {
    Counter counter = metrics.counter("token.create_root");
    counter.increment();
    metrics.turn();
    time.advance(TelemetryConfig.DEFAULT.prometheusRetention().plusSeconds(1));
    metrics.turn();
    assertThat(text()).doesNotContain("vault_token_create_root");
    counter.increment();
    assertThat(text()).contains("vault_token_create_root 2\n");
  }

  @Test
  void aGaugeThatFailsDoesntHideTheOthers() {
    metrics.gauge(
        "a",
        () -> {
          throw new IllegalStateException();
        });
    metrics.gauge("b").set(1);
    assertThat(text()).contains("vault_a NaN\n").contains("vault_b 1\n");
    assertThat(json("Gauges", "vault.a")).isEmpty();
  }

  @Test
  void theProcessIsShownToo() {
    assertThat(figure("process_start_time_seconds")).isGreaterThan(1e9);
    assertThat(figure("vault_runtime_alloc_bytes")).isPositive();
    assertThat(json("Gauges", "vault.runtime.num_goroutines")).hasSize(1);
  }

  @Test
  void theNameOfTheClusterIsPutInWhenSomebodyLooks() {
    Counter made = metrics.counter("a", Label.CLUSTER, new Label("b", "c"));
    made.increment();
    assertThat(text()).contains("vault_a{b=\"c\",cluster=\"\"} 1\n");
    metrics.cluster(() -> "here");
    assertThat(text()).contains("vault_a{b=\"c\",cluster=\"here\"} 1\n");
    assertThat(metrics.counter("a", new Label("b", "c"), Label.CLUSTER)).isSameAs(made);
  }

  @Test
  void thePrefixIsConfigurableAndMayBeEmpty() {
    metrics.counter("a").increment();
    assertThat(withPrefix("abc")).contains("\nabc_a 1\n");
    assertThat(withPrefix("")).contains("\na 1\n");
  }

  private String withPrefix(String prefix) {
    var config = new TelemetryConfig(Duration.ofHours(1), true, prefix, Duration.ZERO);
    var other = new Metrics(config, time);
    other.counter("a").increment();
    return new String(other.prometheus(), StandardCharsets.UTF_8);
  }

  @Test
  void aRetentionOfZeroSwitchesPrometheusOff() {
    var off = new TelemetryConfig(Duration.ZERO, true, "vault", Duration.ZERO);
    assertThat(new Metrics(off, time).hasPrometheus()).isFalse();
    assertThat(metrics.hasPrometheus()).isTrue();
  }

  @Test
  void jsonShowsTheLastFinishedInterval() {
    Counter counter = metrics.counter("cache.hit", new Label("a", "b"));
    counter.add(20);
    metrics.turn();
    counter.add(5);
    assertThat(json("Counters", "vault.cache.hit"))
        .containsExactly(
            Map.of(
                "Name", "vault.cache.hit",
                "Count", 20L,
                "Rate", 2L,
                "Sum", 20L,
                "Min", 1L,
                "Max", 1L,
                "Mean", 1L,
                "Stddev", 0L,
                "Labels", Map.of("a", "b")));
    metrics.turn();
    assertThat(json("Counters", "vault.cache.hit").getFirst()).containsEntry("Count", 5L);
    metrics.turn();
    assertThat(json("Counters", "vault.cache.hit")).isEmpty();
  }

  @Test
  void jsonShowsTheFirstIntervalBeforeItIsOver() {
    metrics.counter("cache.hit").increment();
    assertThat(json("Counters", "vault.cache.hit")).hasSize(1);
    assertThat(Json.object(metrics.json()))
        .containsEntry("Timestamp", "2026-11-24 15:00:00 +0000 UTC");
    time.advance(Metrics.INTERVAL);
    metrics.turn();
    assertThat(Json.object(metrics.json()))
        .containsEntry("Timestamp", "2026-11-24 15:00:00 +0000 UTC");
  }

  @Test
  void jsonShowsTheSpreadOfSamples() {
    Timer timer = metrics.timer("barrier.get");
    for (int millis : List.of(2, 4, 4, 4, 5, 5, 7, 9)) {
      timer.record(Duration.ofMillis(millis));
    }
    Map<String, Object> shown = json("Samples", "vault.barrier.get").getFirst();
    assertThat(shown)
        .containsEntry("Count", 8L)
        .containsEntry("Sum", 40L)
        .containsEntry("Rate", 4L)
        .containsEntry("Min", 2L)
        .containsEntry("Max", 9L)
        .containsEntry("Mean", 5L);
    assertThat(((Number) requireNonNull(shown.get("Stddev"))).doubleValue())
        .isCloseTo(2.138, within(0.2));
  }

  @Test
  void handlesBeyondTheBoundWorkButAreNotShown() {
    for (int i = 0; i < 10_000; i++) {
      metrics.counter("c", new Label("n", Integer.toString(i)));
    }
    Counter beyond = metrics.counter("beyond");
    beyond.increment();
    metrics.gauge("beyond_too", () -> 1);
    assertThat(beyond.total()).isEqualTo(1);
    assertThat(text()).doesNotContain("beyond");
  }

  @Test
  void nothingIsLostWhileThreadsRecordAndIntervalsTurn() throws InterruptedException {
    Timer timer = metrics.timer("t");
    Counter counter = metrics.counter("c");
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      threads.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    for (int n = 0; n < 5_000; n++) {
                      timer.record(Duration.ofMillis(2));
                      counter.increment();
                    }
                  }));
    }
    while (threads.stream().anyMatch(Thread::isAlive)) {
      metrics.turn();
      for (Thread thread : threads) {
        thread.join(Duration.ofMillis(1));
      }
    }
    assertThat(figure("vault_t_count")).isEqualTo(40_000);
    assertThat(figure("vault_t_sum")).isEqualTo(80_000);
    assertThat(figure("vault_c")).isEqualTo(40_000);
  }

  private String text() {
    return new String(metrics.prometheus(), StandardCharsets.UTF_8);
  }

  private double figure(String series) {
    return text()
        .lines()
        .filter(line -> line.startsWith(series + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
        .findFirst()
        .orElseThrow();
  }

  @SuppressWarnings("unchecked") // each kind is a list of objects
  private List<Map<String, Object>> json(String kind, String name) {
    var all = (List<Map<String, Object>>) Json.object(metrics.json()).get(kind);
    return requireNonNull(all).stream().filter(one -> name.equals(one.get("Name"))).toList();
  }
}
