package coffer.hcl;

/// A text and a place in it. Line ends `\r\n` count as `\n`.
final class Source {
  private final String text;
  private int offset;
  private int line = 1;
  private int column = 1;

  Source(String text) {
    this.text = text.replace("\r\n", "\n");
  }

  boolean atEnd() {
    return offset >= text.length();
  }

  int offset() {
    return offset;
  }

  int line() {
    return line;
  }

  Position here() {
    return new Position(line, column);
  }

  /// The code point here, or -1 at the end.
  int peek() {
    return atEnd() ? -1 : text.codePointAt(offset);
  }

  /// The char after this one, or 0.
  char peekSecond() {
    return offset + 1 < text.length() ? text.charAt(offset + 1) : 0;
  }

  /// Takes the code point here; -1 at the end.
  int next() {
    if (atEnd()) {
      return -1;
    }
    int c = text.codePointAt(offset);
    offset += Character.charCount(c);
    if (c == '\n') {
      line++;
      column = 1;
    } else {
      column++;
    }
    return c;
  }

  String since(int start) {
    return text.substring(start, offset);
  }

  void skipBlanks() {
    while (!atEnd() && isBlank(text.charAt(offset))) {
      next();
    }
  }

  void skipIdentifier() {
    while (!atEnd() && (isLetter(peek()) || isDigit(peek()) || peek() == '-' || peek() == '.')) {
      next();
    }
  }

  boolean startsNumber() {
    char first = text.charAt(offset);
    return isDecimal(first) || ((first == '-' || first == '.') && isDecimal(peekSecond()));
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
  }

  static boolean isLetter(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || c == '_'
        || (c >= 0x80 && Character.isLetter(c));
  }

  static boolean isDigit(int c) {
    return isDecimal(c) || (c >= 0x80 && Character.isDigit(c));
  }

  static boolean isDecimal(int c) {
    return c >= '0' && c <= '9';
  }
}
