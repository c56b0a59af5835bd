package coffer.hcl;

import java.util.ArrayList;
import java.util.List;

/// Reads `<<EOF … EOF`; with `<<-EOF` the indentation of the closing line is taken off every line
/// that has it, if all have it.
final class Heredoc {
  private final Source source;

  Heredoc(Source source) {
    this.source = source;
  }

  String read() {
    source.next();
    if (source.next() != '<') {
      throw new HclException(source.here(), "heredoc expected second '<', didn't see it");
    }
    boolean indented = source.peek() == '-';
    if (indented) {
      source.next();
    }
    String anchor = anchor();
    var lines = new ArrayList<String>();
    while (true) {
      int start = source.offset();
      skipLine();
      String line = source.since(start);
      if (source.next() < 0) {
        throw new HclException(source.here(), "heredoc not terminated");
      }
      if (line.strip().equals(anchor)) {
        String indent = line.substring(0, line.indexOf(anchor));
        return join(lines, indented ? indent : "");
      }
      lines.add(line);
    }
  }

  private String anchor() {
    int start = source.offset();
    while (Source.isLetter(source.peek()) || Source.isDigit(source.peek())) {
      source.next();
    }
    String anchor = source.since(start);
    if (source.atEnd()) {
      throw new HclException(source.here(), "heredoc not terminated");
    }
    if (source.peek() != '\n') {
      throw new HclException(source.here(), "invalid characters in heredoc anchor");
    }
    if (anchor.isEmpty()) {
      throw new HclException(source.here(), "zero-length heredoc anchor");
    }
    source.next();
    return anchor;
  }

  private void skipLine() {
    while (!source.atEnd() && source.peek() != '\n') {
      if (source.next() == 0) {
        throw new HclException(source.here(), "unexpected null character (0x00)");
      }
    }
  }

  private static String join(List<String> lines, String indent) {
    boolean all = lines.stream().allMatch(line -> line.startsWith(indent));
    var out = new StringBuilder();
    for (String line : lines) {
      out.append(all ? line.substring(indent.length()) : line).append('\n');
    }
    return out.toString();
  }
}
