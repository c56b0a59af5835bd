package coffer.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One enabled device. Threads of requests put lines in; one thread of its own writes what has
/// gathered in one go. A write that takes longer than the limit cuts the device off: whatever waits
/// for it fails at once, and so does what comes, until that write has ended.
final class Device {
  private static final int KEPT = 64;
  private static final int KEPT_CAPACITY = 64 * 1024;
  private static final int BATCH = 64 * 1024;

  /// Formats a line.
  @FunctionalInterface
  interface Format {
    void write(Scribe scribe, LineBuffer into);
  }

  /// Something that the writer does with the sink.
  @FunctionalInterface
  private interface Step {
    void take() throws IOException;
  }

  private final String path;
  private final Sink sink;
  private final Duration limit;
  private final Consumer<String> log;
  private final Pool<Scribe> scribes;
  private final Pool<Line> lines = new Pool<>(KEPT, Line::new);
  private final LineQueue queue = new LineQueue();
  private final byte[] batch = new byte[BATCH];

  /// Held for a moment before and after a write and by the watch; never while something is written.
  private final ReentrantLock turn = new ReentrantLock();

  /// What the writer is at, with all that comes after it; null while it writes nothing.
  private @Nullable Line round;

  private long since;
  private boolean failing;

  /// The first line that is not part of the batch. Only the writer uses it.
  private @Nullable Line rest;

  private volatile boolean cut;
  private volatile boolean reopening;
  private volatile boolean closed;
  private volatile boolean ended;
  private volatile boolean gone;
  private final AtomicBoolean abandoned = new AtomicBoolean();

  /// @param limit how long a write may take
  /// @param log is told when the device begins to fail and when it works again
  Device(String path, Sink sink, Supplier<Scribe> scribes, Duration limit, Consumer<String> log) {
    this.path = path;
    this.sink = sink;
    this.limit = limit;
    this.log = log;
    this.scribes = new Pool<>(KEPT, scribes);
  }

  void start() {
    Thread.ofPlatform().daemon().name("audit " + path).start(this::work);
  }

  /// Formats a line and sees to it that it is written; the receipt hears of it.
  void record(Format format, Receipt receipt) {
    if (cut || ended) {
      receipt.fail(whyNot());
      return;
    }
    Line line = lines.take();
    Scribe scribe = scribes.take();
    format.write(scribe, line.text);
    scribes.giveBack(scribe);
    line.receipt = receipt;
    if (!queue.put(line)) {
      line.fail("too many lines are waiting");
      recycle(line);
    } else if (cut || ended) {
      failAll(queue.takeAll());
    }
  }

  private String whyNot() {
    return ended ? "it is disabled" : "timed out after " + limit.toMillis() + " ms";
  }

  private void failAll(@Nullable Line first) {
    for (Line line = first; line != null; line = line.next) {
      line.fail(whyNot());
    }
  }

  private void work() {
    while (!closed) {
      write(queue.awaitAll());
      if (reopening) {
        reopening = false;
        reopen();
      }
    }
    ended = true;
    write(queue.takeAll());
    sink.close();
    gone = true;
  }

  private void reopen() {
    Line sign = lines.take();
    begin(sign);
    rest = null;
    end(sign, trouble(sink::reopen));
  }

  private void write(@Nullable Line all) {
    Line first = all;
    while (first != null) {
      Line next = first;
      begin(next);
      first = end(next, trouble(() -> sink.write(gather(next))));
    }
  }

  /// Does something with the sink; why it failed, or nothing.
  private static String trouble(Step step) {
    try {
      step.take();
      return "";
    } catch (IOException | RuntimeException e) {
      return reason(e);
    }
  }

  /// As many lines as may be written at once; [#rest] is what comes after them.
  private ByteBuffer gather(Line first) {
    int most = sink.lines();
    Line line = first;
    int length = 0;
    int count = 0;
    while (line != null && count < most && length + line.text.length() <= BATCH) {
      if (line == first && (line.next == null || most == 1)) {
        break;
      }
      line.text.copyTo(batch, length);
      length += line.text.length();
      count++;
      line = line.next;
    }
    rest = count == 0 ? first.next : line;
    return count == 0 ? first.text.text() : ByteBuffer.wrap(batch, 0, length);
  }

  private void begin(Line first) {
    turn.lock();
    try {
      round = first;
      since = System.nanoTime();
    } finally {
      turn.unlock();
    }
  }

  /// Tells those who wait; what is to be written next.
  private @Nullable Line end(Line first, String trouble) {
    boolean late;
    boolean changed;
    turn.lock();
    try {
      late = cut;
      cut = false;
      round = null;
      for (Line line = first; line != rest && line != null; line = line.next) {
        if (trouble.isEmpty()) {
          line.succeed();
        } else {
          line.fail(trouble);
        }
      }
      changed = failing == trouble.isEmpty();
      failing = !trouble.isEmpty();
    } finally {
      turn.unlock();
    }
    if (changed) {
      report(trouble);
    }
    // What waited behind a write that took too long has failed already.
    Line next = late ? null : rest;
    recycle(first, next);
    return next;
  }

  private void report(String trouble) {
    log.accept(
        "audit device "
            + path
            + (trouble.isEmpty() ? " records again" : " can't record: " + trouble));
  }

  private void recycle(Line first, @Nullable Line until) {
    Line line = first;
    while (line != until && line != null) {
      Line next = line.next;
      recycle(line);
      line = next;
    }
  }

  private void recycle(Line line) {
    line.next = null;
    if (line.text.capacity() <= KEPT_CAPACITY) {
      line.text.clear();
      lines.giveBack(line);
    }
  }

  private static String reason(Exception trouble) {
    String message = trouble.getMessage();
    return message == null ? trouble.getClass().getSimpleName() : message;
  }

  /// Cuts the device off where its write takes too long. Called by the watch, again and again.
  void check(long now) {
    boolean first = false;
    turn.lock();
    try {
      if (round != null && !cut && now - since >= limit.toNanos()) {
        cut = true;
        first = !failing;
        failing = true;
        failAll(round);
        failAll(queue.takeAll());
        sink.cutOff();
      }
    } finally {
      turn.unlock();
    }
    if (first) {
      report(whyNot());
    }
    abandonIfClosed();
  }

  /// Frees the writer from a write that nobody waits for any more.
  private void abandonIfClosed() {
    if (cut && closed && abandoned.compareAndSet(false, true)) {
      Thread.ofPlatform().daemon().name("audit " + path + " end").start(sink::abandon);
    }
  }

  /// Makes a file device begin a new file, soon.
  void requestReopen() {
    reopening = true;
    queue.wake();
  }

  /// Ends the device, once what waits is written.
  void close() {
    closed = true;
    queue.wake();
    abandonIfClosed();
  }

  /// Whether its writer is gone.
  boolean isGone() {
    return gone;
  }
}
