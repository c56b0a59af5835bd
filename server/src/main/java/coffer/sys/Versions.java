package coffer.sys;

import coffer.barrier.Barrier;
import coffer.barrier.Transaction;
import coffer.json.Fields;
import coffer.json.Json;
import coffer.storage.Storage.Entry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// The versions of the program that have run on this storage, each with the time when it first did.
public final class Versions {
  private static final String PREFIX = "core/version/";
  private static final int MAX_VERSIONS = 10_000;

  /// @param installed when it first ran
  /// @param built when it was made
  record Ran(String version, Instant installed, Instant built) {}

  private final Barrier barrier;
  private final InstantSource time;

  public Versions(Barrier barrier, InstantSource time) {
    this.barrier = barrier;
    this.time = time;
  }

  /// Notes that this version runs, after unsealing.
  public void note(String version, Instant built) {
    if (barrier.get(PREFIX + version) != null) {
      return;
    }
    var transaction = new Transaction(barrier);
    transaction.put(
        PREFIX + version,
        Json.bytes(
            Map.of("installed", Fields.nanos(time.instant()), "built", Fields.nanos(built))));
    transaction.commit();
  }

  /// All of them, the oldest first.
  List<Ran> all() {
    return barrier.range(PREFIX, "", MAX_VERSIONS).stream()
        .map(Versions::ran)
        .sorted(Comparator.comparing(Ran::installed))
        .toList();
  }

  private static Ran ran(Entry entry) {
    var fields = new Fields(Json.object(entry.value()));
    return new Ran(
        entry.key().substring(PREFIX.length()),
        fields.instant("installed"),
        fields.instant("built"));
  }
}
