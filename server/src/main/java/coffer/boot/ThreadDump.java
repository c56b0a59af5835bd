package coffer.boot;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/// What all threads do right now, virtual ones too.
final class ThreadDump {
  private ThreadDump() {}

  /// By way of a file, as the JVM writes to nothing else.
  static void print(PrintStream out) {
    try {
      Path folder = Files.createTempDirectory("threads");
      Path file = folder.resolve("threads.txt");
      try {
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
            .dumpThreads(file.toString(), ThreadDumpFormat.TEXT_PLAIN);
        Files.copy(file, out);
        out.flush();
      } finally {
        Files.deleteIfExists(file);
        Files.delete(folder);
      }
    } catch (IOException e) {
      out.println("The threads could not be printed: " + e.getClass().getSimpleName());
    }
  }
}
