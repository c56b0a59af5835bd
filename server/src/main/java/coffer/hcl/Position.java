package coffer.hcl;

/// Where something stands in a text: line and column, both counted from 1, columns in characters.
public record Position(int line, int column) {
  /// `3:5`
  @Override
  public String toString() {
    return line + ":" + column;
  }
}
