package coffer.secrets.kv;

import static coffer.engine.testing.Json.object;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.engine.Operation;
import coffer.engine.testing.MountedEngine;
import coffer.engine.testing.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// What a talk with a peer doesn't show of version 2: times, what is stored, and what differs on
/// purpose.
class KvV2Test {
  private final MountedEngine kv = MountedEngine.of(KvTypes.KV, Map.of("version", "2"));

  private Outcome put(String path, String data) {
    return kv.write("data/" + path, object("{\"data\": " + data + "}"));
  }

  private void config(String fields) {
    assertThat(kv.write("config", object(fields)).status()).isEqualTo(204);
  }

  private static String versions(int... numbers) {
    return "{\"versions\": " + java.util.Arrays.toString(numbers) + "}";
  }

  @Test
  void numbersAndTheOrderOfNamesSurvive() {
    String data =
        "{\"z\": 1.50, \"a\": 12345678901234567890, \"m\": {\"y\": 1, \"b\": [0.10, null]}}";
    put("a", data);
    assertThat(kv.read("data/a").at("data")).hasToString(object(data).toString());
    kv.ask(Operation.PATCH, "data/a", object("{\"data\": {\"n\": 9007199254740993}}"));
    assertThat(kv.read("data/a").at("data"))
        .hasToString(
            "{z=1.50, a=12345678901234567890, m={y=1, b=[0.10, null]}, n=9007199254740993}");
  }

  @Test
  void timesHaveAsManyDecimalsAsTheyNeed() {
    assertThat(put("a", "{}").at("created_time")).isEqualTo("2026-01-02T03:04:05.67890123Z");
    kv.advance(Duration.ofNanos(321_098_770));
    assertThat(put("a", "{}").at("created_time")).isEqualTo("2026-01-02T03:04:06Z");
    kv.advance(Duration.ofMillis(120));
    assertThat(put("a", "{}").at("created_time")).isEqualTo("2026-01-02T03:04:06.12Z");
    kv.advance(Duration.ofNanos(1));
    assertThat(put("a", "{}").at("created_time")).isEqualTo("2026-01-02T03:04:06.120000001Z");
  }

  @Test
  void aVersionLivesForTheShorterOfTwoTimes() {
    config("{\"delete_version_after\": \"1h\"}");
    assertThat(put("a", "{}").at("deletion_time")).isEqualTo("2026-01-02T04:04:05.67890123Z");
    kv.write("metadata/a", object("{\"delete_version_after\": \"2h\"}"));
    assertThat(put("a", "{}").at("deletion_time")).isEqualTo("2026-01-02T04:04:05.67890123Z");
    kv.write("metadata/a", object("{\"delete_version_after\": \"10m\"}"));
    assertThat(put("a", "{}").at("deletion_time")).isEqualTo("2026-01-02T03:14:05.67890123Z");
    config("{\"delete_version_after\": \"0\"}");
    assertThat(put("a", "{}").at("deletion_time")).isEqualTo("2026-01-02T03:14:05.67890123Z");
    config("{\"delete_version_after\": \"-1s\"}");
    assertThat(put("a", "{}").at("deletion_time")).isEqualTo("");
  }

  @Test
  void aVersionIsGoneTheMomentItsTimeComes() {
    config("{\"delete_version_after\": \"10s\"}");
    put("a", "{}");
    kv.advance(Duration.ofNanos(9_999_999_999L));
    assertThat(kv.read("data/a").status()).isEqualTo(200);
    kv.advance(Duration.ofNanos(1));
    assertThat(kv.read("data/a").status()).isEqualTo(404);
    kv.write("undelete/a", object(versions(1)));
    assertThat(kv.read("data/a").at("metadata", "deletion_time"))
        .isEqualTo("2026-01-02T03:04:25.67890123Z");
  }

  @Test
  void deletingAndBringingBackAreNoUpdates() {
    put("a", "{}");
    Object updated = kv.read("metadata/a").at("updated_time");
    kv.advance(Duration.ofSeconds(1));
    kv.delete("data/a");
    kv.write("undelete/a", object(versions(1)));
    kv.write("destroy/a", object(versions(1)));
    assertThat(kv.read("metadata/a").at("updated_time")).isEqualTo(updated);
    kv.write("metadata/a", object("{\"max_versions\": 1}"));
    assertThat(kv.read("metadata/a").at("updated_time")).isEqualTo("2026-01-02T03:04:06.67890123Z");
  }

  @Test
  void aWriteCountsAsACreateUntilThereIsSomething() {
    assertThat(put("a", "{}").operation()).isEqualTo(Operation.CREATE);
    assertThat(put("a", "{}").operation()).isEqualTo(Operation.UPDATE);
    kv.delete("data/a");
    assertThat(put("a", "{}").operation()).isEqualTo(Operation.UPDATE);
    kv.delete("metadata/a");
    Map<String, Object> settings = object("{\"max_versions\": 1}");
    assertThat(kv.write("metadata/a", settings).operation()).isEqualTo(Operation.CREATE);
    assertThat(kv.write("metadata/a", settings).operation()).isEqualTo(Operation.UPDATE);
    assertThat(put("a", "{}").operation()).isEqualTo(Operation.UPDATE);
    assertThat(kv.write("delete/b", object(versions(1))).operation()).isEqualTo(Operation.UPDATE);
  }

