package coffer.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds what somebody may have meant to type.
final class Nearest {
  private Nearest() {}

  /// The name with the fewest changes to `word`, or null where all are too far.
  static @Nullable String of(String word, List<String> names) {
    String nearest = null;
    int least = Math.max(1, word.length() / 3) + 1;
    for (String name : names) {
      int distance = distance(word, name);
      if (distance < least) {
        least = distance;
        nearest = name;
      }
    }
    return nearest;
  }

  /// How many letters have to be put in, left out or replaced (Levenshtein).
  private static int distance(String a, String b) {
    int[] before = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      before[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] now = new int[b.length() + 1];
      now[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        now[j] = Math.min(Math.min(now[j - 1], before[j]) + 1, before[j - 1] + change);
      }
      before = now;
    }
    return before[b.length()];
  }
}
