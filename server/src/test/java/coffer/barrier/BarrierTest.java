package coffer.barrier;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.engine.Refusal;
import coffer.storage.Batch;
import coffer.storage.InMemoryStorage;
import coffer.storage.Storage.Entry;
import coffer.storage.StorageException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BarrierTest {
  private static final byte[] ROOT = "0123456789abcdef0123456789abcdef".getBytes(UTF_8);
  private static final byte[] OTHER = "another key of thirty-two bytes.".getBytes(UTF_8);

  private final InMemoryStorage storage = new InMemoryStorage();
  private final SecureRandom random = new SecureRandom();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final Barrier barrier = again();

  private Barrier again() {
    return new Barrier(storage, random, () -> now);
  }

  @BeforeEach
  void unseal() throws WrongKeyException {
    barrier.initialize(ROOT);
    barrier.unseal(ROOT);
  }

  private void put(String key, String value) {
    barrier.commit(new Batch().put(key, value.getBytes(UTF_8)));
  }

  private static String get(Barrier from, String key) {
    byte[] value = from.get(key);
    return value == null ? "absent" : new String(value, UTF_8);
  }

  private byte[] stored(String key) {
    byte[] value = storage.get(key);
    assertThat(value).isNotNull();
    return value == null ? new byte[0] : value.clone();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "a longer value, of more than one block of the cipher"})
  void whatIsWrittenIsReadAgainAlsoByAnotherProcess(String value) throws WrongKeyException {
    put("a/b", value);
    assertThat(get(barrier, "a/b")).isEqualTo(value);
    assertThat(barrier.get("a/c")).isNull();
    Barrier later = again();
    later.unseal(ROOT);
    assertThat(get(later, "a/b")).isEqualTo(value);
  }

  @Test
  void theStorageSeesThePeersLayoutAndNothingInTheClear() {
    put("a", "very secret");
    byte[] value = stored("a");
    assertThat(value).hasSize(4 + 1 + 12 + "very secret".length() + 16);
    assertThat(Arrays.copyOf(value, 5)).containsExactly(0, 0, 0, 1, 2);
    assertThat(new String(value, StandardCharsets.ISO_8859_1)).doesNotContain("secret");
    put("a", "very secret");
    assertThat(stored("a")).isNotEqualTo(value);
  }

  static Stream<Integer> everyByte() {
    return Stream.iterate(0, i -> i < 4 + 1 + 12 + 6 + 16, i -> i + 1);
  }

  @ParameterizedTest
  @MethodSource("everyByte")
  void anEntryOfWhichOneBitWasChangedIsRefusedByItsName(int at) {
    put("a/b", "secret");
    byte[] value = stored("a/b");
    value[at] ^= 1;
    storage.commit(new Batch().put("a/b", value));
    assertThatExceptionOfType(StorageException.class)
        .isThrownBy(() -> barrier.get("a/b"))
        .withMessageContaining("a/b")
        .withMessageNotContaining("secret");
    assertThatThrownBy(() -> barrier.range("a/", "", 10)).isInstanceOf(StorageException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 16, 32, 38})
  void anEntryThatWasCutOffIsRefused(int length) {
    put("a", "secret");
    storage.commit(new Batch().put("a", Arrays.copyOf(stored("a"), length)));
    assertThatThrownBy(() -> barrier.get("a")).isInstanceOf(StorageException.class);
  }

  @Test
  void anEntryThatWasMovedToAnotherKeyIsRefused() {
    put("a", "of a");
    storage.commit(new Batch().put("b", stored("a")));
    assertThat(get(barrier, "a")).isEqualTo("of a");
    assertThatThrownBy(() -> barrier.get("b")).isInstanceOf(StorageException.class);
  }

  @Test
  void aBatchIsWrittenInItsOrder() {
    put("a/1", "one");
    put("a/2", "two");
    barrier.commit(
        new Batch()
            .deleteAll("a/")
            .put("a/3", "three".getBytes(UTF_8))
            .put("b", "b".getBytes(UTF_8))
            .delete("b"));
    assertThat(barrier.range("", "", 10)).extracting(Entry::key).containsExactly("a/3");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 100, Integer.MAX_VALUE})
  void aRangePassesOverWhatIsNotSealed(int limit) throws WrongKeyException {
    barrier.rekey(
        ROOT, new Batch().put(Barrier.SEAL_CONFIG, new byte[1]).put(Barrier.ROOT_KEY, new byte[1]));
    List<String> all = List.of("a", "core/a", "core/l", "core/s", "z");
    all.forEach(key -> put(key, key));
    List<String> found = new ArrayList<>();
    String after = "";
    List<Entry> page;
    do {
      page = barrier.range("", after, limit);
      page.forEach(entry -> found.add(entry.key()));
      after = found.getLast();
    } while (page.size() == limit);
    assertThat(found).isEqualTo(all);
    assertThat(barrier.range("core/", "core/a", 2))
        .extracting(entry -> new String(entry.value(), UTF_8))
        .containsExactly("core/l", "core/s");
  }

  @Test
  void theKeyringIsNotWrittenThroughTheBarrier() {
    for (String key : List.of("core/keyring", Barrier.SEAL_CONFIG, Barrier.ROOT_KEY)) {
      assertThatThrownBy(() -> put(key, "x")).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> barrier.commit(new Batch().delete(key)))
          .isInstanceOf(IllegalArgumentException.class);
    }
    for (String prefix : List.of("", "core/", "core/keyring")) {
      assertThatThrownBy(() -> barrier.commit(new Batch().deleteAll(prefix)))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> barrier.unsealed("a")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aSealedBarrierRefusesEverything() throws WrongKeyException {
    put("a", "x");
    barrier.seal();
    barrier.seal();
    assertThat(barrier.isSealed()).isTrue();
    List<Runnable> all =
        List.of(
            () -> barrier.get("a"),
            () -> barrier.range("", "", 1),
            () -> put("a", "y"),
            barrier::rotate,
            () -> barrier.rekey(OTHER, new Batch()),
            barrier::status,
            barrier::rotation,
            () -> barrier.rotation(old -> old));
    for (Runnable one : all) {
      assertThatExceptionOfType(Refusal.class)
          .isThrownBy(one::run)
          .satisfies(refusal -> assertThat(refusal.why()).isEqualTo(Refusal.Why.SEALED))
          .withMessage("Vault is sealed");
    }
    barrier.tend();
    barrier.unseal(ROOT);
    assertThat(get(barrier, "a")).isEqualTo("x");
  }

  @Test
  void aWrongRootKeyOpensNothing() {
    Barrier later = again();
    assertThatThrownBy(() -> later.unseal(OTHER)).isInstanceOf(WrongKeyException.class);
    assertThat(later.isSealed()).isTrue();
  }

  @Test
  void aDamagedKeyringOpensNothing() {
    byte[] keyring = stored("core/keyring");
    keyring[40] ^= 1;
    storage.commit(new Batch().put("core/keyring", keyring));
    assertThatThrownBy(() -> again().unseal(ROOT)).isInstanceOf(WrongKeyException.class);
    storage.commit(new Batch().put("core/keyring", new byte[3]));
    assertThatThrownBy(() -> again().unseal(ROOT)).isInstanceOf(WrongKeyException.class);
    storage.commit(new Batch().delete("core/keyring"));
    assertThatThrownBy(() -> again().unseal(ROOT)).isInstanceOf(StorageException.class);
  }

  @Test
  void itIsInitializedOnceAndOnlyInAnEmptyStorage() {
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> again().initialize(ROOT))
        .withMessage("Vault is already initialized");
    var other = new InMemoryStorage();
    other.commit(new Batch().put("left", new byte[1]));
    assertThatThrownBy(() -> new Barrier(other, random, () -> now).initialize(ROOT))
        .isInstanceOf(StorageException.class);
    assertThat(other.get("left")).isNotNull();
  }

  @Test
  void anAbandonedInitializationLeavesNothing() {
    put("a", "x");
    barrier.abandon();
    assertThat(storage.range("", "", 1)).isEmpty();
    assertThat(barrier.initialized()).isFalse();
    assertThat(barrier.isSealed()).isTrue();
    barrier.initialize(OTHER);
    assertThat(barrier.initialized()).isTrue();
  }

  @Test
  void afterRotationNewValuesHaveANewTermAndOldOnesStayReadable() throws WrongKeyException {
    put("old", "under term 1");
    now = now.plusSeconds(60);
    barrier.rotate();
    put("new", "under term 2");
    assertThat(stored("old")[3]).isEqualTo((byte) 1);
    assertThat(stored("new")[3]).isEqualTo((byte) 2);
    assertThat(barrier.status()).isEqualTo(new KeyStatus(2, now, 1));
    Barrier later = again();
    later.unseal(ROOT);
    assertThat(get(later, "old")).isEqualTo("under term 1");
    assertThat(get(later, "new")).isEqualTo("under term 2");
    assertThat(later.status().term()).isEqualTo(2);
    assertThat(later.status().installed()).isEqualTo(now);
  }

  @Test
  void afterRekeyingOnlyTheNewRootKeyOpens() throws WrongKeyException {
    put("a", "x");
    barrier.rekey(OTHER, new Batch().put(Barrier.SEAL_CONFIG, new byte[] {7}));
    assertThat(get(barrier, "a")).isEqualTo("x");
    assertThat(barrier.unsealed(Barrier.SEAL_CONFIG)).containsExactly(7);
    assertThatThrownBy(() -> again().unseal(ROOT)).isInstanceOf(WrongKeyException.class);
    barrier.rotate();
    Barrier later = again();
    later.unseal(OTHER);
    assertThat(get(later, "a")).isEqualTo("x");
  }

  @Test
  void encryptionsAreCountedAlsoOverSealing() throws WrongKeyException {
    put("a", "x");
    barrier.commit(new Batch().put("b", new byte[1]).put("c", new byte[1]).delete("a"));
    assertThat(barrier.status().encryptions()).isEqualTo(3);
    barrier.seal();
    Barrier later = again();
    later.unseal(ROOT);
    assertThat(later.status().encryptions()).isEqualTo(3);
  }

  @Test
  void theTimeOfARotationIsTheSameAfterARestart() throws WrongKeyException {
    now = Instant.parse("2026-03-04T05:06:07.123456789Z");
    barrier.rotate();
    Barrier later = again();
    later.unseal(ROOT);
    assertThat(later.status()).isEqualTo(barrier.status());
  }

  @Test
  void tendingWritesTheCountDown() throws WrongKeyException {
    put("a", "x");
    barrier.tend();
    Barrier later = again();
    later.unseal(ROOT);
    assertThat(later.status().encryptions()).isEqualTo(1);
  }

  @Test
  void theKeyIsReplacedAfterSoManyOperations() {
    barrier.rotation(old -> new Rotation(true, 5, Duration.ZERO));
    for (int i = 0; i < 4; i++) {
      put("a", "x");
    }
    barrier.tend();
    assertThat(barrier.status().term()).isEqualTo(1);
    put("a", "x");
    barrier.tend();
    assertThat(barrier.status()).isEqualTo(new KeyStatus(2, now, 0));
  }

  @Test
  void aBusyServerReplacesTheKeyWithoutBeingTended() {
    barrier.rotation(old -> new Rotation(true, 1, Duration.ZERO));
    var batch = new Batch();
    for (int i = 0; i < 1 << 16; i++) {
      batch.put("a", new byte[0]);
    }
    barrier.commit(batch);
    assertThat(barrier.status().term()).isEqualTo(2);
    assertThat(get(barrier, "a")).isEmpty();
  }

  @Test
  void theKeyIsReplacedAfterItsTime() {
    barrier.rotation(old -> new Rotation(true, 1_000_000, Duration.ofHours(24)));
    now = now.plus(Duration.ofHours(24)).minusSeconds(1);
    barrier.tend();
    assertThat(barrier.status().term()).isEqualTo(1);
    now = now.plusSeconds(1);
    barrier.tend();
    assertThat(barrier.status()).isEqualTo(new KeyStatus(2, now, 0));
  }

  @Test
  void theKeyIsNotReplacedWhereThatIsSwitchedOff() throws WrongKeyException {
    var off = new Rotation(false, 1, Duration.ofHours(24));
    barrier.rotation(old -> off);
    put("a", "x");
    now = now.plus(Duration.ofDays(2));
    barrier.tend();
    assertThat(barrier.status().term()).isEqualTo(1);
    Barrier later = again();
    later.unseal(ROOT);
    assertThat(later.rotation()).isEqualTo(off);
  }

  @Test
  void whatIsWrittenWhileItIsSealedIsRefusedOrReadable() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int round = 0; round < 50; round++) {
        List<Future<?>> writers = new ArrayList<>();
        for (int writer = 0; writer < 4; writer++) {
          String key = "w/" + writer;
          writers.add(threads.submit(() -> writeUntilSealed(key)));
        }
        barrier.rotate();
        barrier.seal();
        for (Future<?> writer : writers) {
          writer.get();
        }
        barrier.unseal(ROOT);
        assertThat(barrier.range("w/", "", 10))
            .allSatisfy(entry -> assertThat(entry.value()).hasSize(100));
      }
    }
  }

  private void writeUntilSealed(String key) {
    try {
      for (int i = 0; i < 10_000; i++) {
        barrier.commit(new Batch().put(key, new byte[100]));
      }
    } catch (Refusal refusal) {
      assertThat(refusal.why()).isEqualTo(Refusal.Why.SEALED);
    }
  }
}
