package coffer.http;

import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/// The threads of the door: a few of the platform's watch sockets, and a virtual one answers each
/// request.
final class Threads {
  private static final int MAX_PLATFORM = 200;
  private static final int MIN_PLATFORM = 4;

  /// Starts a virtual thread for each task.
  static final Executor VIRTUAL =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("request-", 0).factory());

  private Threads() {}

  static QueuedThreadPool pool() {
    var pool = new QueuedThreadPool(MAX_PLATFORM, MIN_PLATFORM);
    pool.setName("http");
    pool.setDaemon(true);
    pool.setVirtualThreadsExecutor(VIRTUAL);
    return pool;
  }
}
