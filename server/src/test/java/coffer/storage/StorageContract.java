package coffer.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.engine.Refusal;
import coffer.storage.Storage.Entry;
import coffer.storage.Storage.Snapshot;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What every storage does, one thread at a time; [ConcurrentContract] is about many.
abstract class StorageContract {
  private static final int ALL = Integer.MAX_VALUE;

  /// Ascending by their bytes: one, two, three and four of them a character.
  private static final List<String> ORDERED =
      List.of(
          "",
          "\0",
          "a",
          "a\0",
          "a/",
          "a/b",
          "a0",
          "b",
          "é",
          "퟿",
          "\ue000",
          "\uffff",
          "😀",
          "😁",
          "\udbff\udfff",
          "\udbff\udfff\udbff\udfff");

  private Storage storage;

  /// An empty storage.
  abstract Storage open();

  @BeforeEach
  void start() {
    storage = open();
  }

  @AfterEach
  void stop() {
    storage.close();
  }

  @Test
  void whatWasPutIsThere() {
    commit(new Batch().put("a", bytes("1")).put("b", bytes("2")));
    assertThat(storage.get("a")).isEqualTo(bytes("1"));
    assertThat(storage.get("b")).isEqualTo(bytes("2"));
    assertThat(storage.get("c")).isNull();
    assertThat(storage.get("")).isNull();
  }

  @Test
  void aLaterPutReplacesAnEarlierOne() {
    commit(new Batch().put("a", bytes("1")));
    commit(new Batch().put("a", bytes("2")));
    assertThat(entries("", "", ALL)).containsExactly("a=2");
  }

  @Test
  void deletingWhatIsNotThereIsFine() {
    commit(new Batch().put("b", bytes("1")));
    commit(new Batch().delete("a").delete("c").deleteAll("x/"));
    assertThat(entries("", "", ALL)).containsExactly("b=1");
  }

  @Test
  void anEmptyBatchChangesNothing() {
    commit(new Batch().put("a", bytes("1")));
    commit(new Batch());
    assertThat(entries("", "", ALL)).containsExactly("a=1");
  }

  @Test
  void keysAreOrderedByTheirBytes() {
    List<String> shuffled = new ArrayList<>(ORDERED);
    Collections.shuffle(shuffled, new Random(1));
    putAll(shuffled);
    assertThat(keys("", "", ALL)).containsExactlyElementsOf(ORDERED);
    for (String key : ORDERED) {
      assertThat(storage.get(key)).as(key).isEqualTo(bytes(key));
    }
  }

  @Test
  void aRangeBeginsAfterTheGivenKeyWhetherThatIsThereOrNot() {
    putAll(List.of("a/1", "a/3", "a/5", "b/1"));
    assertThat(keys("a/", "", ALL)).containsExactly("a/1", "a/3", "a/5");
    assertThat(keys("a/", "a/1", ALL)).containsExactly("a/3", "a/5");
    assertThat(keys("a/", "a/2", ALL)).containsExactly("a/3", "a/5");
    assertThat(keys("a/", "a/5", ALL)).isEmpty();
    assertThat(keys("a/", "b", ALL)).isEmpty();
    assertThat(keys("a/", "A", ALL)).containsExactly("a/1", "a/3", "a/5");
  }

  @Test
  void aRangeHasNoMoreEntriesThanAskedFor() {
    putAll(List.of("a/1", "a/2", "a/3", "b/1"));
    assertThat(keys("a/", "", 2)).containsExactly("a/1", "a/2");
    assertThat(keys("a/", "a/2", 2)).containsExactly("a/3");
    assertThat(keys("a/", "", 0)).isEmpty();
  }

  @Test
  void aRangeHasTheKeyThatIsThePrefixItself() {
    putAll(List.of("a", "a/", "a/1", "b"));
    assertThat(keys("a/", "", ALL)).containsExactly("a/", "a/1");
    assertThat(keys("a/", "a", ALL)).containsExactly("a/", "a/1");
    assertThat(keys("a/", "a/", ALL)).containsExactly("a/1");
  }

  @Test
  void theEmptyKeyIsAfterNothing() {
    putAll(List.of("", "a"));
    assertThat(keys("", "", ALL)).containsExactly("", "a");
  }

  @Test
  void whatIsGreaterThanEverythingBelowAPrefixSkipsItAll() {
    putAll(List.of("a/1", "a/\udbff\udfff", "a/\udbff\udfff\udbff\udfff", "a0", "\udbff\udfff"));
    assertThat(keys("", "a/" + Keys.LAST, ALL)).containsExactly("a0", "\udbff\udfff");
    assertThat(keys("a/", "a/" + Keys.LAST, ALL)).isEmpty();
    assertThat(keys("", Keys.LAST, ALL)).isEmpty();
    assertThat(keys("", "\udbff\udfff" + Keys.LAST, ALL)).isEmpty();
  }

  @Test
  void halfASurrogatePairIsNoKey() {
    for (String key : List.of("a\ud800", "\udfff", "\udc00\ud800", "a\ud800b")) {
      assertThatThrownBy(() -> storage.get(key)).isInstanceOf(Refusal.class);
      assertThatThrownBy(() -> storage.range(key, "", 1)).isInstanceOf(Refusal.class);
      assertThatThrownBy(() -> storage.range("", key + "a", 1)).isInstanceOf(Refusal.class);
      for (Batch batch :
          List.of(
              new Batch().put("a", bytes("1")).put(key, bytes("1")),
              new Batch().put("a", bytes("1")).delete(key),
              new Batch().put("a", bytes("1")).deleteAll(key))) {
        assertThatThrownBy(() -> storage.commit(batch)).isInstanceOf(Refusal.class);
      }
    }
    assertThat(keys("", "", ALL)).isEmpty();
  }

