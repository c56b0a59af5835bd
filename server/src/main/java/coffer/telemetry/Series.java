package coffer.telemetry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// The name of one series: that of its metric, and its labels sorted by name. Equality is written
/// out as in [Label].
record Series(String name, List<Label> labels) implements Comparable<Series> {
  private static final Comparator<Label> BY_NAME = Comparator.comparing(Label::name);

  static Series of(String name, Label... labels) {
    if (labels.length < 2) {
      return new Series(name, List.of(labels));
    }
    Label[] sorted = labels.clone();
    Arrays.sort(sorted, BY_NAME);
    return new Series(name, List.of(sorted));
  }

  /// The same in a cluster of this name, where that is to be told.
  Series in(String cluster) {
    int index = labels.indexOf(Label.CLUSTER);
    if (index < 0) {
      return this;
    }
    var named = new ArrayList<>(labels);
    named.set(index, new Label(Label.CLUSTER.name(), cluster));
    return new Series(name, named);
  }

  @Override
  public int compareTo(Series other) {
    int byName = name.compareTo(other.name);
    return byName != 0 ? byName : labels.toString().compareTo(other.labels.toString());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Series series
        && name.equals(series.name)
        && labels.equals(series.labels);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + labels.hashCode();
  }
}
