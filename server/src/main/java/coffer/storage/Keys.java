package coffer.storage;

import coffer.engine.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

/// The order of keys, and what is greater than any. A key is well-formed text of whatever
/// characters; the empty one is a key too.
public final class Keys {
  /// What, after a shared beginning, is greater than whatever follows that in a key; itself it
  /// can't be in one, because half a surrogate pair is no text.
  public static final String LAST = "\udfff";

  /// No byte of UTF-8 is as great.
  private static final byte LAST_BYTE = (byte) 0xff;

  private Keys() {}

  /// Compares as the bytes of UTF-8 do: by code points, so surrogates come after everything else.
  public static int compare(String one, String other) {
    int shared = Math.min(one.length(), other.length());
    for (int i = 0; i < shared; i++) {
      char a = one.charAt(i);
      char b = other.charAt(i);
      if (a != b) {
        boolean aHigh = Character.isSurrogate(a);
        return aHigh == Character.isSurrogate(b) ? Character.compare(a, b) : aHigh ? 1 : -1;
      }
    }
    return Integer.compare(one.length(), other.length());
  }

  /// A quicker [#compare] of this key with others, where there is one: below the surrogates the
  /// order of chars is that of code points, and that the virtual machine compares by vectors.
  static Comparator<String> orderOf(String key) {
    for (int i = 0; i < key.length(); i++) {
      if (key.charAt(i) >= Character.MIN_SURROGATE) {
        return Keys::compare;
      }
    }
    return String::compareTo;
  }

  /// The key, if it is one; a [Refusal] if it isn't well-formed.
  static String checked(String key) {
    for (int i = 0; i < key.length(); i++) {
      if (Character.isSurrogate(key.charAt(i))) {
        if (!Character.isSurrogatePair(
            key.charAt(i), i + 1 < key.length() ? key.charAt(i + 1) : 'x')) {
          throw Refusal.bad("path has half a surrogate pair");
        }
        i++;
      }
    }
    return key;
  }

  /// The bytes of a key; a [Refusal] if it isn't well-formed.
  static byte[] bytes(String key) {
    return checked(key).getBytes(StandardCharsets.UTF_8);
  }

  static String text(byte[] key) {
    return new String(key, StandardCharsets.UTF_8);
  }

  /// What is greater than all keys with a prefix, and than nothing else.
  static byte[] end(byte[] prefix) {
    byte[] end = Arrays.copyOf(prefix, prefix.length + 1);
    end[prefix.length] = LAST_BYTE;
    return end;
  }

  /// As [#checked], for what may end in [#LAST].
  static String checkedBound(String key) {
    checked(withoutLast(key));
    return key;
  }

  /// The bytes that compare as does a key that may end in [#LAST].
  static byte[] bound(String key) {
    String text = withoutLast(key);
    return text.length() == key.length() ? bytes(text) : end(bytes(text));
  }

  private static String withoutLast(String key) {
    int end = key.length() - LAST.length();
    boolean last =
        key.endsWith(LAST) && (end == 0 || !Character.isHighSurrogate(key.charAt(end - 1)));
    return last ? key.substring(0, end) : key;
  }
}
