package coffer.auth.userpass;

import java.util.Base64;

/// The base64 of bcrypt: the usual one with its alphabet in another order, and without padding.
final class Radix64 {
  private static final String USUAL =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  private static final String OURS =
      "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  private Radix64() {}

  static String encode(byte[] bytes) {
    return translate(Base64.getEncoder().withoutPadding().encodeToString(bytes), USUAL, OURS);
  }

  /// Every text of the alphabet but one whose length no bytes have; bits that are left over at the
  /// end don't count.
  static byte[] decode(String text) {
    return Base64.getDecoder().decode(translate(text, OURS, USUAL));
  }

  private static String translate(String text, String from, String to) {
    var out = new StringBuilder(text.length());
    text.chars().forEach(c -> out.append(to.charAt(from.indexOf(c))));
    return out.toString();
  }
}
