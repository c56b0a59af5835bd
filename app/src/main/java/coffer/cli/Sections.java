package coffer.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Tables with a heading over each, for answers in several parts.
final class Sections {
  private Sections() {}

  static void path(Console console, String path, String title) {
    console.line(heading(title, path.length()));
    console.line(path);
    console.line("");
  }

  static void table(Invocation call, Map<String, @Nullable Object> map, String title) {
    heading(call.console(), map, title);
    call.output().data(map);
  }

  /// A heading as wide as the table of the map below it.
  static void heading(Console console, Map<String, @Nullable Object> map, String title) {
    int widest = 0;
    for (String key : map.keySet()) {
      widest = Math.max(widest, key.length());
    }
    console.line(heading(title, widest + 4 + "Value".length()));
  }

  private static String heading(String title, int width) {
    int signs = width - (title.length() + 2);
    if (signs <= 0) {
      signs = 4;
    }
    String half = "=".repeat((signs + 1) / 2);
    return half + " " + title + " " + half;
  }
}
