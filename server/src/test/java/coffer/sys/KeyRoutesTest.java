package coffer.sys;

import static coffer.engine.Operation.READ;
import static coffer.engine.Operation.UPDATE;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.engine.Reply;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyRoutesTest extends SealCalls {
  @Test
  void theStateOfTheKeyAndItsRotationAreTold() {
    open();
    long encryptions = barrier.status().encryptions();
    assertThat(data(READ, "key-status", Map.of()))
        .isEqualTo(
            "{\"encryptions\":"
                + encryptions
                + ",\"install_time\":\"2026-01-01T00:00:00Z\",\"term\":1}");
    ask(UPDATE, "rotate");
    ask(UPDATE, "rotate/keyring");
    ask(UPDATE, "rotate/root");
    assertThat(data(READ, "key-status", Map.of())).contains("\"term\":3");
    assertThat(data(READ, "ha-status", Map.of()))
        .isEqualTo(
            "{\"nodes\":[{\"hostname\":\"host\",\"api_address\":\"http://127.0.0.1:8200\","
                + "\"cluster_address\":\"https://127.0.0.1:8201\",\"active_node\":true,"
                + "\"last_echo\":null,\"echo_duration_ms\":0,\"clock_skew_ms\":0,"
                + "\"version\":\"1.20.4\"}]}");
    assertThat(ask(UPDATE, "step-down")).isEqualTo(Reply.DONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rotate/config", "rotate/keyring/config"})
  void theRotationIsConfiguredWithinBounds(String path) {
    open();
    assertThat(data(READ, path, Map.of()))
        .isEqualTo("{\"enabled\":true,\"interval\":0,\"max_operations\":3865470566}");
    ask(UPDATE, path, Map.of("enabled", false, "interval", "24h", "max_operations", 1_000_000L));
    ask(UPDATE, path, Map.of());
    assertThat(data(READ, path, Map.of()))
        .isEqualTo("{\"enabled\":false,\"interval\":\"24h0m0s\",\"max_operations\":1000000}");
    String range = "max_operations must be in the range [1000000,3865470566]";
    refused(400, range, UPDATE, path, Map.of("max_operations", 999_999L));
    refused(400, range, UPDATE, path, Map.of("max_operations", 3_865_470_567L));
    String interval = "interval must be greater or equal to 24h0m0s";
    refused(400, interval, UPDATE, path, Map.of("interval", "23h59m"));
    ask(UPDATE, path, Map.of("interval", 0L, "enabled", true, "max_operations", 3_865_470_566L));
    assertThat(data(READ, path, Map.of()))
        .isEqualTo("{\"enabled\":true,\"interval\":0,\"max_operations\":3865470566}");
  }
}
