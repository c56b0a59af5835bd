package coffer.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.assertj.core.api.InstanceOfAssertFactories.map;

import coffer.engine.Operation;
import coffer.json.Json;
import coffer.telemetry.Metrics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What a server says of itself in figures, as somebody sees it who asks it.
class MeasuresTest {
  private static final String OPENED = "telemetry {\n unauthenticated_metrics_access = true\n }";
  private static final String LISTED =
      "inflight_requests_logging {\n unauthenticated_in_flight_requests_access = true\n }";

  private final Lender lender = new Lender();
  private final TestServer server = TestServer.start(lender.type());

  @AfterEach
  void close() {
    server.close();
  }

  private static byte[] body(TestServer.Reply reply) {
    var raw = reply.answer().raw();
    if (raw == null) {
      throw new AssertionError("no body: " + reply.status() + " " + reply.errors());
    }
    return raw.body();
  }

  private String text() {
    var asked = server.root().call(Operation.READ, "sys/metrics", PROMETHEUS);
    return new String(body(asked), StandardCharsets.UTF_8);
  }

  private static final Map<String, String> PROMETHEUS = Map.of("format", "prometheus");

  /// A value in the text, 0 where it isn't there.
  private double figure(String series) {
    return text()
        .lines()
        .filter(line -> line.startsWith(series + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
        .findAny()
        .orElse(0);
  }

  private void mountLender() {
    assertThat(server.root().write("sys/mounts/numbers", Map.of("type", "lender")).status())
        .isEqualTo(204);
  }

  @Test
  void everyRequestIsMeasured() {
    server.root().read("sys/mounts");
    server.as("wrong").read("sys/mounts");
    server.as("").read("sys/internal/ui/mounts");
    assertThat(figure("vault_core_handle_request_count")).isEqualTo(2);
    assertThat(figure("vault_core_handle_login_request_count")).isEqualTo(1);
    assertThat(figure("vault_token_lookup_count")).isEqualTo(5);
    assertThat(figure("vault_core_fetch_acl_and_token_count")).isEqualTo(6);
  }

  @Test
  void recordingIsMeasuredWhereThereIsADevice() {
    server.root().read("sys/mounts");
    assertThat(figure("vault_audit_log_request_count")).isZero();
    var device = Map.of("type", "file", "options", Map.of("file_path", "discard"));
    assertThat(server.root().write("sys/audit/mine", device).status()).isEqualTo(204);
    server.root().read("sys/mounts");
    assertThat(figure("vault_audit_log_request_count")).isEqualTo(2);
    assertThat(figure("vault_audit_log_response_count")).isEqualTo(3);
    assertThat(figure("vault_audit_log_request_failure")).isZero();
  }

  @Test
  void healthIsNotMeasured() {
    server.as("").read("sys/health");
    assertThat(figure("vault_core_handle_request_count")).isZero();
  }

  @Test
  void aMountIsMeasuredByOperation() {
    mountLender();
    server.root().read("numbers/creds/a");
    server.root().read("numbers/creds/b");
    server.root().list("auth/token/accessors");
    server.as("wrong").read("numbers/creds/a");
    assertThat(figure("vault_route_read_numbers__count")).isEqualTo(2);
    assertThat(figure("vault_route_update_sys__count")).isEqualTo(1);
    assertThat(figure("vault_route_list_auth_token__count")).isEqualTo(1);
  }

  @Test
  void aMountThatWasMovedIsMeasuredUnderItsNewPath() {
    mountLender();
    server.root().read("numbers/creds/a");
    server.root().write("sys/remount", Map.of("from", "numbers/", "to", "moved/there/"));
    server.root().read("moved/there/creds/a");
    assertThat(figure("vault_route_read_numbers__count")).isEqualTo(1);
    assertThat(figure("vault_route_read_moved_there__count")).isEqualTo(1);
  }

  @Test
  void tokensAreCountedByHowLongTheyLast() {
    server.root().write("auth/token/create", Map.of("ttl", "90m", "policies", "default"));
    server.root().write("auth/token/create");
    String cluster = cluster();
    String labels =
        "vault_token_creation{auth_method=\"token\",cluster=\"%s\",creation_ttl=\"%s\","
            + "mount_point=\"auth/token/\",namespace=\"root\",token_type=\"service\"}";
    assertThat(figure(labels.formatted(cluster, "2h"))).isEqualTo(1);
    assertThat(figure(labels.formatted(cluster, "+Inf"))).isEqualTo(1);
    assertThat(figure("vault_token_create_count")).isEqualTo(2);
    assertThat(figure("vault_token_create_root")).isEqualTo(2);
    assertThat(figure("vault_expire_register_auth_count")).isEqualTo(1);
  }

  @Test
  void leasesAreCountedFromTheirGivingToTheirEnd() {
    mountLender();
    server.root().read("numbers/creds/a");
    assertThat(figure("vault_expire_register_count")).isEqualTo(1);
    assertThat(text())
        .contains("creation_ttl=\"1h\",mount_point=\"numbers/\",namespace=\"root\",secret_engine");
    lender.breakDown(true);
    server.advance(Duration.ofHours(2));
    server.settle();
    assertThat(figure("vault_expire_lease_expiration")).isEqualTo(1);
    assertThat(figure("vault_expire_lease_expiration_error")).isEqualTo(1);
    assertThat(figure("vault_expire_revoke_count")).isZero();
    lender.breakDown(false);
    server.advance(Duration.ofHours(2));
    server.settle();
    assertThat(figure("vault_expire_revoke_count")).isEqualTo(1);
  }

  @Test
  void aRevokedTreeIsCountedOnceItIsCleanedUp() {
    String token = server.root().write("auth/token/create", Map.of("ttl", "1h")).token();
    server.root().write("auth/token/revoke", Map.of("token", token));
    server.settle();
    assertThat(figure("vault_token_revoke_tree_count")).isEqualTo(1);
  }

  @Test
  void policiesAreMeasured() {
    double sets = figure("vault_policy_set_policy_count");
    server.root().write("sys/policies/acl/a", Map.of("policy", "path \"a\" {}"));
    server.root().read("sys/policies/acl/a");
    server.root().list("sys/policies/acl");
    server.root().delete("sys/policies/acl/a");
    assertThat(figure("vault_policy_set_policy_count")).isEqualTo(sets + 1);
    assertThat(figure("vault_policy_list_policies_count")).isEqualTo(1);
    assertThat(figure("vault_policy_delete_policy_count")).isEqualTo(1);
    assertThat(figure("vault_policy_get_policy_count")).isGreaterThanOrEqualTo(1);
  }

  @Test
  void theBarrierIsMeasured() {
    double puts = figure("vault_barrier_put_count");
    server.root().write("cubbyhole/a", Map.of("b", "c"));
    server.root().read("cubbyhole/a");
    assertThat(figure("vault_barrier_put_count")).isEqualTo(puts + 1);
    assertThat(figure("vault_barrier_get_count")).isGreaterThanOrEqualTo(1);
  }

  private String cluster() {
    return Objects.requireNonNull(server.rooms().seal().status().cluster()).name();
  }

  @Test
  void theStateIsShownWithTheNameOfTheCluster() {
    String cluster = cluster();
    assertThat(figure("vault_core_unsealed{cluster=\"" + cluster + "\"}")).isEqualTo(1);
    assertThat(figure("vault_core_in_flight_requests{cluster=\"" + cluster + "\"}")).isEqualTo(1);
    assertThat(text())
        .containsPattern("num_entries\\{cluster=\".*\",local=\"true\",type=\"logical\"} 1\n");
  }

  @Test
  void aSealedServerShowsThatItIs() {
    server.root().write("sys/seal");
    var reply = server.as("").over(OPENED).read("sys/metrics");
    assertThat(new String(body(reply), StandardCharsets.UTF_8))
        .contains("{\"Name\":\"vault.core.unsealed\",\"Value\":0,\"Labels\":{\"cluster\":\"\"}}");
  }

  @Test
  void onlyAListenerThatSaysSoShowsMetricsToAnybody() {
    assertThat(server.as("").read("sys/metrics").status()).isEqualTo(403);
    assertThat(server.as("").over(OPENED).read("sys/metrics").status()).isEqualTo(200);
    assertThat(server.as("").over(OPENED).read("sys/mounts").status()).isEqualTo(403);
  }

  private static String contentType(TestServer.Client client) {
    return Objects.requireNonNull(client.read("sys/metrics").answer().raw()).contentType();
  }

  @Test
  void theFormMayBeAskedForByAHeader() {
    var reply = server.root().with("Accept", "application/openmetrics-text; version=1.0.0, */*");
    assertThat(contentType(reply)).isEqualTo(Metrics.PROMETHEUS_TYPE);
    assertThat(contentType(server.root())).isEqualTo("application/json");
  }

  @Test
  void aFormThatNobodyKnowsIsRefused() {
    var reply = server.root().call(Operation.READ, "sys/metrics", Map.of("format", "xml"));
    assertThat(reply.status()).isEqualTo(400);
    assertThat(new String(body(reply), StandardCharsets.UTF_8))
        .isEqualTo("metric response format \"xml\" unknown");
  }

  @Test
  void prometheusMayBeSwitchedOff() {
    try (var quiet =
        TestServer.configured("telemetry {\n prometheus_retention_time = \"0s\"\n }")) {
      var reply = quiet.root().call(Operation.READ, "sys/metrics", PROMETHEUS);
      assertThat(reply.status()).isEqualTo(400);
      assertThat(new String(body(reply), StandardCharsets.UTF_8))
          .isEqualTo("prometheus is not enabled");
    }
  }

  @Test
  void requestsInFlightAreListed() {
    var reply = server.root().read("sys/in-flight-req");
    Map<String, Object> running = Json.object(body(reply));
    assertThat(running).hasSize(1);
    assertThat(running.values())
        .singleElement(map(String.class, Object.class))
        .containsEntry("client_remote_address", "127.0.0.1:12345")
        .containsEntry("request_path", "/v1/sys/in-flight-req")
        .containsEntry("request_method", "GET")
        .containsEntry("client_id", "0DHqvq2D77kL2/JTPSZkTMJbkFVmUu0TzMi0jiXcFy8=")
        .extractingByKey("start_time", STRING)
        .startsWith("2025-12-31T23:59:59.");
  }

  @Test
  void onlyAListenerThatSaysSoListsRequestsToAnybody() {
    assertThat(server.as("").read("sys/in-flight-req").status()).isEqualTo(403);
    assertThat(server.as("").over(LISTED).read("sys/in-flight-req").status()).isEqualTo(200);
    assertThat(server.as("").over(LISTED).read("sys/metrics").status()).isEqualTo(403);
  }
}
