package coffer.audit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// Looks at all devices a few times a second and cuts off those whose write takes too long. Its
/// thread lives as long as there is a device.
final class Watch {
  private static final long PAUSE = Duration.ofMillis(50).toNanos();

  private final List<Device> devices = new ArrayList<>();
  private boolean running;

  synchronized void add(Device device) {
    devices.add(device);
    if (!running) {
      running = true;
      Thread.ofPlatform().daemon().name("audit watch").start(this::work);
    }
  }

  private void work() {
    for (List<Device> all = watched(); !all.isEmpty(); all = watched()) {
      long now = System.nanoTime();
      all.forEach(device -> device.check(now));
      LockSupport.parkNanos(this, PAUSE);
    }
  }

  private synchronized List<Device> watched() {
    devices.removeIf(Device::isGone);
    running = !devices.isEmpty();
    return List.copyOf(devices);
  }
}
