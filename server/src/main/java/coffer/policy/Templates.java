package coffer.policy;

/// The `{{…}}` in the path of a rule, which stand for something of the caller's identity.
final class Templates {
  private Templates() {}

  /// Whether there are any; refuses braces that don't pair up.
  static boolean used(String path) {
    boolean used = false;
    int from = 0;
    while (true) {
      int open = path.indexOf("{{", from);
      int close = path.indexOf("}}", from);
      if (open < 0 && close < 0) {
        return used;
      }
      int next = open < 0 ? -1 : path.indexOf("{{", open + 2);
      if (open < 0 || close < open || (next >= 0 && next < close)) {
        throw new IllegalArgumentException(
            "failed to validate policy templating: unbalanced templating characters");
      }
      used = true;
      from = close + 2;
    }
  }
}
