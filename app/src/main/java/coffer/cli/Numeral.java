package coffer.cli;

/// A JSON number as it was written, so that nothing is lost between a server and what is shown.
record Numeral(String text) {

  static Numeral of(long value) {
    return new Numeral(Long.toString(value));
  }

  /// The value if it is a whole number of 64 bits, else zero.
  long toLong() {
    return isWhole() ? Long.parseLong(text) : 0;
  }

  boolean isWhole() {
    int start = text.startsWith("-") ? 1 : 0;
    if (text.length() == start || text.length() > 18) {
      return false;
    }
    for (int i = start; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return text;
  }
}
