package coffer.cli;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/// Paths of the API: trimming, joining and writing them in a URL.
final class Paths {
  private static final String PLAIN = "-_.~$&+,/:;=@!'()*";
  private static final String PLAIN_IN_QUERY = "-_.~";
  private static final String HEX = "0123456789ABCDEF";

  private Paths() {}

  /// Without white space and slashes at both ends.
  static String trim(String path) {
    return trimEnd(trimStart(path));
  }

  static String trimStart(String path) {
    String text = path.strip();
    int start = 0;
    while (start < text.length() && text.charAt(start) == '/') {
      start++;
    }
    return text.substring(start);
  }

  static String trimEnd(String path) {
    String text = path.strip();
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == '/') {
      end--;
    }
    return text.substring(0, end);
  }

  /// With one slash at the end, unless it is empty.
  static String folder(String path) {
    String text = path.strip();
    return text.isEmpty() || text.endsWith("/") ? text : text + "/";
  }

  /// Joins with single slashes; empty parts are left out, and `.` and `..` are resolved.
  static String join(String... parts) {
    StringBuilder out = new StringBuilder();
    for (String part : parts) {
      if (!part.isEmpty()) {
        out.append(out.isEmpty() ? "" : "/").append(part);
      }
    }
    return out.isEmpty() ? "" : clean(out.toString());
  }

  /// The shortest path that means the same: no empty steps, no `.` and no `..` that can be
  /// resolved.
  static String clean(String path) {
    boolean rooted = path.startsWith("/");
    Deque<String> steps = new ArrayDeque<>();
    int start = 0;
    while (start <= path.length()) {
      int end = path.indexOf('/', start);
      end = end < 0 ? path.length() : end;
      step(steps, path.substring(start, end), rooted);
      start = end + 1;
    }
    String joined = String.join("/", steps);
    return rooted ? "/" + joined : joined.isEmpty() ? "." : joined;
  }

  private static void step(Deque<String> steps, String step, boolean rooted) {
    if (step.isEmpty() || step.equals(".")) {
      return;
    }
    if (!step.equals("..")) {
      steps.addLast(step);
    } else if (!steps.isEmpty() && !steps.getLast().equals("..")) {
      steps.removeLast();
    } else if (!rooted) {
      steps.addLast(step);
    }
  }

  /// A path as it stands in a URL.
  static String escape(String path) {
    return escape(path, PLAIN);
  }

  /// A key or value as it stands in a query.
  static String escapeQuery(String text) {
    return escape(text, PLAIN_IN_QUERY).replace("%20", "+");
  }

  private static String escape(String text, String plain) {
    StringBuilder out = new StringBuilder(text.length() + 8);
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (word || plain.indexOf(c) >= 0) {
        out.append(c);
      } else {
        out.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
      }
    }
    return out.toString();
  }
}
