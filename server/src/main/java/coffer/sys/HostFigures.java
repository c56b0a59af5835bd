package coffer.sys;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// What Linux tells of a machine, by the names that the peers have for it.
final class HostFigures {
  private static final long KIBI = 1_024;

  /// The unit in which the kernel tells times.
  private static final double TICKS_PER_SECOND = 100;

  /// What the kernel's table of memory is made of, in bytes but for what is counted.
  private static final List<String> MEMORY =
      List.of(
          "active",
          "inactive",
          "buffers",
          "cached",
          "writeback",
          "dirty",
          "writebacktmp",
          "shared",
          "slab",
          "sreclaimable",
          "sunreclaim",
          "pagetables",
          "swapcached",
          "commitlimit",
          "committedas",
          "swaptotal",
          "swapfree",
          "mapped",
          "vmalloctotal",
          "vmallocused",
          "vmallocchunk",
          "hugepagestotal",
          "hugepagesfree",
          "hugepagesize");

  private static final List<String> TIMES =
      List.of(
          "user",
          "nice",
          "system",
          "idle",
          "iowait",
          "irq",
          "softirq",
          "steal",
          "guest",
          "guestNice");

  private final Path root;
  private final String hostname;

  /// @param root where `proc` and `etc` are
  /// @param hostname empty to ask the kernel
  HostFigures(Path root, String hostname) {
    this.root = root;
    this.hostname = hostname;
  }

  private List<String> lines(String file) throws IOException {
    return Files.readAllLines(root.resolve(file), StandardCharsets.ISO_8859_1);
  }

  List<Map<String, Object>> processors() throws IOException {
    var processors = new ArrayList<Map<String, Object>>();
    var known = new HashMap<String, String>();
    for (String line : lines("proc/cpuinfo")) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        known.put(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
      } else if (line.isBlank() && known.containsKey("processor")) {
        processors.add(processor(known));
        known.clear();
      }
    }
    if (known.containsKey("processor")) {
      processors.add(processor(known));
    }
    return processors;
  }

  private static Map<String, Object> processor(Map<String, String> known) {
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("cpu", number(known.getOrDefault("processor", "0")));
    one.put("vendorId", known.getOrDefault("vendor_id", ""));
    one.put("family", known.getOrDefault("cpu family", ""));
    one.put("model", known.getOrDefault("model", ""));
    one.put("stepping", number(known.getOrDefault("stepping", "0")));
    one.put("physicalId", known.getOrDefault("physical id", ""));
    one.put("coreId", known.getOrDefault("core id", ""));
    one.put("cores", 1);
    one.put("modelName", known.getOrDefault("model name", ""));
    one.put("mhz", Double.parseDouble(known.getOrDefault("cpu MHz", "0")));
    one.put("cacheSize", number(known.getOrDefault("cache size", "0").replace(" KB", "")));
    one.put("flags", List.of(known.getOrDefault("flags", "").split(" ", -1)));
    one.put("microcode", known.getOrDefault("microcode", ""));
    return one;
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  List<Map<String, Object>> processorTimes() throws IOException {
    var times = new ArrayList<Map<String, Object>>();
    for (String line : lines("proc/stat")) {
      String[] words = line.split(" +", -1);
      if (words[0].matches("cpu\\d+")) {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("cpu", words[0]);
        for (int i = 0; i < TIMES.size() && i + 1 < words.length; i++) {
          one.put(TIMES.get(i), number(words[i + 1]) / TICKS_PER_SECOND);
        }
        times.add(one);
      }
    }
    return times;
  }

  List<Map<String, Object>> disks() throws IOException {
    FileStore store = Files.getFileStore(root);
    long total = store.getTotalSpace();
    long used = total - store.getUnallocatedSpace();
    long usable = store.getUsableSpace();
    Map<String, Object> disk = new LinkedHashMap<>();
    disk.put("path", root.toString());
    disk.put("fstype", store.type());
    disk.put("total", total);
    disk.put("free", usable);
    disk.put("used", used);
    disk.put("usedPercent", percent(used, used + usable));
    return List.of(disk);
  }

  private static double percent(long part, long whole) {
    return whole == 0 ? 0 : 100.0 * part / whole;
  }

  Map<String, Object> host(Instant now) throws IOException {
    long uptime = (long) Double.parseDouble(lines("proc/uptime").getFirst().split(" ", -1)[0]);
    Map<String, String> release = release();
    Map<String, Object> host = new LinkedHashMap<>();
    host.put(
        "hostname",
        hostname.isEmpty() ? lines("proc/sys/kernel/hostname").getFirst().strip() : hostname);
    host.put("uptime", uptime);
    host.put("bootTime", now.getEpochSecond() - uptime);
    host.put("procs", processes());
    host.put("os", "linux");
    host.put("platform", release.getOrDefault("ID", ""));
    host.put("platformFamily", release.getOrDefault("ID_LIKE", release.getOrDefault("ID", "")));
    host.put("platformVersion", release.getOrDefault("VERSION_ID", ""));
    host.put("kernelVersion", lines("proc/sys/kernel/osrelease").getFirst().strip());
    host.put("kernelArch", architecture());
    return host;
  }

  private static String architecture() {
    String name = System.getProperty("os.arch", "");
    return name.equals("amd64") ? "x86_64" : name;
  }

  private Map<String, String> release() throws IOException {
    Map<String, String> release = new HashMap<>();
    for (String line : lines("etc/os-release")) {
      int equals = line.indexOf('=');
      if (equals > 0) {
        release.put(line.substring(0, equals), line.substring(equals + 1).replace("\"", ""));
      }
    }
    return release;
  }

  private long processes() throws IOException {
    try (Stream<Path> entries = Files.list(root.resolve("proc"))) {
      return entries.filter(entry -> entry.getFileName().toString().matches("\\d+")).count();
    }
  }

  Map<String, Object> memory() throws IOException {
    Map<String, Long> known = new HashMap<>();
    for (String line : lines("proc/meminfo")) {
      String[] words = line.split(":? +", -1);
      String name = words[0].replaceAll("[^A-Za-z]", "").toLowerCase(Locale.ROOT);
      boolean kibi = words.length > 2 && words[2].equals("kB");
      known.put(name.equals("shmem") ? "shared" : name, number(words[1]) * (kibi ? KIBI : 1));
    }
    long total = known.getOrDefault("memtotal", 0L);
    long available = known.getOrDefault("memavailable", 0L);
    Map<String, Object> memory = new LinkedHashMap<>();
    memory.put("total", total);
    memory.put("available", available);
    memory.put("used", total - available);
    memory.put("usedPercent", percent(total - available, total));
    memory.put("free", known.getOrDefault("memfree", 0L));
    MEMORY.forEach(name -> memory.put(name, known.getOrDefault(name, 0L)));
    return memory;
  }
}
