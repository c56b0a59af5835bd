package coffer.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.barrier.Transaction;
import coffer.config.AuditConfig;
import coffer.engine.Operation;
import coffer.engine.Refusal;
import coffer.exchange.Answer;
import coffer.exchange.Request;
import coffer.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class AuditBrokerTest {
  @TempDir Path folder;

  private final Unsealed server = new Unsealed();
  private final AuditBroker broker = broker(new AuditBroker.Settings(Duration.ofSeconds(30), true));

  private static AuditBroker broker(AuditBroker.Settings settings) {
    return new AuditBroker(Unsealed.TIME, Unsealed.RANDOM, settings, sentence -> {});
  }

  @AfterEach
  void end() {
    broker.close();
  }

  private AuditConfig file(String path, String... options) {
    var all = new LinkedHashMap<String, String>();
    all.put("file_path", log(path).toString());
    for (int i = 0; i < options.length; i += 2) {
      all.put(options[i], options[i + 1]);
    }
    return new AuditConfig("file", path, "", false, Map.copyOf(all));
  }

  private Path log(String path) {
    return folder.resolve(path.replace("/", "") + ".log");
  }

  private void enable(AuditConfig config) {
    Transaction transaction = server.transaction();
    broker.enable(transaction, config);
    transaction.commit();
  }

  private void disable(String path) {
    Transaction transaction = server.transaction();
    broker.disable(transaction, path);
    transaction.commit();
  }

  private void declare(AuditConfig... configs) {
    Transaction transaction = server.transaction();
    broker.declare(transaction, List.of(configs));
    transaction.commit();
  }

  private void read(String path) {
    Request request = Exchanges.read(path);
    broker.request(request, List.of());
    broker.response(request, Answer.of(Map.of("key", "value")));
  }

  private static List<String> lines(Path file) throws IOException {
    return Files.readAllLines(file);
  }

  @Test
  void withoutADeviceNothingIsRecordedAndNothingRefused() {
    read("secret/a");

    assertThat(broker.list()).isEmpty();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aDeviceShowsThatItCanAndThenRecords() throws IOException {
    enable(file("main"));
    read("secret/a");

    assertThat(lines(log("main"))).hasSize(3);
    assertThat(lines(log("main")).getFirst())
        .matches(
            "\\{\"time\":\"2026-11-24T15:09:28.286704643Z\",\"type\":\"request\",\"auth\":"
                + "\\{\"token_type\":\"default\"},\"request\":\\{\"id\":\"[0-9a-f-]{36}\","
                + "\"operation\":\"update\",\"namespace\":\\{\"id\":\"root\"},"
                + "\"path\":\"sys/audit/test\"}}");
    assertThat(broker.list()).containsExactly(file("main/"));
  }

  @Test
  void theTestCanBeSkipped() {
    enable(file("main", "skip_test", "true"));

    assertThat(log("main")).isEmptyFile();
  }

  @Test
  void nothingIsEnabledBeforeItIsCommitted() throws IOException {
    Transaction transaction = server.transaction();
    broker.enable(transaction, file("main"));
    read("secret/a");

    assertThat(broker.list()).isEmpty();
    assertThat(lines(log("main"))).hasSize(1);
  }

  @Test
  void aDisabledDeviceRecordsNothing() throws IOException {
    enable(file("main"));
    enable(file("other"));
    disable("main/");
    disable("nowhere");
    read("secret/a");

    assertThat(lines(log("main"))).hasSize(1);
    assertThat(lines(log("other"))).hasSize(3);
  }

  @Test
  void devicesComeBackWithTheirSaltAfterUnsealing() {
    enable(file("main", "log_raw", "true"));
    String hash = broker.hash("main", "value");
    AuditBroker restarted = broker(AuditBroker.Settings.STANDARD);
    restarted.load(server.transaction());

    assertThat(restarted.list()).isEqualTo(broker.list());
    assertThat(restarted.hash("main/", "value")).isEqualTo(hash);
    restarted.close();
    assertThat(restarted.list()).isEmpty();
  }

  @Test
  void aHashIsWhatStandsInTheLine() throws IOException {
    enable(file("main"));
    enable(file("other"));
    read("secret/a");

    assertThat(lines(log("main")).getLast()).contains(broker.hash("main", "value"));
    assertThat(broker.hash("other", "value")).isNotEqualTo(broker.hash("main", "value"));
    assertThatThrownBy(() -> broker.hash("nope", "value"))
        .hasMessage("unknown audit backend \"nope/\"");
  }

  @Test
  void aSecretIsInNoLineUnlessTheDeviceWantsItSo() throws IOException {
    enable(file("hashed"));
    enable(file("raw", "log_raw", "true"));
    read("secret/a");

    assertThat(log("hashed")).content().doesNotContain("hvs.caller", "\"value\"");
    assertThat(log("raw")).content().contains("hvs.caller", "\"value\"");
  }

  @Test
  void aPrefixIsPutBeforeEveryLineWhereThatIsAllowed() throws IOException {
    enable(file("main", "prefix", "@cee: "));
    read("secret/a");

    assertThat(lines(log("main"))).hasSize(3).allMatch(line -> line.startsWith("@cee: {\"time\""));
    assertThatThrownBy(
            () ->
                broker(AuditBroker.Settings.STANDARD)
                    .enable(server.transaction(), file("x", "prefix", "#!/bin/sh\n")))
        .hasMessage("audit log prefixing is not allowed");
  }

  @Test
  void headersAreRecordedOnceTheyAreWanted() throws IOException {
    enable(file("main"));
    Transaction transaction = server.transaction();
    broker.headers().put(transaction, "X-Seen", false);
    broker.headers().put(transaction, "X-Hidden", true);
    transaction.commit();
    var request =
        new Request(
            "id",
            Operation.READ,
            "sys/mounts",
            Map.of(),
            name -> List.of("value"),
            Exchanges.connection(1));
    broker.request(request, List.of());

    assertThat(lines(log("main")).getLast())
        .contains(
            "\"headers\":{\"x-hidden\":[\""
                + broker.hash("main", "value")
                + "\"],\"x-seen\":[\"value\"]}");
  }

  @Test
  void whereNoDeviceCanRecordTheRequestIsRefused() {
    enable(
        new AuditConfig(
            "socket", "gone", "", false, Map.of("address", "127.0.0.1:1", "skip_test", "true")));

    assertThatThrownBy(() -> read("secret/a"))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.why()).isEqualTo(Refusal.Why.FAILED))
        .hasMessage("internal error");
  }

  @Test
  void oneDeviceThatCanRecordIsEnough() throws IOException {
    enable(
        new AuditConfig(
            "socket", "gone", "", false, Map.of("address", "127.0.0.1:1", "skip_test", "true")));
    enable(file("main"));
    read("secret/a");

    assertThat(lines(log("main"))).hasSize(3);
  }

  @Test
  void concurrentRequestsInterleaveNoLine() throws Exception {
    enable(file("main"));
    int requests = 400;
    var done = new CountDownLatch(requests);
    for (int i = 0; i < requests; i++) {
      String path = "secret/" + "x".repeat(i * 7) + "/" + i;
      Thread.ofVirtual()
          .start(
              () -> {
                read(path);
                done.countDown();
              });
    }
    assertThat(done.await(50, TimeUnit.SECONDS)).isTrue();

    Set<String> seen = new HashSet<>();
    for (String line : lines(log("main"))) {
      Map<String, Object> read = Json.object(line.getBytes(StandardCharsets.UTF_8));
      if (read.get("request") instanceof Map<?, ?> asked) {
        seen.add(read.get("type") + " " + asked.get("path"));
      }
    }
    assertThat(seen).hasSize(2 * requests + 1);
  }

  @Test
  void declaredDevicesFollowTheConfigurationAndKeepTheirSalt() {
    declare(file("one"), file("two"));
    String hash = broker.hash("one", "value");
    declare(file("one", "log_raw", "true"), file("three"));

    assertThat(broker.list()).containsExactly(file("one/", "log_raw", "true"), file("three/"));
    assertThat(broker.hash("one", "value")).isEqualTo(hash);
    assertThatThrownBy(() -> disable("one"))
        .hasMessage("cannot disable configuration-managed audit device");
  }

  @Test
  void aDeviceOfTheApiStaysWhateverIsDeclared() {
    enable(file("by-hand"));
    declare(file("one"));
    declare();

    assertThat(broker.list()).containsExactly(file("by-hand/"));
  }

  @Test
  void allFilesAreBegunAnewWhenAsked() throws IOException {
    enable(file("main"));
    Path moved = Files.move(log("main"), folder.resolve("moved"));
    broker.reopen();
    read("secret/a");

    assertThat(lines(moved).size() + lines(log("main")).size()).isEqualTo(3);
    assertThat(lines(log("main"))).isNotEmpty();
  }
}
