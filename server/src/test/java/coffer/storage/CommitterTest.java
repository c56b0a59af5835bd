package coffer.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.storage.Batch.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// How batches of many threads come to the disk, which here is one that stops and fails as told.
class CommitterTest {
  /// Writes nothing before it may, and remembers what it was given.
  private static final class HeldDisk implements Committer.Disk {
    final CountDownLatch asked = new CountDownLatch(1);
    final CompletableFuture<Void> mayWrite = new CompletableFuture<>();
    final List<List<String>> groups = new ArrayList<>();

    @Override
    public void write(List<QueuedBatch> group) {
      asked.countDown();
      groups.add(group.stream().flatMap(one -> one.writes().stream()).map(Write::key).toList());
      mayWrite.join();
    }

    List<String> keys() {
      return groups.stream().flatMap(List::stream).toList();
    }
  }

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HeldDisk disk = new HeldDisk();
  private final Committer committer = Committer.start(disk);

  @AfterEach
  void stop() {
    disk.mayWrite.complete(null);
    committer.close();
    threads.close();
  }

  private Future<?> commit(String key, int size) {
    return threads.submit(
        () -> committer.commit(new QueuedBatch(new Batch().put(key, new byte[size]))));
  }

  /// Commits one after the other, each once the one before is in the queue.
  private List<Future<?>> commitInOrder(int from, int to, int size) {
    List<Future<?>> commits = new ArrayList<>();
    for (int i = from; i < to; i++) {
      int before = committer.waiting();
      commits.add(commit(Integer.toString(i), size));
      while (committer.waiting() == before) {
        Thread.onSpinWait();
      }
    }
    return commits;
  }

  private List<Future<?>> first(int size) throws InterruptedException {
    List<Future<?>> first = new ArrayList<>();
    first.add(commit("0", size));
    disk.asked.await();
    return first;
  }

  @Test
  void whoWaitsWhileTheDiskWritesIsWrittenTogetherAndInOrder() throws Exception {
    List<Future<?>> commits = first(1);
    commits.addAll(commitInOrder(1, 100, 1));
    assertThat(commits).noneMatch(Future::isDone);
    disk.mayWrite.complete(null);
    for (Future<?> commit : commits) {
      commit.get();
    }
    assertThat(disk.groups).hasSize(2);
    assertThat(disk.keys()).containsExactlyElementsOf(numbers(100));
  }

  @Test
  void aGroupIsBoundedInBytes() throws Exception {
    List<Future<?>> commits = first(1);
    commits.addAll(commitInOrder(1, 13, Committer.MAX_GROUP_BYTES / 4));
    disk.mayWrite.complete(null);
    for (Future<?> commit : commits) {
      commit.get();
    }
    assertThat(disk.groups).extracting(List::size).containsExactly(1, 4, 4, 4);
  }

  @Test
  void theQueueIsBoundedAndWhoComesLaterWaits() throws Exception {
    List<Future<?>> commits = first(1);
    int many = Committer.MAX_WAITING + 500;
    for (int i = 0; i < many; i++) {
      commits.add(commit("later", 1));
    }
    while (committer.waiting() < Committer.MAX_WAITING) {
      Thread.onSpinWait();
    }
    assertThat(committer.waiting()).isEqualTo(Committer.MAX_WAITING);
    disk.mayWrite.complete(null);
    for (Future<?> commit : commits) {
      commit.get();
    }
    assertThat(disk.keys()).hasSize(1 + many);
    assertThat(disk.groups).allMatch(group -> group.size() <= Committer.MAX_GROUP);
  }

  @Test
  void aFailureOfTheDiskIsToldToAllWhoWaitAndEndsAllWriting() throws Exception {
    List<Future<?>> commits = first(1);
    commits.addAll(commitInOrder(1, 10, 1));
    disk.mayWrite.completeExceptionally(new StorageException("The disk is full."));
    commits.add(commit("10", 1));
    for (Future<?> commit : commits) {
      assertThatThrownBy(commit::get)
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(StorageException.class)
          .rootCause()
          .hasMessage("The disk is full.");
    }
    assertThat(disk.keys()).containsExactly("0");
  }

  @Test
  void aBugBelowIsAFailureOfTheDiskToo() throws Exception {
    List<Future<?>> commits = first(1);
    disk.mayWrite.completeExceptionally(new AssertionError("a bug"));
    commits.add(commit("1", 1));
    for (Future<?> commit : commits) {
      assertThatThrownBy(commit::get)
          .cause()
          .isInstanceOf(StorageException.class)
          .hasMessage("The storage could not write, and takes no more writes.");
    }
  }

  @Test
  void closingWritesWhatIsWaitingAndRefusesWhatComes() throws Exception {
    List<Future<?>> commits = first(1);
    commits.addAll(commitInOrder(1, 50, 1));
    Future<?> closing = threads.submit(committer::close);
    disk.mayWrite.complete(null);
    closing.get();
    for (Future<?> commit : commits) {
      commit.get();
    }
    assertThat(disk.keys()).containsExactlyElementsOf(numbers(50));
    assertThatThrownBy(() -> committer.commit(new QueuedBatch(new Batch().delete("x"))))
        .isInstanceOf(StorageException.class)
        .hasMessage("The storage is closed.");
  }

  @Test
  void anInterruptDoesNotSayThatABatchIsWrittenBeforeItIs() throws Exception {
    var interrupted = new CompletableFuture<Boolean>();
    Thread waiting =
        Thread.startVirtualThread(
            () -> {
              committer.commit(new QueuedBatch(new Batch().delete("x")));
              interrupted.complete(Thread.interrupted());
            });
    disk.asked.await();
    waiting.interrupt();
    assertThat(interrupted).isNotDone();
    disk.mayWrite.complete(null);
    assertThat(interrupted.get()).isTrue();
  }

  private static List<String> numbers(int to) {
    List<String> numbers = new ArrayList<>();
    for (int i = 0; i < to; i++) {
      numbers.add(Integer.toString(i));
    }
    return numbers;
  }
}
