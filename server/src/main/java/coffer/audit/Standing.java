package coffer.audit;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/// How a device does: whether it fails, and whether requests should wait for it. Tells the log when
/// that changes. May be used by many threads.
final class Standing {
  /// How long a device must have worked again before requests wait for it again.
  private static final Duration PROBATION = Duration.ofMinutes(1);

  /// How often lost lines are told of.
  private static final Duration TELL_AGAIN = Duration.ofSeconds(10);

  private final String path;
  private final Consumer<String> log;
  private final AtomicBoolean failing = new AtomicBoolean();
  private final LongAdder lost = new LongAdder();
  private volatile boolean suspect;
  private volatile long suspectSince;
  private long lossTold;

  Standing(String path, Consumer<String> log) {
    this.path = path;
    this.log = log;
  }

  /// Whether requests wait for the device also where another one has their line.
  boolean isTrusted() {
    return !suspect;
  }

  void works() {
    if (failing.get() && failing.compareAndSet(true, false)) {
      log.accept("audit device " + path + " records again");
    }
  }

  void fails(String why) {
    suspectSince = System.nanoTime();
    suspect = true;
    if (failing.compareAndSet(false, true)) {
      log.accept("audit device " + path + " can't record: " + why);
    }
  }

  /// A line came too early for it.
  void loses() {
    lost.increment();
  }

  /// Looks whether time has changed something. Called by the watch.
  void look(long now) {
    if (suspect && !failing.get() && now - suspectSince >= PROBATION.toNanos()) {
      suspect = false;
    }
    if (lost.sum() > 0 && (lossTold == 0 || now - lossTold >= TELL_AGAIN.toNanos())) {
      lossTold = now;
      log.accept(
          "audit device " + path + " lost " + lost.sumThenReset() + " lines: too many waited");
    }
  }
}
