package coffer.storage;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The one thread that writes: it takes all batches that are waiting, has them written and flushed
/// together, and then lets go their threads. So batches of many requests share a flush, and threads
/// that wait are parked in Java and not in native code, where a virtual thread would hold its
/// carrier. May be used by many threads.
///
/// Batches are written in the order in which their commits came. After the first failure nothing is
/// written any more, because nobody knows what of the group is on the disk.
final class Committer implements AutoCloseable {
  /// How many batches may wait; who comes later waits to be let into the queue.
  static final int MAX_WAITING = 4096;

  /// How many batches are written together at most.
  static final int MAX_GROUP = 1024;

  /// How large a group gets before no further batch is added.
  static final int MAX_GROUP_BYTES = 4 << 20;

  /// What groups of batches are written to.
  @FunctionalInterface
  interface Disk {
    /// Returns once all of the group is durable, written in its order.
    void write(List<QueuedBatch> group);
  }

  private final Disk disk;
  private final Thread thread;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition someWait = lock.newCondition();
  private final Condition someLeft = lock.newCondition();
  private final ArrayDeque<QueuedBatch> waiting = new ArrayDeque<>();
  private boolean closed;
  private @Nullable StorageException failure;

  private Committer(Disk disk) {
    this.disk = disk;
    this.thread = Thread.ofPlatform().name("storage-committer").daemon().unstarted(this::run);
  }

  static Committer start(Disk disk) {
    var committer = new Committer(disk);
    committer.thread.start();
    return committer;
  }

  /// Returns once the batch is durable.
  void commit(QueuedBatch batch) {
    enqueue(batch);
    batch.await();
  }

  private void enqueue(QueuedBatch batch) {
    lock.lock();
    try {
      while (waiting.size() >= MAX_WAITING && !closed) {
        someLeft.awaitUninterruptibly();
      }
      if (closed) {
        throw new StorageException("The storage is closed.");
      }
      waiting.add(batch);
      someWait.signal();
    } finally {
      lock.unlock();
    }
  }

  /// How many batches are in the queue.
  int waiting() {
    lock.lock();
    try {
      return waiting.size();
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    for (List<QueuedBatch> group = next(); !group.isEmpty(); group = next()) {
      write(group);
    }
  }

  /// The next batches to be written together; none once it is closed and all are written.
  private List<QueuedBatch> next() {
    List<QueuedBatch> group = new ArrayList<>();
    lock.lock();
    try {
      while (waiting.isEmpty() && !closed) {
        someWait.awaitUninterruptibly();
      }
      int bytes = 0;
      while (!waiting.isEmpty() && group.size() < MAX_GROUP && bytes < MAX_GROUP_BYTES) {
        QueuedBatch batch = waiting.remove();
        bytes += batch.size();
        group.add(batch);
      }
      someLeft.signalAll();
    } finally {
      lock.unlock();
    }
    return group;
  }

  private void write(List<QueuedBatch> group) {
    if (failure == null) {
      try {
        disk.write(group);
      } catch (StorageException e) {
        failure = e;
      } catch (RuntimeException | Error e) {
        failure = new StorageException("The storage could not write, and takes no more writes.", e);
      }
    }
    for (QueuedBatch batch : group) {
      batch.done(failure);
    }
  }

  /// Takes no more batches, and returns once those that wait are written.
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      someWait.signalAll();
      someLeft.signalAll();
    } finally {
      lock.unlock();
    }
    join();
  }

  private void join() {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
