package coffer.telemetry;

/// How values are sorted into a fixed number of buckets: exactly up to eight, then eight buckets
/// for each power of two, so that a bucket's middle is at most 6 % off.
final class Buckets {
  private static final int SUB_BITS = 3;
  private static final int SUBS = 1 << SUB_BITS;
  private static final int MAX_EXPONENT = 43;

  /// The last one takes everything from 2^43 on; in nanoseconds that is two hours.
  static final int COUNT = (MAX_EXPONENT - SUB_BITS + 1) * SUBS;

  private Buckets() {}

  static int of(long value) {
    if (value < SUBS) {
      return value < 0 ? 0 : (int) value;
    }
    int exponent = Long.SIZE - 1 - Long.numberOfLeadingZeros(value);
    if (exponent >= MAX_EXPONENT) {
      return COUNT - 1;
    }
    int sub = (int) (value >>> (exponent - SUB_BITS)) & (SUBS - 1);
    return (exponent - SUB_BITS + 1) * SUBS + sub;
  }

  /// The value that stands for all in a bucket.
  static double middle(int bucket) {
    if (bucket < SUBS) {
      return bucket;
    }
    int shift = bucket / SUBS - 1;
    long lowest = (long) (SUBS + bucket % SUBS) << shift;
    return lowest + ((1L << shift) - 1) / 2.0;
  }
}
