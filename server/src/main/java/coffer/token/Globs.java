package coffer.token;

import java.util.List;

/// Patterns in which `*` stands for any text, also for none.
final class Globs {
  private Globs() {}

  static boolean anyMatches(List<String> globs, String text) {
    return globs.stream().anyMatch(glob -> matches(glob, text));
  }

  /// Takes each part as early as it can: that leaves the most for those behind it.
  static boolean matches(String glob, String text) {
    String[] parts = glob.split("\\*", -1);
    String first = parts[0];
    String last = parts[parts.length - 1];
    if (parts.length == 1) {
      return glob.equals(text);
    }
    if (text.length() < first.length() + last.length()
        || !text.startsWith(first)
        || !text.endsWith(last)) {
      return false;
    }
    int from = first.length();
    int end = text.length() - last.length();
    for (int i = 1; i < parts.length - 1; i++) {
      int found = text.indexOf(parts[i], from);
      if (found < 0 || found + parts[i].length() > end) {
        return false;
      }
      from = found + parts[i].length();
    }
    return true;
  }
}
