package coffer.sys;

import static coffer.engine.Operation.READ;
import static coffer.engine.Operation.UPDATE;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.engine.Call;
import coffer.engine.Reply;
import coffer.json.Fields;
import coffer.json.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthRoutesTest extends SealCalls {
  @Test
  void theHealthOfAnActiveServerNamesItsCluster() {
    open();
    var raw = (Reply.Raw) ask(READ, "health");
    assertThat(raw.status()).isEqualTo(200);
    Fields health = new Fields(Json.object(raw.body()));
    assertThat(health.flag("initialized")).isTrue();
    assertThat(health.flag("sealed")).isFalse();
    assertThat(health.flag("standby")).isFalse();
    assertThat(health.text("replication_performance_mode")).isEqualTo("disabled");
    assertThat(health.text("replication_dr_mode")).isEqualTo("disabled");
    assertThat(health.text("cluster_name")).startsWith("vault-cluster-");
    assertThat(health.text("cluster_id")).matches(UUID);
  }

  private int health(Map<String, Object> query) {
    return ((Reply.Raw) ask(READ, "health", query)).status();
  }

  @Test
  void theStatusOfHealthIsWhatTheCallerWants() {
    Map<String, Object> query =
        Map.of("activecode", "299", "sealedcode", "298", "uninitcode", "297");
    assertThat(health(Map.of())).isEqualTo(501);
    assertThat(health(query)).isEqualTo(297);
    List<String> keys = initialize();
    assertThat(health(Map.of())).isEqualTo(503);
    assertThat(health(Map.of("standbyok", "true", "perfstandbyok", ""))).isEqualTo(503);
    assertThat(health(query)).isEqualTo(298);
    keys.subList(0, 2).forEach(key -> ask(UPDATE, "unseal", Map.of("key", key)));
    assertThat(health(Map.of("standbycode", "204"))).isEqualTo(200);
    assertThat(health(query)).isEqualTo(299);
    var empty = (Reply.Raw) ask(READ, "health", Map.of("activecode", "204"));
    assertThat(empty.status()).isEqualTo(204);
    assertThat(empty.body()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "ACTIVE, 200, activecode",
    "STANDBY, 429, standbycode",
    "SECONDARY, 472, drsecondarycode",
    "PERFORMANCE_STANDBY, 473, performancestandbycode",
    "UNINITIALIZED, 501, uninitcode",
    "SEALED, 503, sealedcode"
  })
  void everyStandingHasItsStatus(HealthRoutes.Standing standing, int usual, String param) {
    assertThat(standing.code(query(Map.of()))).isEqualTo(usual);
    assertThat(standing.code(query(Map.of(param, "418")))).isEqualTo(418);
  }

  @ParameterizedTest
  @CsvSource({
    "STANDBY, standbyok, true, 200",
    "STANDBY, standbyok, '', 200",
    "STANDBY, standbyok, false, 429",
    "STANDBY, perfstandbyok, true, 429",
    "PERFORMANCE_STANDBY, perfstandbyok, true, 200",
    "PERFORMANCE_STANDBY, standbyok, true, 473",
    "SEALED, standbyok, true, 503"
  })
  void aStandbyMayCountAsActive(
      HealthRoutes.Standing standing, String param, String value, int status) {
    assertThat(standing.code(query(Map.of(param, value)))).isEqualTo(status);
  }

  private Call query(Map<String, Object> fields) {
    return call(READ, "health", fields);
  }

  @ParameterizedTest
  @CsvSource({
    "activecode, abc",
    "activecode, ''",
    "activecode, 0",
    "activecode, 199",
    "activecode, 1000",
    "activecode, -5",
    "uninitcode, abc"
  })
  void anImpossibleStatusIsRefusedWithoutAWord(String param, String value) {
    open();
    refused(400, "", READ, "health", Map.of(param, value));
  }
}
