package coffer.audit;

import coffer.barrier.Transaction;
import coffer.config.AuditConfig;
import coffer.config.GeneralConfig;
import coffer.engine.Refusal;
import coffer.engine.Refusal.Why;
import coffer.exchange.Answer;
import coffer.exchange.Request;
import coffer.storage.Storage.Entry;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Records requests and answers in every enabled device, and knows which those are. A request goes
/// on once every device that works has its line; where none takes it in time, it is refused.
///
/// The table of devices is stored below `core/audit/` and served out of memory. May be used by many
/// threads; whoever enables or disables something keeps others from it until that is committed.
public final class AuditBroker {
  private static final String PREFIX = "core/audit/";
  private static final int MAX_DEVICES = 100;
  private static final String FAILED_TEST = "audit backend failed test message: ";

  /// How devices are treated.
  ///
  /// @param timeLimit how long a device may take to write before it is cut off
  /// @param prefixes whether lines may begin with a text of the device's choice, which could make a
  ///   program of a log
  public record Settings(Duration timeLimit, boolean prefixes) {
    /// What a server does where nothing else is configured.
    public static final Settings STANDARD = new Settings(Duration.ofSeconds(5), false);

    public static Settings of(GeneralConfig config) {
      return new Settings(STANDARD.timeLimit, config.auditPrefixes());
    }
  }

  /// A row of the table with what serves it.
  private record Enabled(AuditEntry entry, Device device, Salt salt) {}

  private final InstantSource time;
  private final SecureRandom random;
  private final Consumer<String> log;
  private final boolean prefixes;
  private final Sinks sinks;
  private final ClientIds clientIds = new ClientIds();
  private final AuditedHeaders headers = new AuditedHeaders();
  private final Watch watch = new Watch();
  private volatile List<Enabled> enabled = List.of();

  /// @param log is told in a sentence when a device begins to fail and when it works again
  public AuditBroker(
      InstantSource time, SecureRandom random, Settings settings, Consumer<String> log) {
    this(time, random, settings, SyslogSink.SOCKETS, log);
  }

  AuditBroker(
      InstantSource time,
      SecureRandom random,
      Settings settings,
      List<String> syslogs,
      Consumer<String> log) {
    this.time = time;
    this.random = random;
    this.log = log;
    this.prefixes = settings.prefixes();
    this.sinks = new Sinks(settings.timeLimit(), syslogs, time);
  }

  /// Whether there is a device.
  public boolean isEnabled() {
    return !enabled.isEmpty();
  }

  /// Records what is asked, before it is done, also where it is about to be refused.
  ///
  /// @param errors why it is about to be refused
  public void request(Request request, List<String> errors) {
    if (enabled.isEmpty()) {
      return;
    }
    Instant now = time.instant();
    Map<String, Boolean> shown = headers.all();
    record((scribe, into) -> scribe.request(request, errors, shown, now, into));
  }

  /// Records what is answered, before it is sent.
  public void response(Request request, Answer answer) {
    if (enabled.isEmpty()) {
      return;
    }
    Instant now = time.instant();
    Map<String, Boolean> shown = headers.all();
    record((scribe, into) -> scribe.response(request, answer, shown, now, into));
  }

  private void record(Device.Format format) {
    List<Enabled> all = enabled;
    while (!isRecorded(all, format)) {
      List<Enabled> now = enabled;
      if (now.equals(all)) {
        throw new Refusal(Why.FAILED, "internal error");
      }
      all = now;
    }
  }

  private static boolean isRecorded(List<Enabled> all, Device.Format format) {
    if (all.isEmpty()) {
      return true;
    }
    var receipt = new Receipt(all.size());
    for (Enabled one : all) {
      one.device.record(format, receipt);
    }
    return receipt.await();
  }

  /// Serves the devices of the table, after unsealing.
  public synchronized void load(Transaction transaction) {
    close();
    headers.load(transaction);
    var loaded = new ArrayList<Enabled>();
    for (Entry entry : transaction.range(PREFIX, "", MAX_DEVICES)) {
      String path = entry.key().substring(PREFIX.length());
      loaded.add(started(AuditEntry.read(path, entry.value())));
    }
    enabled = List.copyOf(loaded);
  }

  /// Ends all devices, once what they were given is written: when the server is sealed.
  public synchronized void close() {
    List<Enabled> ended = enabled;
    enabled = List.of();
    headers.clear();
    ended.forEach(one -> one.device.close());
  }

  /// Makes all devices that write to files begin new ones, after the old ones were moved away.
  public void reopen() {
    enabled.forEach(one -> one.device.requestReopen());
  }

  /// The headers of requests that are recorded.
  public AuditedHeaders headers() {
    return headers;
  }

  /// All enabled devices in the order of their paths, which end in `/`.
  public List<AuditConfig> list() {
    return enabled.stream().map(one -> one.entry.config()).toList();
  }

  /// What stands for a text in the lines of a device.
  public String hash(String path, String text) {
    String wanted = folder(path);
    return find(wanted)
        .map(one -> one.salt.hmac().spelled(text))
        .orElseThrow(() -> Refusal.bad("unknown audit backend \"" + wanted + "\""));
  }

