package coffer.hcl;

import java.util.List;

/// Comments on adjacent lines, with nothing between them.
record Comments(List<Comment> list) {
  /// One comment as it was written, without the end of its line.
  record Comment(Position at, String text) {
    /// The line on which it ends.
    int endLine() {
      return at.line() + (int) text.chars().filter(c -> c == '\n').count();
    }
  }

  Position at() {
    return list.getFirst().at();
  }

  int endLine() {
    return list.getLast().endLine();
  }
}
