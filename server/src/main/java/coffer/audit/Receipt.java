package coffer.audit;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// What a request waits for: that one of the devices has its line, or that none will. Made by the
/// thread that waits.
final class Receipt {
  private final Thread waiting = Thread.currentThread();
  private final AtomicInteger open;
  private volatile boolean recorded;
  private volatile String reason = "";

  /// @param devices how many will say how it went
  Receipt(int devices) {
    this.open = new AtomicInteger(devices);
  }

  /// A device has the line.
  void succeed() {
    recorded = true;
    LockSupport.unpark(waiting);
  }

  /// A device has not and won't.
  void fail(String why) {
    reason = why;
    if (open.decrementAndGet() == 0) {
      LockSupport.unpark(waiting);
    }
  }

  /// Waits; whether a device has the line. Devices have time limits, so this ends.
  boolean await() {
    boolean interrupted = false;
    while (!recorded && open.get() > 0) {
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
