package coffer.json;

/// Counts what is read from one text against a [JsonLimit]. The costs are about those of the peers,
/// so that the same limit lets the same texts through. Used by one thread.
final class Tally {
  static final int NUMBER = 24;
  static final int LIST = 40;
  static final int MAP = 90;
  private static final int STRING = 16;

  private final boolean foreign;
  private long strings;
  private long memory;

  Tally(JsonLimit limit) {
    foreign = !limit.equals(JsonLimit.NONE);
    strings = limit.strings();
    memory = limit.memory();
  }

  /// The string; one of a foreign text with U+FFFD for every half of a pair of surrogates that has
  /// no other half, because no UTF-8 could be made of it.
  String string(String text) {
    if (--strings < 0) {
      throw new JsonException("exceeded maximum number of strings", true);
    }
    spend(STRING + text.length());
    return foreign ? Surrogates.paired(text) : text;
  }

  void spend(int bytes) {
    memory -= bytes;
    if (memory < 0) {
      throw new JsonException("exceeded maximum estimated memory limits", true);
    }
  }
}
