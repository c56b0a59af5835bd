package coffer.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a storage holds after random batches, kept in a map of the JDK. There are few keys, so that
/// writes meet.
final class SortedModel {
  private static final List<String> LETTERS =
      List.of("a", "b", "/", "é", "\uffff", "😀", "\udbff\udfff");

  private final Random random;
  private final NavigableMap<String, String> entries =
      new TreeMap<>((one, other) -> Arrays.compareUnsigned(bytes(one), bytes(other)));

  SortedModel(Random random) {
    this.random = random;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  byte @Nullable [] get(String key) {
    String value = entries.get(key);
    return value == null ? null : bytes(value);
  }

  /// As [Storage#range], each as `key=value`.
  List<String> range(String prefix, String after, int limit) {
    return (after.isEmpty() ? entries : entries.tailMap(after, false))
        .entrySet().stream()
            .filter(entry -> entry.getKey().startsWith(prefix))
            .limit(limit)
            .map(Object::toString)
            .toList();
  }

  /// A batch whose writes are done here too.
  Batch randomBatch() {
    var batch = new Batch();
    for (int i = random.nextInt(8); i >= 0; i--) {
      switch (random.nextInt(10)) {
        case 0 -> deleteAll(batch, randomKey(3));
        case 1, 2 -> delete(batch, randomKey(4));
        default -> put(batch, randomKey(4));
      }
    }
    return batch;
  }

  private void deleteAll(Batch batch, String prefix) {
    batch.deleteAll(prefix);
    entries.keySet().removeIf(key -> key.startsWith(prefix));
  }

  private void delete(Batch batch, String key) {
    batch.delete(key);
    entries.remove(key);
  }

  private void put(Batch batch, String key) {
    String value = Integer.toString(random.nextInt(100));
    batch.put(key, bytes(value));
    entries.put(key, value);
  }

  String randomKey(int most) {
    var key = new StringBuilder();
    for (int i = random.nextInt(most + 1); i > 0; i--) {
      key.append(LETTERS.get(random.nextInt(LETTERS.size())));
    }
    return key.toString();
  }
}
