package coffer.pipeline;

import coffer.engine.Operation;
import coffer.exchange.Answer;
import coffer.exchange.Request;
import coffer.mount.Mounted;
import coffer.telemetry.Metrics;
import coffer.telemetry.Timer;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Measures what each mount takes for each operation: `route.read.secret-`. The timers of a mount
/// are found by its uuid, and made when something first takes time.
final class RouteTimes implements Step {
  /// So that mounting and unmounting over and over doesn't fill the memory.
  private static final int MAX_MOUNTS = 10_000;

  private final Map<String, OfMount> mounts = new ConcurrentHashMap<>();
  private final Metrics metrics;

  RouteTimes(Metrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public Answer take(Request request, Next next) {
    Mounted mounted = request.mounted();
    if (mounted == null) {
      return next.take(request);
    }
    long start = System.nanoTime();
    try {
      return next.take(request);
    } finally {
      of(mounted).of(request.operation()).since(start);
    }
  }

  /// A mount that was moved gets others.
  private OfMount of(Mounted mounted) {
    OfMount found = mounts.get(mounted.entry().uuid());
    return found != null && found.path.equals(mounted.entry().path()) ? found : make(mounted);
  }

  private OfMount make(Mounted mounted) {
    if (mounts.size() >= MAX_MOUNTS) {
      mounts.clear();
    }
    var made = new OfMount(mounted.entry().path());
    mounts.put(mounted.entry().uuid(), made);
    return made;
  }

  private final class OfMount {
    private final String path;

    /// Never changed, but replaced by a larger one.
    private volatile EnumMap<Operation, Timer> timers = new EnumMap<>(Operation.class);

    OfMount(String path) {
      this.path = path;
    }

    Timer of(Operation operation) {
      Timer timer = timers.get(operation);
      return timer == null ? make(operation) : timer;
    }

    private synchronized Timer make(Operation operation) {
      Timer made = metrics.timer("route." + operation.word() + "." + path.replace('/', '-'));
      var more = new EnumMap<>(timers);
      more.put(operation, made);
      timers = more;
      return made;
    }
  }
}
