package coffer.storage;

/// The order of keys, and what is greater than any.
public final class Keys {
  /// A text that no key has after a shared beginning: U+10FFFF is no character.
  public static final String LAST = "\udbff\udfff";

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
}
