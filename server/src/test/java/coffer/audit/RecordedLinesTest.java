package coffer.audit;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Holds lines against those that the peer wrote of the same exchanges.
class RecordedLinesTest {
  private static final String SALT = "a salt";
  private static final Map<String, LineOptions> DEVICES =
      Map.of(
          "hashed", new LineOptions(false, true, false, ""),
          "raw", new LineOptions(true, true, false, ""),
          "short", new LineOptions(false, false, true, ""));

  /// What lines have beyond the peer's.
  private static final List<String> ADDED = List.of("rule", "reason", "denying_policies", "line");

  static Stream<Recorded> recorded() {
    return Recorded.all().stream();
  }

  static Stream<Recorded> hashed() {
    return recorded().filter(one -> one.device().equals("hashed"));
  }

  @ParameterizedTest
  @MethodSource("recorded")
  void aLineHasThePeersFieldsInTheirOrder(Recorded recorded) {
    Map<String, Object> peers = Json.object(recorded.json().getBytes(StandardCharsets.UTF_8));
    Map<String, Object> ours = written(recorded, recorded.device());

    assertThat(shape(ours, true)).isEqualTo(shape(peers, false));
  }

  /// At each place where the peer hashes, the hash is that of what stands there in the clear.
  @ParameterizedTest
  @MethodSource("hashed")
  void aHashIsThatOfTheValueInTheClear(Recorded recorded) {
    var hashed = new TreeMap<String, String>();
    var clear = new TreeMap<String, String>();
    flatten("", written(recorded, "hashed"), hashed);
    flatten("", written(recorded, "raw"), clear);
    var hmac = new Hmac(SALT);

    assertThat(hashed.keySet()).isEqualTo(clear.keySet());
    assertThat(hashed)
        .allSatisfy(
            (place, value) -> {
              String plain = clear.getOrDefault(place, "");
              assertThat(value).isIn(plain, hmac.spelled(plain));
            });
  }

  private static Map<String, Object> written(Recorded recorded, String device) {
    LineOptions options = Objects.requireNonNull(DEVICES.get(device));
    var scribe = new Scribe(options, new Salt(SALT), new ClientIds()::of);
    var line = new LineBuffer();
    Map<String, Boolean> headers = new TreeMap<>(Map.of("x-seen", false, "x-hidden", true));
    Instant now = Instant.EPOCH;
    if (recorded.type().equals("request")) {
      scribe.request(recorded.request(), recorded.errors(), headers, now, line);
    } else {
      scribe.response(recorded.request(), recorded.answer(), headers, now, line);
    }
    return Json.object(line.text().array(), 0, line.length());
  }

  private static void flatten(String place, @Nullable Object value, Map<String, String> into) {
    switch (value) {
      case Map<?, ?> fields ->
          fields.forEach((key, item) -> flatten(place + "/" + key, item, into));
      case List<?> items -> {
        for (int i = 0; i < items.size(); i++) {
          flatten(place + "/" + i, items.get(i), into);
        }
      }
      case null -> into.put(place, "null");
      default -> into.put(place, value.toString());
    }
  }

  /// The line with hashes numbered in the order of their first place, without what can't be equal.
  private static String shape(Map<String, Object> line, boolean ours) {
    return new String(
        Json.bytes(normal("", line, ours, new ArrayList<>())), StandardCharsets.UTF_8);
  }

  private static @Nullable Object normal(
      String name, @Nullable Object value, boolean ours, List<String> hashes) {
    return switch (value) {
      case Map<?, ?> fields -> normalFields(fields, ours, hashes);
      case List<?> items -> items.stream().map(item -> normal(name, item, ours, hashes)).toList();
      case String text when text.startsWith(Hmac.PREFIX) -> {
        if (!hashes.contains(text)) {
          hashes.add(text);
        }
        yield "hash " + hashes.indexOf(text);
      }
      case String text when name.equals("time") || name.startsWith("mount_running") -> name;
      case null, default -> value;
    };
  }

  private static Map<String, @Nullable Object> normalFields(
      Map<?, ?> fields, boolean ours, List<String> hashes) {
    var normal = new LinkedHashMap<String, @Nullable Object>();
    fields.forEach(
        (key, value) -> {
          String name = String.valueOf(key);
          boolean added = ours && ADDED.contains(name);
          // The identity room alone would know that an entity is new.
          if (!added && !name.equals("entity_created")) {
            normal.put(name, normal(name, value, ours, hashes));
          }
        });
    return normal;
  }
}
