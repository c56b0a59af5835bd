package coffer.telemetry;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/// Collects values into buckets, striped so that threads seldom meet. Recording takes no lock and
/// allocates nothing but each stripe once; a value that comes while somebody drains falls to either
/// side.
final class Histogram {
  private static final int MOST_STRIPES = 8;
  private static final int STRIPES =
      Math.min(
          MOST_STRIPES, Integer.highestOneBit(2 * Runtime.getRuntime().availableProcessors() - 1));

  private final AtomicReferenceArray<AtomicIntegerArray> stripes =
      new AtomicReferenceArray<>(STRIPES);
  private final LongAdder sum = new LongAdder();
  private final LongAccumulator min = new LongAccumulator(Math::min, Long.MAX_VALUE);
  private final LongAccumulator max = new LongAccumulator(Math::max, 0);

  void record(long recorded) {
    long value = Math.max(0, recorded);
    stripe().getAndIncrement(Buckets.of(value));
    sum.add(value);
    min.accumulate(value);
    max.accumulate(value);
  }

  private AtomicIntegerArray stripe() {
    int index = (int) Thread.currentThread().threadId() & (STRIPES - 1);
    AtomicIntegerArray stripe = stripes.getPlain(index);
    return stripe == null ? make(index) : stripe;
  }

  private AtomicIntegerArray make(int index) {
    var made = new AtomicIntegerArray(Buckets.COUNT);
    AtomicIntegerArray before = stripes.compareAndExchange(index, null, made);
    return before == null ? made : before;
  }

  boolean isEmpty() {
    return max.get() == 0 && min.get() == Long.MAX_VALUE;
  }

  /// What has come since it was last drained.
  Interval peek() {
    return isEmpty() ? Interval.EMPTY : interval(false, sum.sum(), min.get(), max.get());
  }

  /// The same, and starts anew.
  Interval drain() {
    return isEmpty()
        ? Interval.EMPTY
        : interval(true, sum.sumThenReset(), min.getThenReset(), max.getThenReset());
  }

  private Interval interval(boolean reset, long total, long least, long most) {
    int[] buckets = new int[Buckets.COUNT];
    long count = 0;
    for (int i = 0; i < STRIPES; i++) {
      AtomicIntegerArray stripe = stripes.get(i);
      for (int b = 0; stripe != null && b < buckets.length; b++) {
        int values = stripe.get(b);
        if (values != 0) {
          buckets[b] += reset ? stripe.getAndSet(b, 0) : values;
        }
      }
    }
    for (int values : buckets) {
      count += values;
    }
    return new Interval(count, total, Math.min(least, most), most, buckets);
  }
}
