package coffer.secrets.kv;

import static coffer.engine.testing.Json.object;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.engine.Operation;
import coffer.engine.testing.MountedEngine;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What a talk with a peer doesn't show of version 1.
class KvV1Test {
  private final MountedEngine kv = MountedEngine.of(KvTypes.KV);

  @Test
  void numbersAndTheOrderOfNamesSurvive() {
    Map<String, Object> secret =
        object("{\"z\": 1.50, \"a\": 12345678901234567890, \"m\": [0.10, null, {\"y\": 1}]}");
    kv.write("a", secret);
    assertThat(kv.read("a").data()).hasToString(secret.toString());
  }

  @Test
  void aWriteCountsAsACreateWhereThereIsNothing() {
    Map<String, Object> secret = object("{\"x\": 1}");
    assertThat(kv.write("a", secret).operation()).isEqualTo(Operation.CREATE);
    assertThat(kv.write("a", secret).operation()).isEqualTo(Operation.UPDATE);
    kv.delete("a");
    assertThat(kv.write("a", secret).operation()).isEqualTo(Operation.CREATE);
  }

  @Test
  void aReadIsOneGet() {
    kv.write("a", object("{\"x\": 1}"));
    int before = kv.gets();
    kv.read("a");
    assertThat(kv.gets() - before).isEqualTo(1);
  }

  @Test
  void whatIsDeletedLeavesNothingBehind() {
    kv.write("a", object("{\"x\": 1}"));
    kv.delete("a");
    assertThat(kv.keys()).isEmpty();
  }
}