  @Test
  void deletingAllBelowAPrefixLeavesItsNeighbours() {
    for (String prefix : List.of("a/", "a", "é", "😀", "\uffff", "\udbff\udfff", "x", "")) {
      commit(new Batch().deleteAll(""));
      putAll(ORDERED);
      commit(new Batch().deleteAll(prefix));
      assertThat(keys("", "", ALL))
          .as("after deleting all of '%s'", prefix)
          .containsExactlyElementsOf(
              ORDERED.stream().filter(key -> !key.startsWith(prefix)).toList());
    }
  }

  /// More keys than any storage deletes one by one.
  @Test
  void deletingVeryManyBelowAPrefixLeavesItsNeighbours() {
    var many = new Batch().put("a", bytes("1")).put("a0", bytes("1"));
    for (int i = 0; i < 3 * RocksWriter.FEW; i++) {
      many.put("a/" + i, bytes("1"));
    }
    commit(many);
    commit(new Batch().put("a/\udbff\udfff", bytes("1")).deleteAll("a/").put("a/2", bytes("2")));
    assertThat(entries("", "", ALL)).containsExactly("a=1", "a/2=2", "a0=1");
  }

  @Test
  void theWritesOfABatchAreDoneInTheirOrder() {
    commit(new Batch().put("a/1", bytes("1")).put("a/2", bytes("1")));
    commit(
        new Batch()
            .put("a/2", bytes("2"))
            .put("a/3", bytes("2"))
            .put("b", bytes("2"))
            .deleteAll("a/")
            .put("a/3", bytes("3"))
            .delete("b")
            .put("c", bytes("3"))
            .delete("c")
            .put("c", bytes("4")));
    assertThat(entries("", "", ALL)).containsExactly("a/3=3", "c=4");
  }

  @Test
  void valuesMayBeEmptyOrLarge() {
    byte[] large = new byte[1 << 20];
    new Random(2).nextBytes(large);
    commit(new Batch().put("empty", new byte[0]).put("large", large));
    assertThat(storage.get("empty")).isEmpty();
    assertThat(storage.get("large")).isEqualTo(large);
    assertThat(storage.range("", "", ALL))
        .extracting(Entry::value)
        .containsExactly(new byte[0], large);
  }

  @Test
  void keysMayBeLong() {
    String key = "k".repeat(60_000);
    putAll(List.of(key));
    assertThat(storage.get(key)).isEqualTo(bytes(key));
    assertThat(keys("kkk", "", ALL)).containsExactly(key);
  }

  @Test
  void aSnapshotStaysAsItWasTaken() {
    commit(new Batch().put("a/1", bytes("1")).put("a/2", bytes("1")).put("b", bytes("1")));
    try (Snapshot before = storage.snapshot()) {
      commit(
          new Batch().put("a/1", bytes("2")).delete("a/2").put("a/3", bytes("2")).deleteAll("b"));
      try (Snapshot after = storage.snapshot()) {
        commit(new Batch().deleteAll(""));
        assertThat(text(before.range("", "", ALL))).containsExactly("a/1=1", "a/2=1", "b=1");
        assertThat(text(before.range("a/", "a/1", 1))).containsExactly("a/2=1");
        assertThat(text(after.range("", "", ALL))).containsExactly("a/1=2", "a/3=2");
      }
    }
    assertThat(keys("", "", ALL)).isEmpty();
  }

  @Test
  void aClosedStorageRefusesEverything() {
    putAll(List.of("a"));
    Snapshot snapshot = storage.snapshot();
    storage.close();
    storage.close();
    var closed = "The storage is closed.";
    assertThatThrownBy(() -> storage.get("a"))
        .isInstanceOf(StorageException.class)
        .hasMessage(closed);
    assertThatThrownBy(() -> storage.range("", "", 1))
        .isInstanceOf(StorageException.class)
        .hasMessage(closed);
    assertThatThrownBy(() -> putAll(List.of("b")))
        .isInstanceOf(StorageException.class)
        .hasMessage(closed);
    assertThatThrownBy(() -> storage.snapshot())
        .isInstanceOf(StorageException.class)
        .hasMessage(closed);
    assertThatThrownBy(() -> snapshot.range("", "", 1)).isInstanceOf(StorageException.class);
    snapshot.close();
    snapshot.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void itDoesWhatASortedMapDoes(long seed) {
    var model = new SortedModel(new Random(seed));
    for (int step = 0; step < 200; step++) {
      commit(model.randomBatch());
      String prefix = model.randomKey(2);
      String after = model.randomKey(4);
      int limit = 1 + step % 6;
      assertThat(entries(prefix, after, limit))
          .as("step %d: '%s' after '%s'", step, prefix, after)
          .isEqualTo(model.range(prefix, after, limit));
      assertThat(storage.get(after)).isEqualTo(model.get(after));
    }
  }

  private void commit(Batch batch) {
    storage.commit(batch);
  }

  private void putAll(List<String> keys) {
    var batch = new Batch();
    keys.forEach(key -> batch.put(key, bytes(key)));
    storage.commit(batch);
  }

  private List<String> keys(String prefix, String after, int limit) {
    return storage.range(prefix, after, limit).stream().map(Entry::key).toList();
  }

  private List<String> entries(String prefix, String after, int limit) {
    return text(storage.range(prefix, after, limit));
  }

  private static List<String> text(List<Entry> entries) {
    return entries.stream()
        .map(entry -> entry.key() + "=" + new String(entry.value(), UTF_8))
        .toList();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
