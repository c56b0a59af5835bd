package coffer.audit;

import java.nio.ByteBuffer;
import java.util.Arrays;

/// JSON as bytes of UTF-8, written piece by piece into an array that is used again. A comma is put
/// where the piece before ends a value. Used by one thread.
final class LineBuffer {
  /// How long a line may be.
  private static final int MAX_LENGTH = 512 * 1024 * 1024;

  private static final byte[] HEX = ascii("0123456789abcdef");
  private static final byte[] TRUE = ascii("true");
  private static final byte[] FALSE = ascii("false");
  private static final byte[] NULL = ascii("null");

  private byte[] bytes = new byte[2_048];
  private int length;

  int length() {
    return length;
  }

  /// How much memory it holds.
  int capacity() {
    return bytes.length;
  }

  void clear() {
    length = 0;
  }

  /// What was written; valid until the next write.
  ByteBuffer text() {
    return ByteBuffer.wrap(bytes, 0, length);
  }

  void copyTo(byte[] target, int at) {
    System.arraycopy(bytes, 0, target, at, length);
  }

  static byte[] ascii(String text) {
    byte[] made = new byte[text.length()];
    for (int i = 0; i < made.length; i++) {
      made[i] = (byte) text.charAt(i);
    }
    return made;
  }

  /// Begins an object.
  void open() {
    comma();
    add('{');
  }

  void close() {
    add('}');
  }

  /// Begins a list.
  void openList() {
    comma();
    add('[');
  }

  void closeList() {
    add(']');
  }

  /// A name with its colon.
  void name(String name) {
    string(name);
    add(':');
  }

  /// A name that [#quoted(String)] made.
  void name(byte[] quoted) {
    piece(quoted);
  }

  /// A name in plain ASCII, in quotes and with its colon.
  static byte[] quoted(String name) {
    return ascii('"' + name + "\":");
  }

  void number(long value) {
    comma();
    digits(value);
  }

  private void digits(long value) {
    if (value >= 0 && value < 10) {
      add((char) ('0' + value));
      return;
    }
    String text = Long.toString(value);
    ensure(text.length());
    for (int i = 0; i < text.length(); i++) {
      bytes[length++] = (byte) text.charAt(i);
    }
  }

  /// A number as it is spelled.
  void number(String spelled) {
    comma();
    raw(ascii(spelled));
  }

  void bool(boolean value) {
    comma();
    raw(value ? TRUE : FALSE);
  }

  void nothing() {
    comma();
    raw(NULL);
  }

  void string(String text) {
    quote();
    plain(text);
    add('"');
  }

  /// Begins a string that is written piece by piece.
  void quote() {
    comma();
    add('"');
  }

  /// Bytes as a string of hexadecimal digits after a prefix.
  void hex(byte[] prefix, byte[] value) {
    comma();
    ensure(prefix.length + 2 * value.length + 2);
    bytes[length++] = '"';
    System.arraycopy(prefix, 0, bytes, length, prefix.length);
    length += prefix.length;
    for (byte one : value) {
      bytes[length++] = HEX[(one >> 4) & 0xf];
      bytes[length++] = HEX[one & 0xf];
    }
    bytes[length++] = '"';
  }

  /// Repeats a value that was written before.
  void again(int from, int count) {
    comma();
    ensure(count);
    System.arraycopy(bytes, from, bytes, length, count);
    length += count;
  }

  /// The escaped text without its quotes.
  void plain(String text) {
    int count = text.length();
    ensure(count);
    byte[] into = bytes;
    int at = length;
    for (int i = 0; i < count; i++) {
      char c = text.charAt(i);
      if (c < ' ' || c >= 0x7f || c == '"' || c == '\\') {
        length = at;
        escaped(text, i);
        return;
      }
      into[at++] = (byte) c;
    }
    length = at;
  }

  private void escaped(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      ensure(6);
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        astral(Character.toCodePoint(c, text.charAt(++i)));
      } else {
        one(Character.isSurrogate(c) ? '\ufffd' : c);
      }
    }
  }

  private void one(char c) {
    switch (c) {
      case '"', '\\' -> pair(c);
      case '\n' -> pair('n');
      case '\r' -> pair('r');
      case '\t' -> pair('t');
      default -> {
        if (c < ' ' || c == 0x7f || c == '\u2028' || c == '\u2029') {
          unicode(c);
        } else if (c < 0x80) {
          bytes[length++] = (byte) c;
        } else if (c < 0x800) {
          bytes[length++] = (byte) (0xc0 | (c >> 6));
          bytes[length++] = tail(c);
        } else {
          bytes[length++] = (byte) (0xe0 | (c >> 12));
          bytes[length++] = tail(c >> 6);
          bytes[length++] = tail(c);
        }
      }
    }
  }

  /// A further byte of a character: its lowest six bits.
  private static byte tail(int bits) {
    return (byte) (0x80 | (bits & 0x3f));
  }

  private void pair(char c) {
    bytes[length++] = '\\';
    bytes[length++] = (byte) c;
  }

  private void unicode(char c) {
    bytes[length++] = '\\';
    bytes[length++] = 'u';
    for (int shift = 12; shift >= 0; shift -= 4) {
      bytes[length++] = HEX[(c >> shift) & 0xf];
    }
  }

  private void astral(int point) {
    bytes[length++] = (byte) (0xf0 | (point >> 18));
    bytes[length++] = tail(point >> 12);
    bytes[length++] = tail(point >> 6);
    bytes[length++] = tail(point);
  }

  /// A name with its value, already in JSON.
  void piece(byte[] text) {
    comma();
    raw(text, 0, text.length);
  }

  /// Bytes as they are.
  void raw(byte[] text) {
    raw(text, 0, text.length);
  }

  void raw(byte[] text, int from, int count) {
    ensure(count);
    System.arraycopy(text, from, bytes, length, count);
    length += count;
  }

  /// One ASCII character as it is.
  void add(char c) {
    ensure(1);
    bytes[length++] = (byte) c;
  }

  private void comma() {
    if (length == 0) {
      return;
    }
    switch (bytes[length - 1]) {
      case '}', ']', '"', 'e', 'l' -> add(',');
      case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> add(',');
      default -> {}
    }
  }

  private void ensure(int more) {
    if (bytes.length - length < more) {
      long needed = (long) length + more;
      if (needed > MAX_LENGTH) {
        throw new IllegalStateException("an audit line is longer than " + MAX_LENGTH + " bytes");
      }
      bytes = Arrays.copyOf(bytes, (int) Math.min(MAX_LENGTH, Math.max(needed, 2L * bytes.length)));
    }
  }
}
