package coffer.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/// A sink in memory that can be held up, or made to fail.
final class HeldSink implements Sink {
  final List<String> texts = new CopyOnWriteArrayList<>();
  final CountDownLatch closed = new CountDownLatch(1);
  volatile CountDownLatch reached = new CountDownLatch(1);
  volatile CountDownLatch held = new CountDownLatch(0);
  volatile String failure = "";

  /// Holds up the next write; [#reached] says when it is there.
  void hold() {
    reached = new CountDownLatch(1);
    held = new CountDownLatch(1);
  }

  void release() {
    held.countDown();
  }

  @Override
  public void write(ByteBuffer text) throws IOException {
    reached.countDown();
    try {
      held.await();
    } catch (InterruptedException e) {
      throw new IOException("interrupted", e);
    }
    if (!failure.isEmpty()) {
      throw new IOException(failure);
    }
    texts.add(StandardCharsets.UTF_8.decode(text).toString());
  }

  @Override
  public int lines() {
    return 100;
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
