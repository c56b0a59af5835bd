package coffer.telemetry;

/// What was recorded in one stretch of time. Immutable by agreement: nobody writes to the buckets.
///
/// @param min of all values; meaningless where there are none
/// @param max likewise
/// @param buckets how many values fell into each of [Buckets]
record Interval(long count, long sum, long min, long max, int[] buckets) {
  static final Interval EMPTY = new Interval(0, 0, 0, 0, new int[Buckets.COUNT]);

  /// Both together.
  Interval and(Interval other) {
    if (count == 0 || other.count == 0) {
      return count == 0 ? other : this;
    }
    int[] both = buckets.clone();
    for (int i = 0; i < both.length; i++) {
      both[i] += other.buckets[i];
    }
    return new Interval(
        count + other.count,
        sum + other.sum,
        Math.min(min, other.min),
        Math.max(max, other.max),
        both);
  }

  /// The value that a share of all values doesn't exceed, within 6 %; not a number where there are
  /// no values.
  double quantile(double share) {
    if (count == 0) {
      return Double.NaN;
    }
    long rank = Math.max(1, (long) Math.ceil(share * count));
    long seen = 0;
    for (int i = 0; i < buckets.length; i++) {
      seen += buckets[i];
      if (seen >= rank) {
        return Math.clamp(Buckets.middle(i), (double) min, (double) max);
      }
    }
    return max;
  }

  double mean() {
    return count == 0 ? 0 : (double) sum / count;
  }

  /// The deviation of a sample, by the middles of the buckets; zero for fewer than two values.
  double deviation() {
    if (count < 2 || min == max) {
      return 0;
    }
    double mean = 0;
    for (int i = 0; i < buckets.length; i++) {
      mean += buckets[i] * Buckets.middle(i) / count;
    }
    double squares = 0;
    for (int i = 0; i < buckets.length; i++) {
      double off = Buckets.middle(i) - mean;
      squares += buckets[i] * off * off;
    }
    return Math.sqrt(squares / (count - 1));
  }
}
