package coffer.sys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostFiguresTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_000_000);

  @TempDir private Path root;

  @BeforeEach
  void machine() throws IOException {
    file(
        "proc/cpuinfo",
        """
        processor\t: 0
        vendor_id\t: AuthenticAMD
        cpu family\t: 25
        cpu MHz\t\t: 2596.128
        cache size\t: 1024 KB
        flags\t\t: fpu aes

        processor\t: 1
        flags\t\t: fpu
        """);
    file("proc/stat", "cpu  3 4 5\ncpu0 365628 8757 53372 229997 1864 0 2409 361 0 0\nintr 5\n");
    file("proc/meminfo", "MemTotal: 1000 kB\nMemFree: 200 kB\nMemAvailable: 600 kB\nShmem: 7 kB\n");
    file("proc/uptime", "6662.05 1.00\n");
    file("proc/sys/kernel/hostname", "there\n");
    file("proc/sys/kernel/osrelease", "6.18.44\n");
    file("proc/17/stat", "");
    file("etc/os-release", "ID=debian\nVERSION_ID=\"12\"\n");
  }

  private void file(String name, String text) throws IOException {
    Files.createDirectories(root.resolve(name).getParent());
    Files.writeString(root.resolve(name), text);
  }

  private HostFigures figures() {
    return new HostFigures(root, "");
  }

  @Test
  void everyProcessorIsDescribed() throws IOException {
    assertThat(figures().processors()).hasSize(2);
    assertThat(figures().processors().getFirst())
        .containsEntry("cpu", 0L)
        .containsEntry("vendorId", "AuthenticAMD")
        .containsEntry("mhz", 2596.128)
        .containsEntry("cacheSize", 1024L)
        .containsEntry("flags", List.of("fpu", "aes"));
  }

  @Test
  void timesAreInSeconds() throws IOException {
    assertThat(figures().processorTimes()).hasSize(1);
    assertThat(figures().processorTimes().getFirst())
        .containsEntry("cpu", "cpu0")
        .containsEntry("user", 3656.28)
        .containsEntry("nice", 87.57)
        .containsEntry("steal", 3.61);
  }

  @Test
  void memoryIsInBytes() throws IOException {
    assertThat(figures().memory())
        .containsEntry("total", 1_024_000L)
        .containsEntry("available", 614_400L)
        .containsEntry("used", 409_600L)
        .containsEntry("usedPercent", 40.0)
        .containsEntry("shared", 7_168L)
        .containsEntry("swaptotal", 0L);
  }

  @Test
  void theHostSaysWhatItIsAndSinceWhenItRuns() throws IOException {
    assertThat(figures().host(NOW))
        .containsEntry("hostname", "there")
        .containsEntry("uptime", 6_662L)
        .containsEntry("bootTime", 993_338L)
        .containsEntry("procs", 1L)
        .containsEntry("platform", "debian")
        .containsEntry("platformVersion", "12")
        .containsEntry("kernelVersion", "6.18.44");
    assertThat(new HostFigures(root, "here").host(NOW)).containsEntry("hostname", "here");
  }

  @Test
  void theDiskIsMeasured() throws IOException {
    assertThat(figures().disks().getFirst())
        .containsEntry("path", root.toString())
        .extractingByKey("total")
        .isInstanceOfSatisfying(Long.class, total -> assertThat(total).isPositive());
  }
}
