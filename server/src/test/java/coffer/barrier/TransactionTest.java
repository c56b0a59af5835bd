package coffer.barrier;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.engine.Refusal;
import coffer.storage.InMemoryStorage;
import coffer.storage.Storage.Entry;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransactionTest {
  private static final byte[] ROOT = "0123456789abcdef0123456789abcdef".getBytes(UTF_8);
  private static final int ALL = Integer.MAX_VALUE;
  private static final Comparator<String> BY_BYTES =
      (one, other) -> Arrays.compareUnsigned(one.getBytes(UTF_8), other.getBytes(UTF_8));

  private final CountingStorage storage = new CountingStorage(new InMemoryStorage());
  private final Barrier barrier = new Barrier(storage, new SecureRandom(), () -> Instant.EPOCH);
  private final Transaction transaction = new Transaction(barrier);

  @BeforeEach
  void unseal() throws WrongKeyException {
    barrier.initialize(ROOT);
    barrier.unseal(ROOT);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static List<String> text(List<Entry> entries) {
    return entries.stream()
        .map(entry -> entry.key() + "=" + new String(entry.value(), UTF_8))
        .toList();
  }

  private void put(String... keys) {
    for (String key : keys) {
      transaction.put(key, bytes("1"));
    }
  }

  @Test
  void whatIsWrittenIsSeenHereAtOnceAndElsewhereOnceItIsCommitted() {
    put("m/a");
    assertThat(transaction.get("m/a")).isEqualTo(bytes("1"));
    assertThat(barrier.get("m/a")).isNull();
    assertThat(new Transaction(barrier).any("m/")).isFalse();
    transaction.commit();
    assertThat(barrier.get("m/a")).isEqualTo(bytes("1"));
    assertThat(new Transaction(barrier).any("m/")).isTrue();
  }

  @Test
  void whatIsDiscardedWasNeverWritten() {
    put("m/a");
    transaction.commit();
    List<String> ran = new ArrayList<>();
    transaction.onCommit(() -> ran.add("discarded"));
    transaction.put("m/a", bytes("2"));
    transaction.deleteAll("m/");
    put("m/b");
    assertThat(transaction.hasWrites()).isTrue();
    transaction.discard();
    assertThat(transaction.hasWrites()).isFalse();
    transaction.commit();
    assertThat(text(transaction.range("m/", "", ALL))).containsExactly("m/a=1");
    assertThat(ran).isEmpty();
  }

  @Test
  void whatWaitsForACommitRunsOnceWhenAllIsDurable() {
    List<String> ran = new ArrayList<>();
    put("m/a");
    transaction.onCommit(() -> ran.add(new String(text(barrier.range("m/", "", 1)).getFirst())));
    transaction.commit();
    transaction.commit();
    assertThat(ran).containsExactly("m/a=1");
  }

  @Test
  void whatCouldNotBeCommittedIsStillToBeCommitted() throws WrongKeyException {
    List<String> ran = new ArrayList<>();
    put("m/a");
    transaction.onCommit(() -> ran.add("committed"));
    barrier.seal();
    assertThatThrownBy(transaction::commit).isInstanceOf(Refusal.class);
    assertThat(ran).isEmpty();
    assertThat(transaction.hasWrites()).isTrue();
    barrier.unseal(ROOT);
    transaction.commit();
    assertThat(barrier.get("m/a")).isEqualTo(bytes("1"));
    assertThat(ran).containsExactly("committed");
  }

  @Test
  void namesAreWhatIsDirectlyBelow() {
    put("m/a", "m/a/x", "m/a/y/z", "m/a0", "m/b/c", "n/a");
    assertThat(transaction.names("m/", "", ALL)).containsExactly("a", "a/", "a0", "b/");
    assertThat(transaction.names("m/", "a", ALL)).containsExactly("a/", "a0", "b/");
    assertThat(transaction.names("m/", "a/", 1)).containsExactly("a0");
    assertThat(transaction.names("m/a/", "", ALL)).containsExactly("x", "y/");
    assertThat(transaction.names("m/", "b/", ALL)).isEmpty();
    assertThat(transaction.names("x/", "", ALL)).isEmpty();
    assertThat(transaction.names("m/", "", 0)).isEmpty();
  }

  /// No character is so great that what begins with it would be found again and again.
  @Test
  void aFolderIsNamedOnceWhateverIsInIt() {
    put("m/a/\udbff\udfff", "m/a/\udbff\udfff\udbff\udfff", "m/b");
    assertThat(transaction.names("m/", "", 10)).containsExactly("a/", "b");
    transaction.commit();
    assertThat(transaction.names("m/", "", 10)).containsExactly("a/", "b");
  }

  @Test
  void manyNamesAreAllFoundBesideFullFolders() {
    List<String> expected = new ArrayList<>();
    for (int i = 1000; i < 1800; i++) {
      if (i % 100 == 0) {
        for (int below = 0; below < 300; below++) {
          put("m/" + i + "/" + below);
        }
        expected.add(i + "/");
      } else {
        put("m/" + i);
        expected.add(Integer.toString(i));
      }
    }
    transaction.commit();
    assertThat(transaction.names("m/", "", ALL)).isEqualTo(expected);
    assertThat(transaction.names("m/", "", 777)).isEqualTo(expected.subList(0, 777));
    assertThat(transaction.names("m/", "1099", 150)).isEqualTo(expected.subList(100, 250));
  }

  @Test
  void nothingIsFoundInWhatWasCleared() {
    for (int i = 0; i < 1000; i++) {
      put("m/a/" + i);
    }
    put("m/b");
    transaction.commit();
    transaction.deleteAll("m/a/");
    int before = storage.ranges();
    assertThat(transaction.any("m/a/")).isFalse();
    assertThat(transaction.names("m/", "", 1)).containsExactly("b");
    assertThat(storage.ranges() - before).isLessThan(10);
    put("m/a/5");
    assertThat(text(transaction.range("m/", "", 1))).containsExactly("m/a/5=1");
    assertThat(text(transaction.range("m/", "m/a/5", 5))).containsExactly("m/b=1");
  }

  /// Against a map of the JDK, with few keys, so that they meet.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void itReadsWhatASortedMapDoes(long seed) {
    var random = new Random(seed);
    NavigableMap<String, String> committed = new TreeMap<>(BY_BYTES);
    NavigableMap<String, String> model = new TreeMap<>(BY_BYTES);
    for (int step = 0; step < 1500; step++) {
      switch (random.nextInt(14)) {
        case 0 -> {
          transaction.commit();
          committed.clear();
          committed.putAll(model);
        }
        case 1 -> {
          transaction.discard();
          model.clear();
          model.putAll(committed);
        }
        default -> write(random, model);
      }
      assertReads(random, transaction, model);
      assertReads(random, new Transaction(barrier), committed);
    }
  }

  private void write(Random random, NavigableMap<String, String> model) {
    String key = "m/" + path(random);
    switch (random.nextInt(8)) {
      case 0 -> {
        transaction.deleteAll(key);
        model.keySet().removeIf(one -> one.startsWith(key));
      }
      case 1, 2 -> {
        transaction.delete(key);
        model.remove(key);
      }
      default -> {
        String value = Integer.toString(random.nextInt(100));
        transaction.put(key, bytes(value));
        model.put(key, value);
      }
    }
  }

  private static void assertReads(
      Random random, Transaction reading, NavigableMap<String, String> model) {
    String key = "m/" + path(random);
    String prefix = "m/" + path(random);
    int limit = random.nextInt(5);
    assertThat(reading.get(key)).isEqualTo(bytesOrNull(model.get(key)));
    assertThat(reading.any(prefix))
        .isEqualTo(model.keySet().stream().anyMatch(one -> one.startsWith(prefix)));
    assertThat(text(reading.range(prefix, key, limit)))
        .as("%d in %s after %s", limit, prefix, key)
        .isEqualTo(
            model.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix))
                .filter(entry -> BY_BYTES.compare(entry.getKey(), key) > 0)
                .limit(limit)
                .map(Object::toString)
                .toList());
    String folder = "m/" + folder(random);
    List<String> names = names(model, folder);
    int from = random.nextInt(names.size() + 1);
    String after = from == 0 ? "" : names.get(from - 1);
    assertThat(reading.names(folder, after, limit))
        .as("%d names in %s after %s", limit, folder, after)
        .isEqualTo(names.stream().skip(from).limit(limit).toList());
    assertThat(reading.names(folder, "", ALL)).isEqualTo(names);
  }

  private static byte @Nullable [] bytesOrNull(@Nullable String text) {
    return text == null ? null : bytes(text);
  }

  private static List<String> names(NavigableMap<String, String> model, String folder) {
    return model.keySet().stream()
        .filter(key -> key.startsWith(folder))
        .map(key -> key.substring(folder.length()))
        .map(rest -> rest.contains("/") ? rest.substring(0, rest.indexOf('/') + 1) : rest)
        .distinct()
        .toList();
  }

  private static String path(Random random) {
    List<String> parts = List.of("a", "b", "a0", "é", "\uffff", "😀", "\udbff\udfff");
    return folder(random) + parts.get(random.nextInt(parts.size()));
  }

  private static String folder(Random random) {
    return List.of("", "a/", "a/b/", "b/", "😀/", "\udbff\udfff/").get(random.nextInt(6));
  }
}
