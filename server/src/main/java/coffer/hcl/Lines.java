package coffer.hcl;

import java.util.ArrayList;
import java.util.List;

/// Lines on their way to be printed. The later lines of a string or comment that spans several are
/// never indented: their blanks are part of them.
final class Lines {
  private static final String INDENT = "  ";

  private record Line(String text, boolean movable) {}

  private final List<Line> lines = new ArrayList<>();

  /// The lines of a text of which only the first may be indented.
  static Lines fixed(String text) {
    var made = new Lines();
    made.addFixed(text);
    return made;
  }

  void addBlank() {
    lines.add(new Line("", false));
  }

  Lines addFixed(String text) {
    boolean first = true;
    for (String line : text.split("\n", -1)) {
      lines.add(new Line(line, first));
      first = false;
    }
    return this;
  }

  Lines addAll(Lines other) {
    lines.addAll(other.lines);
    return this;
  }

  /// Puts a text before the first line.
  void prepend(String text) {
    Line first = lines.getFirst();
    lines.set(0, new Line(text + first.text, first.movable));
  }

  /// Puts a text after the last line.
  Lines append(String text) {
    Line last = lines.getLast();
    lines.set(lines.size() - 1, new Line(last.text + text, last.movable));
    return this;
  }

  /// Goes on with the other lines where the last one ends.
  void join(Lines other) {
    append(other.lines.getFirst().text);
    lines.addAll(other.lines.subList(1, other.lines.size()));
  }

  Lines indent() {
    lines.replaceAll(
        line -> line.movable && !line.text.isEmpty() ? new Line(INDENT + line.text, true) : line);
    return this;
  }

  boolean isEmpty() {
    return lines.isEmpty();
  }

  int size() {
    return lines.size();
  }

  /// The length of all lines together, with their ends.
  int width() {
    return lines.stream().mapToInt(line -> line.text.length() + 1).sum() - 1;
  }

  String text() {
    var out = new StringBuilder();
    lines.forEach(line -> out.append(line.text).append('\n'));
    return out.toString();
  }
}
