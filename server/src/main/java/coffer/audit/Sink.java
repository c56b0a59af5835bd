package coffer.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Where a device's lines end up. Used by the device's writer thread alone, but for [#cutOff()] and
/// [#abandon()]. Opens what it writes to by itself, at the first write and again after a failure.
interface Sink {
  /// Writes whole lines, all of the text or not at all as far as that can be; opens what it writes
  /// to if it isn't open, also for an empty text. Messages of exceptions are for the operator and
  /// for whoever enables the device.
  void write(ByteBuffer text) throws IOException;

  /// How many lines may be written at once.
  int lines();

  /// What is said first where it can't open when a device is enabled; null where it need not open
  /// by then.
  default @Nullable String opensFirst() {
    return null;
  }

  /// Begins a new file, if what it writes to is one that may have been moved away.
  default void reopen() throws IOException {}

  /// Called by another thread when a write takes too long: ends it if that can be done without
  /// harm, and does not block.
  default void cutOff() {}

  /// Called by another thread when nobody waits for a write any more: ends it by all means. May
  /// block.
  default void abandon() {}

  void close();

  /// One that can't be written to.
  static Sink broken(String why) {
    return new Sink() {
      @Override
      public void write(ByteBuffer text) throws IOException {
        throw new IOException(why);
      }

      @Override
      public int lines() {
        return 1;
      }

      @Override
      public void close() {}
    };
  }

  /// Drops everything.
  Sink DISCARD =
      new Sink() {
        @Override
        public void write(ByteBuffer text) {}

        @Override
        public int lines() {
          return Integer.MAX_VALUE;
        }

        @Override
        public void close() {}
      };
}
