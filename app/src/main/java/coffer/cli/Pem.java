package coffer.cli;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// The key in a PEM text, in PKCS #8 whatever form the text has (RFC 5208, 8017, 5915).
final class Pem {
  private static final byte[] RSA = {
    0x30, 0x0d, 0x06, 0x09, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 1, 1, 1, 5, 0
  };

  static byte[] key(String pem) throws GeneralSecurityException {
    byte[] pkcs8 = block(pem, "PRIVATE KEY");
    if (pkcs8 != null) {
      return pkcs8;
    }
    byte[] rsa = block(pem, "RSA PRIVATE KEY");
    if (rsa != null) {
      return wrap(RSA, rsa);
    }
    byte[] ec = block(pem, "EC PRIVATE KEY");
    if (ec != null) {
      return wrap(curve(ec), ec);
    }
    throw new GeneralSecurityException("tls: failed to find any PEM data in key input");
  }

  private static byte @Nullable [] block(String pem, String type) {
    String head = "-----BEGIN " + type + "-----";
    int start = pem.indexOf(head);
    int end = pem.indexOf("-----END " + type + "-----");
    if (start < 0 || end < start) {
      return null;
    }
    return Base64.getMimeDecoder().decode(pem.substring(start + head.length(), end));
  }

  /// SEQUENCE { version 0, algorithm, OCTET STRING of the key }
  private static byte[] wrap(byte[] algorithm, byte[] key) {
    byte[] version = {2, 1, 0};
    return sequence(0x30, version, algorithm, sequence(4, key));
  }

  /// The algorithm of an EC key: its curve stands in the key under the tag 0xa0.
  private static byte[] curve(byte[] key) throws GeneralSecurityException {
    byte[] ec = {6, 7, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 2, 1};
    for (int i = 0; i + 3 < key.length; i++) {
      int length = key[i + 1];
      if (key[i] == (byte) 0xa0 && key[i + 2] == 6 && key[i + 3] == length - 2) {
        return sequence(0x30, ec, Arrays.copyOfRange(key, i + 2, i + 2 + length));
      }
    }
    throw new GeneralSecurityException("tls: failed to parse private key: no curve");
  }

  private static byte[] sequence(int tag, byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    byte[] head = {(byte) tag, (byte) 0x82, (byte) (length >> 8), (byte) length};
    byte[] whole = Arrays.copyOf(head, head.length + length);
    int at = head.length;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, whole, at, part.length);
      at += part.length;
    }
    return whole;
  }
}
