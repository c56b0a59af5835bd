package coffer.audit;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.SecretKeySpec;

/// HMAC-SHA256 by the salt of a device: what stands for a text in its lines. Used by one thread.
final class Hmac {
  private static final String ALGORITHM = "HmacSHA256";

  /// What a hash begins with, so that nobody takes it for the value.
  static final String PREFIX = "hmac-sha256:";

  /// How long a hash is in a line, with its quotes.
  static final int WRITTEN = PREFIX.length() + 2 * 32 + 2;

  private static final byte[] PREFIX_BYTES = LineBuffer.ascii(PREFIX);

  /// Longer texts are encoded apart.
  private static final int SHORT = 512;

  private final Mac mac;
  private final byte[] input = new byte[SHORT];
  private final byte[] output = new byte[32];

  Hmac(String salt) {
    try {
      mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(salt.getBytes(StandardCharsets.UTF_8), ALGORITHM));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Writes what stands for a text as a JSON string.
  void write(String text, LineBuffer into) {
    hash(text);
    write(output, into);
  }

  /// Writes what stands for bytes that are no text.
  void writeBody(byte[] body, LineBuffer into) {
    mac.update(body);
    finish();
    write(output, into);
  }

  /// What stands for a text, to be written more than once.
  byte[] bytes(String text) {
    hash(text);
    return output.clone();
  }

  /// Writes what [#bytes(String)] gave.
  static void write(byte[] hash, LineBuffer into) {
    into.hex(PREFIX_BYTES, hash);
  }

  /// What stands for a text, as it is spelled in lines.
  String spelled(String text) {
    hash(text);
    return PREFIX + HexFormat.of().formatHex(output);
  }

  private void hash(String text) {
    int length = text.length();
    if (length > SHORT || !isAscii(text, length)) {
      mac.update(text.getBytes(StandardCharsets.UTF_8));
    } else {
      mac.update(input, 0, length);
    }
    finish();
  }

  /// Copies the text as long as it is ASCII; whether all of it is.
  private boolean isAscii(String text, int length) {
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        return false;
      }
      input[i] = (byte) c;
    }
    return true;
  }

  private void finish() {
    try {
      mac.doFinal(output, 0);
    } catch (ShortBufferException e) {
      throw new IllegalStateException(e);
    }
  }
}
