package coffer.http;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// Counts the requests that are being answered, so that a server that stops can wait for them.
/// Thread-safe.
final class Drain {
  private final AtomicLong running = new AtomicLong();
  private final CountDownLatch empty = new CountDownLatch(1);
  private volatile boolean stopping;

  /// Whether the request may be answered. Every call needs its [#leave].
  boolean enter() {
    running.incrementAndGet();
    return !stopping;
  }

  void leave() {
    if (running.decrementAndGet() == 0 && stopping) {
      empty.countDown();
    }
  }

  /// From now on nobody may enter. Waits until those who did have left, or the time is over.
  void await(Duration longest) {
    stopping = true;
    if (running.get() == 0) {
      return;
    }
    try {
      if (!empty.await(longest.toNanos(), TimeUnit.NANOSECONDS)) {
        System.getLogger("http")
            .log(System.Logger.Level.WARNING, "{0} requests were cut off", running.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
