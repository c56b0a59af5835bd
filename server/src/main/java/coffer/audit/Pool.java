package coffer.audit;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

/// Keeps a few things that are costly to make for the next who needs one. May be used by many
/// threads, and never makes one wait.
final class Pool<T> {
  private final AtomicReferenceArray<T> kept;
  private final Supplier<T> maker;

  /// @param most how many are kept
  Pool(int most, Supplier<T> maker) {
    this.kept = new AtomicReferenceArray<>(most);
    this.maker = maker;
  }

  T take() {
    for (int i = 0; i < kept.length(); i++) {
      if (kept.getPlain(i) != null) {
        T found = kept.getAndSet(i, null);
        if (found != null) {
          return found;
        }
      }
    }
    return maker.get();
  }

  void giveBack(T used) {
    for (int i = 0; i < kept.length(); i++) {
      if (kept.getPlain(i) == null && kept.compareAndSet(i, null, used)) {
        return;
      }
    }
  }
}
