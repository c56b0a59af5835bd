package coffer.secrets.kv;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.engine.Operation;
import coffer.engine.testing.MountedEngine;
import coffer.engine.testing.Outcome;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The bounds of what people may say about a secret, on both sides.
class CustomMetadataTest {
  private final MountedEngine kv = MountedEngine.of(KvTypes.KV, Map.of("version", "2"));

  private Outcome set(Operation operation, Map<String, Object> pairs) {
    return kv.ask(operation, "metadata/a", Map.of("custom_metadata", pairs));
  }

  private static Map<String, Object> pairs(String prefix, int count) {
    Map<String, Object> pairs = new HashMap<>();
    for (int i = 0; i < count; i++) {
      pairs.put(prefix + i, "v");
    }
    return pairs;
  }

  private static String failed(String why) {
    return "1 error occurred:\n\t* custom_metadata validation failed: " + why + "\n\n";
  }

  private static Stream<Arguments> bounds() {
    return Stream.of(
        Arguments.of(pairs("k", 64), ""),
        Arguments.of(pairs("k", 65), "payload must contain at most 64 keys, provided 65"),
        Arguments.of(Map.of("k".repeat(128), "v"), ""),
        Arguments.of(
            Map.of("k".repeat(129), "v"),
            "length of key \"" + "k".repeat(129) + "\" is 129 but must be 0 < len(key) <= 128"),
        Arguments.of(
            Map.of("ä".repeat(65), "v"),
            "length of key \"" + "ä".repeat(65) + "\" is 130 but must be 0 < len(key) <= 128"),
        Arguments.of(Map.of("k", "v".repeat(512)), ""),
        Arguments.of(
            Map.of("k", "v".repeat(513)),
            "length of value for key \"k\" is 513 but must be 0 < len(value) <= 512"),
        Arguments.of(
            Map.of("k", "ä".repeat(257)),
            "length of value for key \"k\" is 514 but must be 0 < len(value) <= 512"),
        Arguments.of(Map.of("k", "\t"), "value for key \"k\" contains unprintable characters"),
        Arguments.of(Map.of("k", "𝄞 ´ 中"), ""));
  }

  @ParameterizedTest
  @MethodSource("bounds")
  void whatIsTooMuchIsRefusedAndWhatJustFitsIsKept(Map<String, Object> pairs, String why) {
    Outcome outcome = set(Operation.UPDATE, pairs);
    if (why.isEmpty()) {
      assertThat(outcome.status()).isEqualTo(204);
      assertThat(kv.read("metadata/a").at("custom_metadata")).isEqualTo(pairs);
    } else {
      assertThat(outcome.status()).isEqualTo(400);
      assertThat(outcome.errors()).containsExactly(failed(why));
      assertThat(kv.keys()).isEmpty();
    }
  }

  @Test
  void severalFaultsAreToldAtOnce() {
    assertThat(set(Operation.UPDATE, Map.of("a\n", "")).errors())
        .containsExactly(
            "2 errors occurred:\n"
                + "\t* custom_metadata validation failed: key \"a\\n\" (a\n"
                + ") contains unprintable characters\n"
                + "\t* custom_metadata validation failed: length of value for key \"a\\n\" is 0 but"
                + " must be 0 < len(value) <= 512\n\n");
  }

  @Test
  void theBoundsHoldForWhatAPatchMakesToo() {
    set(Operation.UPDATE, pairs("k", 64));
    assertThat(set(Operation.PATCH, Map.of("more", "v")).errors())
        .containsExactly(failed("payload must contain at most 64 keys, provided 65"));
    assertThat(set(Operation.PATCH, Map.of("k0", "w")).status()).isEqualTo(204);
  }
}
