package coffer.pipeline;

import coffer.exchange.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;

/// The requests that are being answered: what somebody looks at when a server hangs. A request
/// takes one of a fixed number of places, found from the number of its thread, and allocates
/// nothing; where all near that are taken, it is counted and not listed. May be used by many
/// threads.
public final class InFlight {
  /// How many can be listed at a time.
  static final int PLACES = 4_096;

  /// How many places are tried.
  private static final int TRIES = 16;

  private static final int BITS = Integer.numberOfTrailingZeros(PLACES);

  /// Neighbouring threads get places that are far apart: 2^64 divided by the golden ratio.
  private static final long SPREAD = 0x9e3779b97f4a7c15L;

  private static final int UNLISTED = -1;

  private final AtomicReferenceArray<Request> requests = new AtomicReferenceArray<>(PLACES);

  /// When each began; 0 where a place is being taken or left.
  private final AtomicLongArray starts = new AtomicLongArray(PLACES);

  private final LongAdder unlisted = new LongAdder();

  /// A request with how long it has taken so far.
  public record Running(Request request, Duration since) {}

  /// @param start a reading of [System#nanoTime()]
  /// @return what to leave with
  int enter(Request request, long start) {
    int first = (int) ((Thread.currentThread().threadId() * SPREAD) >>> (Long.SIZE - BITS));
    for (int i = 0; i < TRIES; i++) {
      int place = (first + i) & (PLACES - 1);
      if (requests.getPlain(place) == null && requests.compareAndSet(place, null, request)) {
        starts.setRelease(place, start | 1);
        return place;
      }
    }
    unlisted.increment();
    return UNLISTED;
  }

  void leave(int place) {
    if (place == UNLISTED) {
      unlisted.decrement();
    } else {
      starts.setPlain(place, 0);
      requests.setRelease(place, null);
    }
  }

  /// How many there are.
  public long count() {
    long count = unlisted.sum();
    for (int i = 0; i < PLACES; i++) {
      if (requests.get(i) != null) {
        count++;
      }
    }
    return count;
  }

  /// Those that have a place. What is found out about a request while somebody looks may be
  /// missing.
  public List<Running> list() {
    long now = System.nanoTime();
    var running = new ArrayList<Running>();
    for (int i = 0; i < PLACES; i++) {
      Request request = requests.get(i);
      long start = starts.get(i);
      if (request != null && start != 0) {
        running.add(new Running(request, Duration.ofNanos(Math.max(0, now - start))));
      }
    }
    return running;
  }
}
