package coffer.cli;

/// Wraps lines at the width of a terminal of old.
final class Wrap {
  private static final int WIDTH = 78;

  private Wrap() {}

  static String text(String text) {
    return text(text, 0);
  }

  /// The text in lines of at most 78 columns, each indented.
  static String text(String text, int indent) {
    String margin = " ".repeat(indent);
    StringBuilder out = new StringBuilder(margin);
    int column = 0;
    for (String word : text.split(" ", -1)) {
      if (word.isEmpty()) {
        continue;
      }
      if (column > 0 && column + 1 + word.length() > WIDTH - indent) {
        out.append('\n').append(margin);
        column = 0;
      } else if (column > 0) {
        out.append(' ');
        column++;
      }
      out.append(word);
      column += word.length();
    }
    return out.toString();
  }
}
