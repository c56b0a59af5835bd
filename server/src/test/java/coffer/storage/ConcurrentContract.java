package coffer.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.storage.Storage.Entry;
import coffer.storage.Storage.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every storage does for many threads at a time.
abstract class ConcurrentContract {
  private static final int THREADS = 16;
  private static final int KEYS = 30;
  private static final int READS = 2000;

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private Storage storage;

  /// An empty storage.
  abstract Storage open();

  @BeforeEach
  void start() {
    storage = open();
  }

  @AfterEach
  void stop() {
    threads.close();
    storage.close();
  }

  /// Every batch writes the same number to all keys, and to one that moves.
  @Test
  void noReaderSeesHalfABatch() throws Exception {
    var reads = new AtomicInteger();
    var done = new AtomicBoolean();
    storage.commit(batch(0));
    List<Future<?>> readers = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      readers.add(threads.submit(() -> readUntil(done, reads)));
    }
    try {
      for (int number = 1;
          reads.get() < READS && readers.stream().noneMatch(Future::isDone);
          number++) {
        storage.commit(batch(number));
      }
    } finally {
      done.set(true);
    }
    await(readers);
  }

  private static Batch batch(int number) {
    byte[] value = bytes(number);
    var batch = new Batch().delete("a/" + (number - 1)).put("a/" + number, value);
    for (int i = 0; i < KEYS; i++) {
      batch.put("a/k" + i, value);
    }
    return batch.deleteAll("a/z").put("a/z" + number, value);
  }

  private void readUntil(AtomicBoolean done, AtomicInteger reads) {
    while (!done.get()) {
      int before = number(storage.get("a/k" + (KEYS - 1)));
      assertThat(number(storage.get("a/k0"))).isGreaterThanOrEqualTo(before);
      assertWhole(storage.range("a/", "", 2 * KEYS));
      try (Snapshot snapshot = storage.snapshot()) {
        List<Entry> first = snapshot.range("a/", "", 2 * KEYS);
        assertWhole(first);
        assertThat(number(first.getFirst().value())).isGreaterThanOrEqualTo(before);
        assertThat(texts(snapshot.range("a/", "", 2 * KEYS))).isEqualTo(texts(first));
      }
      reads.incrementAndGet();
    }
  }

  private static void assertWhole(List<Entry> entries) {
    String number = new String(entries.getFirst().value(), UTF_8);
    assertThat(entries).hasSize(KEYS + 2);
    assertThat(entries).allMatch(entry -> number.equals(new String(entry.value(), UTF_8)));
    assertThat(entries.getFirst().key()).isEqualTo("a/" + number);
    assertThat(entries.getLast().key()).isEqualTo("a/z" + number);
  }

  @Test
  void allThatManyThreadsCommitIsThere() throws Exception {
    int each = 100;
    List<Future<?>> writers = new ArrayList<>();
    for (int thread = 0; thread < 2 * THREADS; thread++) {
      String mine = "t/" + thread + "/";
      writers.add(
          threads.submit(
              () -> {
                for (int i = 0; i < each; i++) {
                  storage.commit(new Batch().put(mine + i, bytes(i)).delete(mine + (i - 2)));
                  assertThat(number(storage.get(mine + i))).isEqualTo(i);
                  assertThat(storage.get(mine + (i - 2))).isNull();
                }
              }));
    }
    await(writers);
    assertThat(storage.range("t/", "", Integer.MAX_VALUE)).hasSize(2 * 2 * THREADS);
  }

  /// A prefix is emptied by one thread while it is filled by others: what was there before is gone,
  /// whether it was long on the disk or in the same flush.
  @Test
  void whatWasCommittedBeforeAllIsDeletedIsGone() throws Exception {
    List<Future<?>> writers = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      String mine = "d/" + thread + "/";
      writers.add(
          threads.submit(
              () -> {
                for (int i = 0; i < 50; i++) {
                  storage.commit(new Batch().put(mine + "a", bytes(i)).put(mine + i, bytes(i)));
                  storage.commit(new Batch().deleteAll(mine).put(mine + "b", bytes(i)));
                  assertThat(texts(storage.range(mine, "", 10))).containsExactly(mine + "b=" + i);
                }
              }));
    }
    await(writers);
  }

  @Test
  void ofTwoCommitsTheOneThatBeganAfterTheOtherWins() throws Exception {
    var lock = new ReentrantLock();
    var last = new AtomicInteger();
    List<Future<?>> writers = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      writers.add(
          threads.submit(
              () -> {
                for (int i = 0; i < 50; i++) {
                  lock.lock();
                  try {
                    storage.commit(new Batch().put("one", bytes(last.incrementAndGet())));
                    assertThat(number(storage.get("one"))).isEqualTo(last.get());
                  } finally {
                    lock.unlock();
                  }
                }
              }));
    }
    await(writers);
    assertThat(number(storage.get("one"))).isEqualTo(THREADS * 50);
  }

  /// Who comes too late is refused; who isn't refused is served.
  @Test
  void closingWaitsForThoseInside() throws Exception {
    var refused = new AtomicInteger();
    var served = new AtomicInteger();
    List<Future<?>> callers = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      String mine = "c/" + thread;
      callers.add(
          threads.submit(
              () -> {
                try {
                  for (int i = 0; ; i++) {
                    storage.commit(new Batch().put(mine, bytes(i)));
                    storage.get(mine);
                    storage.range("c/", "", 5);
                    try (Snapshot snapshot = storage.snapshot()) {
                      snapshot.range("c/", "", 5);
                    }
                    served.incrementAndGet();
                  }
                } catch (StorageException e) {
                  assertThat(e).hasMessageEndingWith("is closed.");
                  refused.incrementAndGet();
                }
              }));
    }
    while (served.get() < 10 * THREADS) {
      Thread.onSpinWait();
    }
    storage.close();
    await(callers);
    assertThat(refused).hasValue(THREADS);
  }

  private static void await(List<Future<?>> all) throws ExecutionException, InterruptedException {
    for (Future<?> one : all) {
      one.get();
    }
  }

  private static List<String> texts(List<Entry> entries) {
    return entries.stream()
        .map(entry -> entry.key() + "=" + new String(entry.value(), UTF_8))
        .toList();
  }

  private static byte[] bytes(int number) {
    return Integer.toString(number).getBytes(UTF_8);
  }

  private static int number(byte @Nullable [] value) {
    return Integer.parseInt(new String(requireNonNull(value), UTF_8));
  }
}