  /// Enables a device from the commit on, after it has recorded a line to show that it can.
  public void enable(Transaction transaction, AuditConfig wanted) {
    AuditConfig config = filed(wanted);
    if (enabled.stream().anyMatch(one -> overlap(one.entry.path(), config.path()))) {
      throw Refusal.bad("path already in use");
    }
    if (enabled.size() >= MAX_DEVICES) {
      throw Refusal.bad("too many audit devices");
    }
    var entry = new AuditEntry(config, newSalt(), false);
    probe(entry);
    store(transaction, entry);
  }

  private static boolean overlap(String one, String other) {
    return one.startsWith(other) || other.startsWith(one);
  }

  /// Disables a device from the commit on; does nothing where there is none.
  public void disable(Transaction transaction, String path) {
    Optional<Enabled> found = find(folder(path));
    if (found.isEmpty()) {
      return;
    }
    if (found.get().entry.declared()) {
      throw Refusal.bad("cannot disable configuration-managed audit device");
    }
    remove(transaction, found.get().entry.path());
  }

  /// Brings the table in line with what the configuration declares: at start, and when the
  /// configuration was read again. A device that is there already keeps its salt.
  public void declare(Transaction transaction, List<AuditConfig> declared) {
    Set<String> paths = new HashSet<>();
    for (AuditConfig one : declared) {
      AuditConfig config = filed(one);
      if (!paths.add(config.path())) {
        throw Refusal.bad("path already in use");
      }
      Optional<AuditEntry> before = find(config.path()).map(Enabled::entry);
      var entry =
          new AuditEntry(config, before.map(AuditEntry::salt).orElseGet(this::newSalt), true);
      if (!before.equals(Optional.of(entry))) {
        probe(entry);
        store(transaction, entry);
      }
    }
    for (Enabled one : enabled) {
      if (one.entry.declared() && !paths.contains(one.entry.path())) {
        remove(transaction, one.entry.path());
      }
    }
  }

  private static String folder(String path) {
    return path.endsWith("/") ? path : path + "/";
  }

  private static AuditConfig filed(AuditConfig config) {
    return new AuditConfig(
        config.type(),
        folder(config.path()),
        config.description(),
        config.local(),
        config.options());
  }

  private Optional<Enabled> find(String path) {
    return enabled.stream().filter(one -> one.entry.path().equals(path)).findFirst();
  }

  private String newSalt() {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private void store(Transaction transaction, AuditEntry entry) {
    transaction.put(PREFIX + entry.path(), entry.bytes());
    transaction.onCommit(() -> serve(entry));
  }

  private void remove(Transaction transaction, String path) {
    transaction.delete(PREFIX + path);
    transaction.onCommit(() -> end(path));
  }

  private synchronized void serve(AuditEntry entry) {
    end(entry.path());
    var all = new ArrayList<>(enabled);
    all.add(started(entry));
    all.sort(Comparator.comparing(one -> one.entry.path()));
    enabled = List.copyOf(all);
  }

  private synchronized void end(String path) {
    Optional<Enabled> found = find(path);
    enabled = enabled.stream().filter(one -> !one.entry.path().equals(path)).toList();
    found.ifPresent(one -> one.device.close());
  }

  /// A device whose options don't hold any more records nothing, and so fails what it is asked.
  private Enabled started(AuditEntry entry) {
    try {
      return started(entry, sinks.sink(entry.config()), log);
    } catch (Refusal e) {
      return started(entry, Sink.broken(String.valueOf(e.getMessage())), log);
    }
  }

  private Enabled started(AuditEntry entry, Sink sink, Consumer<String> told) {
    var salt = new Salt(entry.salt());
    LineOptions options = LineOptions.read(entry.config().options(), prefixes);
    var device =
        new Device(
            entry.path(),
            sink,
            () -> new Scribe(options, salt, clientIds::of),
            sinks.limit(entry.config()),
            told);
    device.start();
    watch.add(device);
    return new Enabled(entry, device, salt);
  }

  /// Tries a device out, apart from the one that will serve.
  private void probe(AuditEntry entry) {
    Sink sink = sinks.sink(entry.config());
    Device device = started(entry, sink, sentence -> {}).device;
    try {
      String opening = sink.opensFirst();
      if (opening != null) {
        attempt(device, (scribe, into) -> {}, opening);
      }
      if (!entry.config().options().getOrDefault("skip_test", "").equals("true")) {
        String id = newId();
        Instant now = time.instant();
        attempt(device, (scribe, into) -> scribe.test(id, now, into), FAILED_TEST);
      }
    } finally {
      device.close();
    }
  }

  private static void attempt(Device device, Device.Format format, String otherwise) {
    var receipt = new Receipt(1);
    device.record(format, receipt);
    if (!receipt.await()) {
      throw Refusal.bad(otherwise + receipt.reason());
    }
  }

  private String newId() {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    String hex = HexFormat.of().formatHex(bytes);
    return String.join(
        "-",
        hex.substring(0, 8),
        hex.substring(8, 12),
        hex.substring(12, 16),
        hex.substring(16, 20),
        hex.substring(20));
  }
}
