package coffer.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class BucketsTest {

  @Test
  void aBucketsMiddleIsCloseToAllItsValues() {
    for (long value = 1; value < 1L << 43; value += 1 + value / 7) {
      double middle = Buckets.middle(Buckets.of(value));
      assertThat(middle).isCloseTo((double) value, within(value * 0.0626));
    }
  }

  @Test
  void largerValuesAreInLaterBuckets() {
    int last = -1;
    for (long value = 0; value < 100_000; value++) {
      int bucket = Buckets.of(value);
      assertThat(bucket).isBetween(last, last + 1);
      last = bucket;
    }
  }

  @Test
  void nothingFallsOutside() {
    assertThat(Buckets.of(-1)).isZero();
    assertThat(Buckets.of(Long.MAX_VALUE)).isEqualTo(Buckets.COUNT - 1);
    assertThat(Buckets.of((1L << 43) - 1)).isEqualTo(Buckets.COUNT - 1);
  }
}
