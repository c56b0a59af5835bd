package coffer.telemetry;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// What the JVM and the operating system know of this process. Loaded when somebody first looks.
final class ProcessFigures {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final int KIBI = 1_024;

  private ProcessFigures() {}

  /// Adds what the peers' clients for Prometheus add about any process.
  static void addTo(PrometheusText text) {
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
      double cpu = (double) system.getProcessCpuTime() / TimeUnit.SECONDS.toNanos(1);
      text.alone("process_cpu_seconds_total", "counter", "CPU time spent, in seconds.", cpu);
      double most = (double) system.getMaxFileDescriptorCount();
      text.alone("process_max_fds", "gauge", "How many files may be open.", most);
      double open = (double) system.getOpenFileDescriptorCount();
      text.alone("process_open_fds", "gauge", "How many files are open.", open);
    }
    double resident = (double) resident();
    if (resident > 0) {
      text.alone("process_resident_memory_bytes", "gauge", "Memory held, in bytes.", resident);
    }
    double started = (double) ManagementFactory.getRuntimeMXBean().getStartTime();
    text.alone(
        "process_start_time_seconds",
        "gauge",
        "When the process started, in seconds since 1970.",
        started / TimeUnit.SECONDS.toMillis(1));
    addRuntime((name, value) -> text.add(Series.of(name), new Gauge(() -> value)));
  }

  /// Adds the runtime's gauges.
  static void addTo(MetricsJson json) {
    addRuntime((name, value) -> json.gauge(Series.of(name), value));
  }

  private interface Target {
    void gauge(String name, double value);
  }

  /// The names are those of another runtime; each stands for what comes closest in this one.
  private static void addRuntime(Target target) {
    MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    target.gauge("runtime.alloc_bytes", (double) heap.getUsed());
    target.gauge("runtime.num_goroutines", ManagementFactory.getThreadMXBean().getThreadCount());
    target.gauge("runtime.sys_bytes", (double) heap.getCommitted());
    long pauses = 0;
    long runs = 0;
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      pauses += TimeUnit.MILLISECONDS.toNanos(Math.max(0, collector.getCollectionTime()));
      runs += Math.max(0, collector.getCollectionCount());
    }
    target.gauge("runtime.total_gc_pause_ns", (double) pauses);
    target.gauge("runtime.total_gc_runs", (double) runs);
  }

  /// In bytes; zero where the system doesn't tell.
  private static long resident() {
    try {
      for (String line : Files.readAllLines(STATUS, StandardCharsets.ISO_8859_1)) {
        if (line.startsWith("VmRSS:")) {
          String kibi = line.substring(line.indexOf(':') + 1, line.lastIndexOf("kB")).strip();
          return Long.parseLong(kibi) * KIBI;
        }
      }
    } catch (IOException | RuntimeException e) {
      return 0;
    }
    return 0;
  }
}