  @Test
  void theCurrentVersionIsReadByOneGetAndAnotherByTwo() {
    put("a", "{\"v\": 1}");
    put("a", "{\"v\": 2}");
    int before = kv.gets();
    assertThat(kv.read("data/a").at("data", "v")).isEqualTo(2L);
    assertThat(kv.gets() - before).isEqualTo(1);
    assertThat(kv.ask(Operation.READ, "data/a", Map.of("version", "1")).at("data", "v"))
        .isEqualTo(1L);
    assertThat(kv.gets() - before).isEqualTo(3);
  }

  @Test
  void aVersionIsStoredOnce() {
    put("a", "{\"v\": 1}");
    assertThat(kv.keys()).containsExactly("secret/a");
    put("a", "{\"v\": 2}");
    put("a", "{\"v\": 3}");
    assertThat(kv.keys()).containsExactly("secret/a", "version/1/a", "version/2/a");
  }

  @Test
  void whatIsDestroyedLeavesNothingBehind() {
    put("a", "{\"v\": 1}");
    put("a", "{\"v\": 2}");
    put("a", "{\"v\": 3}");
    kv.write("destroy/a", object(versions(1, 3)));
    assertThat(kv.keys()).containsExactly("secret/a", "version/2/a");
    put("a", "{\"v\": 4}");
    assertThat(kv.keys()).containsExactly("secret/a", "version/2/a");
    assertThat(kv.ask(Operation.READ, "data/a", Map.of("version", "2")).at("data", "v"))
        .isEqualTo(2L);
  }

  @Test
  void whatIsPrunedLeavesNothingBehind() {
    for (int i = 1; i <= 12; i++) {
      put("a", "{\"v\": " + i + "}");
    }
    assertThat(kv.keys()).hasSize(10).contains("version/3/a").doesNotContain("version/2/a");
    config("{\"max_versions\": 2}");
    put("a", "{\"v\": 13}");
    assertThat(kv.keys()).containsExactly("config", "secret/a", "version/12/a");
    kv.write("destroy/a", object(versions(12)));
    put("a", "{\"v\": 14}");
    put("a", "{\"v\": 15}");
    assertThat(kv.keys()).containsExactly("config", "secret/a", "version/14/a");
  }

  @Test
  void whatIsRemovedLeavesNothingBehindAndItsNeighboursAlone() {
    for (String path : List.of("a", "a/b", "a/b/c", "ab")) {
      put(path, "{\"v\": 1}");
      put(path, "{\"v\": 2}");
    }
    kv.delete("metadata/a");
    kv.delete("metadata/a/b/c");
    assertThat(kv.keys())
        .containsExactly("secret/a/b", "secret/ab", "version/1/a/b", "version/1/ab");
  }

  @Test
  void aRefusedWriteLeavesEverythingAsItWas() {
    put("a", "{\"v\": 1}");
    Map<String, Object> before = kv.read("metadata/a").data();
    kv.write("data/a", object("{\"data\": {\"v\": 2}, \"options\": {\"cas\": 9}}"));
    kv.write("metadata/a", object("{\"max_versions\": 1, \"metadata_cas\": 9}"));
    kv.write("metadata/a", object("{\"max_versions\": 1, \"delete_version_after\": \"-1s\"}"));
    assertThat(kv.read("metadata/a").data()).isEqualTo(before);
    assertThat(kv.keys()).containsExactly("secret/a");
  }

  @Test
  void writersAtTheSameTimeMakeAVersionEach() throws InterruptedException, ExecutionException {
    int writers = 8;
    int writes = 25;
    config("{\"max_versions\": 1000}");
    List<Future<?>> running = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < writers; i++) {
        String who = Integer.toString(i);
        running.add(
            threads.submit(
                () -> {
                  for (int n = 0; n < writes; n++) {
                    put("a", "{\"who\": " + who + ", \"n\": " + n + "}");
                  }
                }));
      }
      for (Future<?> one : running) {
        one.get();
      }
    }
    Set<Object> seen = new HashSet<>();
    for (int version = 1; version <= writers * writes; version++) {
      seen.add(kv.ask(Operation.READ, "data/a", Map.of("version", (long) version)).at("data"));
    }
    assertThat(seen).hasSize(writers * writes);
    assertThat(kv.read("metadata/a").at("current_version")).isEqualTo((long) writers * writes);
  }

  @Test
  void patchesOfMetadataReadNumbersAndNullsAsWritesDo() {
    kv.write("metadata/a", object("{\"delete_version_after\": \"1h\", \"max_versions\": 5}"));
    kv.ask(
        Operation.PATCH,
        "metadata/a",
        object(
            "{\"delete_version_after\": null, \"max_versions\": -1, \"custom_metadata\": {\"n\": 1}}"));
    Outcome read = kv.read("metadata/a");
    assertThat(read.at("delete_version_after")).isEqualTo("0s");
    assertThat(read.at("max_versions")).isEqualTo(4294967295L);
    assertThat(read.at("custom_metadata", "n")).isEqualTo("1");
  }

  @Test
  void aPatchOfNothingMakesSomethingOfIt() {
    put("a", "null");
    assertThat(kv.ask(Operation.PATCH, "data/a", object("{\"data\": {\"x\": 1}}")).status())
        .isEqualTo(200);
    assertThat(kv.read("data/a").at("data", "x")).isEqualTo(1L);
  }

  @Test
  void aFolderHasNoDetailsOfTheSecretOfItsName() {
    put("a", "{}");
    put("a/b", "{}");
    Outcome listed = kv.list("detailed-metadata");
    assertThat(listed.at("key_info", "a/")).isEqualTo(Map.of());
    assertThat(listed.at("key_info", "a", "current_version")).isEqualTo(1L);
  }
}
