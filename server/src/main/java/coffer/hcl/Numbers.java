package coffer.hcl;

import coffer.engine.Durations;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;

/// Numbers: `12`, `-3`, `0x1F`, `0755`, `1.5`, `.5`, `2e-3`.
final class Numbers {
  private static final int MAX_DIGITS = 1_000;

  private Numbers() {}

  /// Skips over a number.
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

  /// The value as JSON has it: Long, BigInteger or BigDecimal.
  static Object plain(Position at, String spelling) {
    if (spelling.length() > MAX_DIGITS) {
      throw new HclException(at, "number with more than " + MAX_DIGITS + " digits");
    }
    try {
      BigInteger whole = whole(spelling);
      return whole.bitLength() < Long.SIZE ? (Object) whole.longValue() : whole;
    } catch (NumberFormatException e) {
      return fraction(at, spelling);
    }
  }

  private static BigDecimal fraction(Position at, String spelling) {
    try {
      return new BigDecimal(spelling);
    } catch (NumberFormatException e) {
      throw new HclException(at, "illegal number");
    }
  }

  /// A whole number of at most 64 bits.
  static long whole(Position at, String spelling) {
    try {
      if (spelling.length() > MAX_DIGITS) {
        throw new NumberFormatException();
      }
      return whole(spelling).longValueExact();
    } catch (ArithmeticException | NumberFormatException e) {
      throw new HclException(at, "not a whole number");
    }
  }

  private static BigInteger whole(String text) {
    boolean negative = text.startsWith("-");
    String digits = negative ? text.substring(1) : text;
    if (digits.startsWith("-") || digits.startsWith("+")) {
      throw new NumberFormatException();
    }
    BigInteger value =
        digits.startsWith("0x") || digits.startsWith("0X")
            ? new BigInteger(digits.substring(2), 16)
            : new BigInteger(digits, digits.length() > 1 && digits.startsWith("0") ? 8 : 10);
    return negative ? value.negate() : value;
  }

  /// A duration out of a text or a number of seconds.
  static Duration duration(Position at, Object value) {
    try {
      return Durations.parse(value);
    } catch (IllegalArgumentException e) {
      throw new HclException(at, String.valueOf(e.getMessage()));
    }
  }
}
