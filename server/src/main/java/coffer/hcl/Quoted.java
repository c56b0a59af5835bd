package coffer.hcl;

/// Reads a string between double quotes. Inside `${…}` everything is kept as it stands, quotes and
/// ends of lines too.
final class Quoted {
  private final Source source;
  private final StringBuilder value = new StringBuilder();

  Quoted(Source source) {
    this.source = source;
  }

  String read() {
    source.next();
    while (true) {
      int c = source.peek();
      if (c < 0 || c == '\n') {
        throw new HclException(source.here(), "literal not terminated");
      }
      if (c == 0) {
        throw new HclException(source.here(), "unexpected null character (0x00)");
      }
      source.next();
      switch (c) {
        case '"' -> {
          return value.toString();
        }
        case '\\' -> escape();
        case '$' -> dollar();
        default -> value.appendCodePoint(c);
      }
    }
  }

  private void dollar() {
    value.append('$');
    if (source.peek() != '{') {
      return;
    }
    int depth = 0;
    do {
      int c = source.next();
      if (c < 0) {
        throw new HclException(source.here(), "literal not terminated");
      }
      value.appendCodePoint(c);
      if (c == '{') {
        depth++;
      } else if (c == '}') {
        depth--;
      }
    } while (depth > 0);
  }

  private void escape() {
    Position at = source.here();
    int c = source.next();
    switch (c) {
      case 'a' -> value.append('\u0007');
      case 'b' -> value.append('\b');
      case 'f' -> value.append('\f');
      case 'n' -> value.append('\n');
      case 'r' -> value.append('\r');
      case 't' -> value.append('\t');
      case 'v' -> value.append('\u000b');
      case '\\', '"' -> value.append((char) c);
      case 'x' -> value.append((char) digits(at, 0, 16, 2));
      case 'u' -> value.appendCodePoint(character(at, digits(at, 0, 16, 4)));
      case 'U' -> value.appendCodePoint(character(at, digits(at, 0, 16, 8)));
      case '0', '1', '2', '3' -> value.append((char) digits(at, c - '0', 8, 2));
      default -> throw new HclException(at, "illegal char escape");
    }
  }

  private long digits(Position at, long start, int base, int count) {
    long number = start;
    for (int i = 0; i < count; i++) {
      int digit = source.peek() < 0x80 ? Character.digit(source.peek(), base) : -1;
      if (digit < 0) {
        throw new HclException(at, "illegal char escape");
      }
      source.next();
      number = number * base + digit;
    }
    return number;
  }

  private static int character(Position at, long number) {
    if (number > Character.MAX_CODE_POINT
        || (number >= Character.MIN_SURROGATE && number <= Character.MAX_SURROGATE)) {
      throw new HclException(at, "illegal char escape");
    }
    return (int) number;
  }
}
