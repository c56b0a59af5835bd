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
///
/// Requests wait for every device that can be trusted, so that none loses lines because it is slow.
/// After a failure a device isn't waited for until it has worked for a while.
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
  private final Standing standing;
  private final Pool<Scribe> scribes;
  private final Pool<Line> lines = new Pool<>(KEPT, Line::new);
  private final LineQueue queue = new LineQueue();
  private final byte[] batch = new byte[BATCH];

  /// Held for a moment before and after a write and by the watch; never while something is written.
  private final ReentrantLock turn = new ReentrantLock();

  /// What the writer is at, with all that comes after it; null while it writes nothing.
  private @Nullable Line round;

  private long since;

  /// The first line that is not part of the batch. Only the writer uses it.
  private @Nullable Line rest;

  private volatile boolean cut;
  private volatile boolean reopening;
  private volatile boolean closed;
  private volatile boolean ended;
  private volatile boolean gone;
  private final AtomicBoolean abandoned = new AtomicBoolean();

  /// @param limit how long a line may wait, and how long a write may take
  /// @param log is told when the device begins to fail and when it works again
  Device(String path, Sink sink, Supplier<Scribe> scribes, Duration limit, Consumer<String> log) {
    this.path = path;
    this.sink = sink;
    this.limit = limit;
    this.standing = new Standing(path, log);
    this.scribes = new Pool<>(KEPT, scribes);
  }

  void start() {
    Thread.ofPlatform().daemon().name("audit " + path).start(this::work);
  }

  /// Formats a line and sees to it that it is written; the receipt hears of it.
  void record(Format format, Receipt receipt) {
    if (cut || ended) {
      receipt.fail(whyNot(), false);
      return;
    }
    Line line = lines.take();
    Scribe scribe = scribes.take();
    format.write(scribe, line.text);
    scribes.giveBack(scribe);
    line.since = System.nanoTime();
    line.sign(receipt, standing.isTrusted());
    if (!queue.put(line)) {
      standing.loses();
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
    end(sign, trouble(sink::reopen));
  }

  private void write(@Nullable Line all) {
    Line first = inTime(all);
    while (first != null) {
      Line next = first;
      begin(next);
      first = inTime(end(next, trouble(() -> sink.write(gather(next)))));
    }
  }

  /// Passes over lines that have waited too long already.
  private @Nullable Line inTime(@Nullable Line first) {
    Line line = first;
    while (line != null && System.nanoTime() - line.since >= limit.toNanos()) {
      standing.loses();
      line.fail(whyNot());
      line = recycled(line);
    }
    return line;
  }

  /// Does something with the sink; why it failed, or nothing.
  private static String trouble(Step step) {
    try {
      step.take();
      return "";
    } catch (IOException | RuntimeException e) {
      String message = e.getMessage();
      return message == null ? e.getClass().getSimpleName() : message;
    }
  }

  /// As many lines as may be written at once; [#rest] is what comes after them.
  private ByteBuffer gather(Line first) {
    int most = sink.lines();
    if (first.next == null || most == 1 || first.text.length() > BATCH) {
      rest = first.next;
      return first.text.text();
    }
    Line line = first;
    int length = 0;
    for (int i = 0; i < most && line != null && length + line.text.length() <= BATCH; i++) {
      line.text.copyTo(batch, length);
      length += line.text.length();
      line = line.next;
    }
    rest = line;
    return ByteBuffer.wrap(batch, 0, length);
  }

  private void begin(Line first) {
    rest = null;
    turn.lock();
    try {
      round = first;
      since = System.nanoTime();
    } finally {
      turn.unlock();
    }
  }

  /// Tells those who wait; what is to be written next. What waited behind a write that took too
  /// long has failed already.
  private @Nullable Line end(Line first, String trouble) {
    Line next = isLate() ? null : rest;
    Line line = first;
    while (line != rest && line != null) {
      if (trouble.isEmpty()) {
        line.succeed();
      } else {
        line.fail(trouble);
      }
      line = recycled(line);
    }
    while (line != next && line != null) {
      line = recycled(line);
    }
    if (trouble.isEmpty()) {
      standing.works();
    } else {
      standing.fails(trouble);
    }
    return next;
  }

  /// Whether the write that has ended took too long. From here on its lines are the writer's alone.
  private boolean isLate() {
    turn.lock();
    try {
      boolean late = cut;
      cut = false;
      round = null;
      return late;
    } finally {
      turn.unlock();
    }
  }

  /// Puts a line back; the one after it.
  private @Nullable Line recycled(Line line) {
    Line next = line.next;
    recycle(line);
    return next;
  }

  private void recycle(Line line) {
    line.next = null;
    if (line.text.capacity() <= KEPT_CAPACITY) {
      line.text.clear();
      lines.giveBack(line);
    }
  }

  /// Cuts the device off where its write takes too long. Called by the watch, again and again.
  void check(long now) {
    if (isOverdue(now)) {
      standing.fails(whyNot());
    }
    standing.look(now);
    abandonIfClosed();
  }

  private boolean isOverdue(long now) {
    turn.lock();
    try {
      if (round == null || cut || now - since < limit.toNanos()) {
        return false;
      }
      cut = true;
      failAll(round);
      failAll(queue.takeAll());
      sink.cutOff();
      return true;
    } finally {
      turn.unlock();
    }
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
