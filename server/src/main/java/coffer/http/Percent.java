package coffer.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Percent-encoding of URLs. Stateless.
final class Percent {
  private static final String UNSAFE = "\"<>\\^`{|} ";

  private Percent() {}

  /// A path's characters; null where the percent signs are wrong or give no UTF-8.
  static @Nullable String decodePath(String text) {
    byte[] bytes = bytes(text, false);
    if (bytes == null) {
      return null;
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  /// A name or value of a query or form, where `+` is a space and what is no UTF-8 is replaced;
  /// null where the percent signs are wrong.
  static @Nullable String decodeField(String text) {
    if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
      return text;
    }
    byte[] bytes = bytes(text, true);
    return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
  }

  private static byte @Nullable [] bytes(String text, boolean plusIsSpace) {
    byte[] from = text.getBytes(StandardCharsets.UTF_8);
    byte[] to = new byte[from.length];
    int length = 0;
    for (int i = 0; i < from.length; i++) {
      byte b = from[i];
      if (b == '%') {
        int value = i + 2 < from.length ? hex(from[i + 1]) << 4 | hex(from[i + 2]) : -1;
        if (value < 0) {
          return null;
        }
        b = (byte) value;
        i += 2;
      } else if (b == '+' && plusIsSpace) {
        b = ' ';
      }
      to[length++] = b;
    }
    return java.util.Arrays.copyOf(to, length);
  }

  private static int hex(byte digit) {
    return Character.digit(digit, 16);
  }

  /// Encodes what may not stand in a header or in HTML, and leaves alone what is encoded already.
  static String encodeUnsafe(String path) {
    var out = new StringBuilder(path.length() + 16);
    for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
      if (b <= ' ' || b == 0x7f || UNSAFE.indexOf(b) >= 0) {
        out.append('%').append(String.format(Locale.ROOT, "%02X", b));
      } else {
        out.append((char) b);
      }
    }
    return out.toString();
  }
}
