package coffer.audit;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// What a request waits for: that a device has its line and all devices that are trusted have
/// settled it, or that none will have it. Made by the thread that waits.
final class Receipt {
  private final Thread waiting = Thread.currentThread();
  private final AtomicInteger open;
  private final AtomicInteger expected = new AtomicInteger();
  private volatile boolean recorded;
  private volatile String reason = "";

  /// @param devices how many will say how it went
  Receipt(int devices) {
    this.open = new AtomicInteger(devices);
  }

  /// One more device is waited for, also where another one has the line. Called by the thread that
  /// waits.
  void expect() {
    expected.incrementAndGet();
  }

  /// A device has the line.
  void succeed(boolean wasExpected) {
    recorded = true;
    settle(wasExpected);
  }

  /// A device has not and won't.
  void fail(String why, boolean wasExpected) {
    reason = why;
    settle(wasExpected);
  }

  private void settle(boolean wasExpected) {
    if (wasExpected) {
      expected.decrementAndGet();
    }
    open.decrementAndGet();
    if (isSettled()) {
      LockSupport.unpark(waiting);
    }
  }

  /// Whether there is nothing left to wait for.
  boolean isSettled() {
    return (recorded && expected.get() == 0) || open.get() == 0;
  }

  /// Waits; whether a device has the line. Devices have time limits, so this ends.
  boolean await() {
    boolean interrupted = false;
    while (!isSettled()) {
      LockSupport.park(this);
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return recorded;
  }

  /// Why the last device to fail did.
  String reason() {
    return reason;
  }
}
