package coffer.secrets.kv;

import static coffer.engine.testing.Json.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.engine.EngineType;
import coffer.engine.EngineType.Spelling;
import coffer.engine.Operation;
import coffer.engine.Refusal;
import coffer.engine.testing.MountedEngine;
import coffer.engine.testing.Outcome;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KvTypesTest {
  private static final Map<String, String> V2 = Map.of("version", "2");

  private static MountedEngine mount(EngineType type, Map<String, String> options) {
    return MountedEngine.of(type, options);
  }

  @ParameterizedTest
  @CsvSource({"'', KvV1", "1, KvV1", "2, KvV2"})
  void theVersionIsAnOption(String version, String engine) {
    assertThat(mount(KvTypes.KV, Map.of("version", version)).engine().getClass().getSimpleName())
        .isEqualTo(engine);
  }

  @Test
  void withoutTheOptionItIsVersion1() {
    assertThat(mount(KvTypes.KV, Map.of()).engine()).isInstanceOf(KvV1.class);
    assertThat(mount(KvTypes.GENERIC, Map.of()).engine()).isInstanceOf(KvV1.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"3", "0", "x", " 2", "v2"})
  void thereAreNoOtherVersions(String version) {
    assertThatThrownBy(() -> mount(KvTypes.KV, Map.of("version", version)))
        .isInstanceOf(Refusal.class)
        .hasMessage("nil backend of type \"kv\" returned from factory");
  }

  @Test
  void theOldNameHasNoVersions() {
    assertThatThrownBy(() -> mount(KvTypes.GENERIC, V2))
        .isInstanceOf(Refusal.class)
        .hasMessage("secrets engine \"generic\" does not allow setting a version");
  }

  @Test
  void eachVersionHasASpelling() {
    assertThat(KvTypes.KV.spellings())
        .containsExactly(new Spelling("kv-v1", Map.of("version", "1")), new Spelling("kv-v2", V2));
  }

  @Test
  void whatVersion1WroteIsAFirstVersionToVersion2() {
    MountedEngine old = mount(KvTypes.KV, Map.of());
    old.write("a", object("{\"x\": 1, \"ttl\": \"1h\"}"));
    old.write("data/b", object("{\"y\": 1}"));

    MountedEngine kv = old.reopened(KvTypes.KV, V2);
    Outcome read = kv.read("data/a");
    assertThat(read.at("data")).isEqualTo(object("{\"x\": 1, \"ttl\": \"1h\"}"));
    assertThat(read.at("metadata", "version")).isEqualTo(1L);
    assertThat(read.at("metadata", "created_time")).isEqualTo("2026-01-02T03:04:05.67890123Z");
    assertThat(kv.read("data/data/b").at("data", "y")).isEqualTo(1L);
    assertThat(kv.list("metadata").at("keys")).hasToString("[a, data/]");
    assertThat(kv.read("metadata/a").at("current_version")).isEqualTo(1L);
  }

  @Test
  void whatVersion1WroteGrowsFurtherVersions() {
    MountedEngine old = mount(KvTypes.GENERIC, Map.of());
    old.write("a", object("{\"x\": 1}"));
    MountedEngine kv = old.reopened(KvTypes.KV, V2);
    Map<String, Object> second = object("{\"data\": {\"x\": 2}, \"options\": {\"cas\": 1}}");
    assertThat(kv.write("data/a", second).at("version")).isEqualTo(2L);
    assertThat(kv.ask(Operation.READ, "data/a", Map.of("version", "1")).at("data", "x"))
        .isEqualTo(1L);
    kv.write("destroy/a", object("{\"versions\": [1, 2]}"));
    kv.delete("metadata/a");
    assertThat(kv.keys()).isEmpty();
  }
}
