package coffer.audit;

import org.jspecify.annotations.Nullable;

/// A line on its way to a device. Belongs to the thread that formats it, then to the queue, then to
/// the writer.
final class Line {
  final LineBuffer text = new LineBuffer();

  /// Who is told how it went; null once that has happened.
  private @Nullable Receipt receipt;

  /// Whether the receipt expects this device.
  private boolean expected;

  /// When it began to wait, by the clock of [System#nanoTime].
  long since;

  /// The one before it in the queue; the one after it once the queue was emptied.
  @Nullable Line next;

  /// How many lines wait in the queue, with this one.
  int depth;

  /// How long all of these are.
  long weight;

  /// Says who is to be told, and whether they wait for this device.
  void sign(Receipt told, boolean waitedFor) {
    receipt = told;
    expected = waitedFor;
    if (waitedFor) {
      told.expect();
    }
  }

  void succeed() {
    if (receipt != null) {
      receipt.succeed(expected);
      receipt = null;
    }
  }

  void fail(String why) {
    if (receipt != null) {
      receipt.fail(why, expected);
      receipt = null;
    }
  }
}
