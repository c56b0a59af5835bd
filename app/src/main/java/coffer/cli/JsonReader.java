package coffer.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Reads one JSON text (RFC 8259) into maps sorted by key, lists, texts, [Numeral]s, booleans and
/// nulls.
///
/// What can't be read is an [IllegalArgumentException] whose message is fit to be shown.
final class JsonReader {
  private static final int MAX_DEPTH = 512;

  private final String text;
  private int at;
  private int depth;

  private JsonReader(String text) {
    this.text = text;
  }

  /// Reads a whole text: one value, and nothing after it but white space.
  static @Nullable Object read(String text) {
    JsonReader reader = new JsonReader(text);
    Object value = reader.value();
    reader.space();
    if (reader.at < text.length()) {
      throw reader.unexpected("after top-level value");
    }
    return value;
  }

  /// Reads a text that has to be an object.
  static Map<String, @Nullable Object> readObject(String text) {
    Map<String, @Nullable Object> object = Tree.object(read(text));
    if (object == null) {
      throw new IllegalArgumentException("json: cannot read anything but an object here");
    }
    return object;
  }

  private @Nullable Object value() {
    space();
    char c = at < text.length() ? text.charAt(at) : 0;
    return switch (c) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", null);
      default -> number();
    };
  }

  private Map<String, @Nullable Object> object() {
    Map<String, @Nullable Object> object = new TreeMap<>();
    enter();
    if (skip('}')) {
      return leave(object);
    }
    do {
      space();
      if (at >= text.length() || text.charAt(at) != '"') {
        throw unexpected("looking for beginning of object key string");
      }
      String key = string();
      expect(':', "after object key");
      object.put(key, value());
    } while (skip(','));
    expect('}', "after object key:value pair");
    return leave(object);
  }

  private List<@Nullable Object> array() {
    List<@Nullable Object> array = new ArrayList<>();
    enter();
    if (skip(']')) {
      return leave(array);
    }
    do {
      array.add(value());
    } while (skip(','));
    expect(']', "after array element");
    return leave(array);
  }

  private void enter() {
    at++;
    if (++depth > MAX_DEPTH) {
      throw new IllegalArgumentException("exceeded max depth");
    }
  }

  private <T> T leave(T made) {
    depth--;
    return made;
  }

  private String string() {
    int start = ++at;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '"') {
        return text.substring(start, at++);
      }
      if (c == '\\' || c < ' ') {
        return escaped(start);
      }
      at++;
    }
    throw unexpected("");
  }

  private String escaped(int start) {
    StringBuilder out = new StringBuilder(text.length() - start > 64 ? 64 : 16);
    out.append(text, start, at);
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c < ' ') {
        throw unexpected("in string literal");
      }
      at++;
      if (c == '"') {
        return out.toString();
      }
      out.append(c == '\\' ? escape() : c);
    }
    throw unexpected("");
  }

  private char escape() {
    if (at >= text.length()) {
      throw unexpected("");
    }
    char c = text.charAt(at++);
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode();
      default -> {
        at--;
        throw unexpected("in string escape code");
      }
    };
  }

  private char unicode() {
    int code = 0;
    for (int i = 0; i < 4; i++) {
      int digit = at < text.length() ? Character.digit(text.charAt(at), 16) : -1;
      if (digit < 0) {
        throw unexpected("in \\u hexadecimal character escape");
      }
      code = code * 16 + digit;
      at++;
    }
    return (char) code;
  }

  private Numeral number() {
    int start = at;
    skipOne('-');
    if (!skipOne('0')) {
      digits(at == start ? "looking for beginning of value" : "in numeric literal");
    }
    if (skipOne('.')) {
      digits("after decimal point in numeric literal");
    }
    if (skipOne('e') || skipOne('E')) {
      if (!skipOne('+')) {
        skipOne('-');
      }
      digits("in exponent of numeric literal");
    }
    return new Numeral(text.substring(start, at));
  }

  private void digits(String where) {
    int start = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    if (at == start) {
      throw unexpected(where);
    }
  }

  private @Nullable Object word(String word, @Nullable Object value) {
    if (!text.startsWith(word, at)) {
      throw unexpected("in literal " + word);
    }
    at += word.length();
    return value;
  }

  private boolean skip(char c) {
    space();
    return skipOne(c);
  }

  private boolean skipOne(char c) {
    if (at < text.length() && text.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  private void expect(char c, String where) {
    if (!skip(c)) {
      throw unexpected(where);
    }
  }

  private void space() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
        return;
      }
      at++;
    }
  }

  private IllegalArgumentException unexpected(String where) {
    return new IllegalArgumentException(
        at >= text.length()
            ? "unexpected end of JSON input"
            : "invalid character '" + text.charAt(at) + "' " + where);
  }
}
