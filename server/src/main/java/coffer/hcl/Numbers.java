package coffer.hcl;

/// Skips over a number: `12`, `-3`, `0x1F`, `0755`, `1.5`, `.5`, `2e-3`.
final class Numbers {
  private Numbers() {}

  static TokenType skip(Source source) {
    if (source.peek() == '-') {
      source.next();
    }
    char second = source.peekSecond();
    if (source.peek() == '0' && (second == 'x' || second == 'X')) {
      source.next();
      source.next();
      if (skipHex(source) == 0) {
        throw new HclException(source.here(), "illegal hexadecimal number");
      }
      return TokenType.NUMBER;
    }
    skipDigits(source);
    boolean fraction = source.peek() == '.';
    if (fraction) {
      source.next();
      skipDigits(source);
    }
    return skipExponent(source) || fraction ? TokenType.FLOAT : TokenType.NUMBER;
  }

  private static boolean skipExponent(Source source) {
    if (source.peek() != 'e' && source.peek() != 'E') {
      return false;
    }
    source.next();
    if (source.peek() == '-' || source.peek() == '+') {
      source.next();
    }
    if (skipDigits(source) == 0) {
      throw new HclException(source.here(), "illegal exponent");
    }
    return true;
  }

  private static int skipDigits(Source source) {
    int count = 0;
    while (Source.isDecimal(source.peek())) {
      source.next();
      count++;
    }
    return count;
  }

  private static int skipHex(Source source) {
    int count = 0;
    while (source.peek() < 0x80 && Character.digit(source.peek(), 16) >= 0) {
      source.next();
      count++;
    }
    return count;
  }
}
