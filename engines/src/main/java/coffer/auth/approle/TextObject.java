package coffer.auth.approle;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Reads a JSON object that has nothing but texts in it; null counts as an empty one.
final class TextObject {
  private static final String NULL = "null";
  private static final int HEXADECIMAL = 16;
  private static final int CODE_DIGITS = 4;

  /// Ends the reading of what is no such object. Never gets out of here.
  private static final class Wrong extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Wrong() {
      super(null, null, false, false);
    }
  }

  private final String text;
  private int at;

  private TextObject(String text) {
    this.text = text;
  }

  /// Empty for what is no such object.
  static Optional<Map<String, String>> parse(String text) {
    try {
      return Optional.of(new TextObject(text).object());
    } catch (Wrong e) {
      return Optional.empty();
    }
  }

  private Map<String, String> object() {
    var object = new LinkedHashMap<String, String>();
    expect('{');
    if (!takes('}')) {
      do {
        String name = string();
        expect(':');
        object.put(name, value());
      } while (takes(','));
      expect('}');
    }
    skip();
    if (at != text.length()) {
      throw new Wrong();
    }
    return object;
  }

  private String value() {
    skip();
    if (text.startsWith(NULL, at)) {
      at += NULL.length();
      return "";
    }
    return string();
  }

  private String string() {
    expect('"');
    var out = new StringBuilder();
    for (char c = next(); c != '"'; c = next()) {
      if (c < ' ') {
        throw new Wrong();
      }
      out.append(c == '\\' ? escaped() : c);
    }
    return out.toString();
  }

  private char escaped() {
    char c = next();
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> code();
      default -> throw new Wrong();
    };
  }

  private char code() {
    int code = 0;
    for (int i = 0; i < CODE_DIGITS; i++) {
      int digit = Character.digit(next(), HEXADECIMAL);
      if (digit < 0) {
        throw new Wrong();
      }
      code = code * HEXADECIMAL + digit;
    }
    return (char) code;
  }

  private char next() {
    if (at == text.length()) {
      throw new Wrong();
    }
    return text.charAt(at++);
  }

  private void expect(char c) {
    if (!takes(c)) {
      throw new Wrong();
    }
  }

  private boolean takes(char c) {
    skip();
    boolean found = at < text.length() && text.charAt(at) == c;
    at += found ? 1 : 0;
    return found;
  }

  private void skip() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }
}
