package coffer.http;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// Where a request goes, by the path of its URL. Paths are cleaned as the peers' are: what has
/// `//`, `.` or `..` in it is redirected to where it leads, and what hides those behind percent
/// signs is refused, so that a path means the same to a proxy, to a policy and to an engine.
sealed interface Target {
  String PREFIX = "/v1/";

  /// What Jetty puts in place of bytes that are no UTF-8.
  char UNREADABLE = '\uFFFD';

  /// A path of the API, decoded, without `/v1/`.
  record Api(String path) implements Target {}

  /// The same thing by its proper name.
  ///
  /// @param location a path, still encoded
  record Elsewhere(String location) implements Target {}

  /// Nothing is there.
  record Nowhere() implements Target {}

  /// Something that no path can have.
  ///
  /// @param error empty where the peers say nothing
  record Unfit(String error) implements Target {}

  Target NOWHERE = new Nowhere();

  /// @param raw the path as it was sent; null where there was none
  static Target of(@Nullable String raw) {
    if (raw == null) {
      return NOWHERE;
    }
    boolean api = raw.startsWith(PREFIX);
    if (api && isPlain(raw)) {
      return new Api(raw.substring(PREFIX.length()));
    }
    String decoded = raw.indexOf(UNREADABLE) < 0 ? Percent.decodePath(raw) : null;
    if (decoded == null || !decoded.codePoints().allMatch(Target::isPrintable)) {
      return new Unfit("");
    }
    if (!api) {
      return NOWHERE;
    }
    String clean = clean(raw);
    if (!clean.equals(raw)) {
      return new Elsewhere(Percent.encodeUnsafe(clean));
    }
    return hasDots(decoded)
        ? new Unfit("relative paths not supported")
        : new Api(decoded.substring(PREFIX.length()));
  }

  /// Whether there is nothing to decode, clean or check: so for nearly all.
  private static boolean isPlain(String raw) {
    char before = 0;
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      boolean dotOrSlash = c == '/' || c == '.';
      if (c == '%' || c <= ' ' || c > '~' || (dotOrSlash && before == '/')) {
        return false;
      }
      before = c;
    }
    return true;
  }

  /// What the peers print: no control characters, no spaces but the usual one, nothing invisible.
  private static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> c == ' ';
      default -> true;
    };
  }

  private static boolean hasDots(String path) {
    for (String segment : path.split("/", -1)) {
      if (segment.equals(".") || segment.equals("..")) {
        return true;
      }
    }
    return false;
  }

  /// The shortest path that leads to the same place; a `/` at the end stays.
  private static String clean(String raw) {
    Deque<String> segments = new ArrayDeque<>();
    for (String segment : raw.split("/", -1)) {
      switch (segment) {
        case "", "." -> {}
        case ".." -> segments.pollLast();
        default -> segments.addLast(segment);
      }
    }
    String path = "/" + String.join("/", segments);
    return raw.endsWith("/") && !segments.isEmpty() ? path + "/" : path;
  }
}
