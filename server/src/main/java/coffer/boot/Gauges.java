package coffer.boot;

import coffer.engine.EngineType.Family;
import coffer.mount.MountEntry;
import coffer.mount.MountTable;
import coffer.mount.Mounted;
import coffer.telemetry.Label;
import coffer.telemetry.Metrics;
import java.util.function.BooleanSupplier;
import java.util.function.ToDoubleFunction;

/// What a server shows of its state whenever somebody looks at its metrics.
final class Gauges {
  private final Metrics metrics;
  private final MountTable mounts;
  private final BooleanSupplier sealed;

  private Gauges(Metrics metrics, MountTable mounts, BooleanSupplier sealed) {
    this.metrics = metrics;
    this.mounts = mounts;
    this.sealed = sealed;
  }

  static void show(Metrics metrics, MountTable mounts, BooleanSupplier sealed) {
    new Gauges(metrics, mounts, sealed).show();
  }

  private void show() {
    metrics.gauge("core.unsealed", this::unsealed, Label.CLUSTER);
    metrics.gauge("core.active", this::unsealed, Label.CLUSTER);
    for (Family family : Family.values()) {
      for (boolean local : new boolean[] {false, true}) {
        table("core.mount_table.num_entries", family, local, entry -> 1);
        table("core.mount_table.size", family, local, MountTable::size);
      }
    }
  }

  private double unsealed() {
    return sealed.getAsBoolean() ? 0 : 1;
  }

  private void table(String name, Family family, boolean local, ToDoubleFunction<MountEntry> of) {
    metrics.gauge(
        name,
        () ->
            mounts.all().stream()
                .map(Mounted::entry)
                .filter(entry -> entry.family() == family && entry.local() == local)
                .mapToDouble(of)
                .sum(),
        Label.CLUSTER,
        new Label("local", Boolean.toString(local)),
        new Label("type", family == Family.AUTH ? "auth" : "logical"));
  }
}
