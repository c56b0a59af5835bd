package coffer.engine.testing;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// JSON for tables of tests, and values as they come back from a store that keeps JSON.
public final class Json {
  private final String text;
  private int at;

  private Json(String text) {
    this.text = text;
  }

  /// Reads an object as the server does: whole numbers as [Long] where they fit.
  @SuppressWarnings("unchecked") // the names in an object are strings
  public static Map<String, Object> object(String text) {
    var reader = new Json(text);
    Object value = reader.value();
    reader.skip();
    if (reader.at != text.length() || !(value instanceof Map)) {
      throw new IllegalArgumentException("not one JSON object: " + text);
    }
    return (Map<String, Object>) value;
  }

  /// The value as it reads after it was written; a copy that shares nothing with it.
  public static @Nullable Object stored(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case String text -> text;
      case Boolean flag -> flag;
      case Long number -> number;
      case Integer number -> number.longValue();
      case BigInteger number -> number;
      case BigDecimal number -> number;
      case Double number -> new BigDecimal(number.toString());
      case Duration duration -> duration.toSeconds();
      case Instant instant -> instant.toString();
      case Map<?, ?> map -> stored(map);
      case Iterable<?> items -> {
        var list = new ArrayList<@Nullable Object>();
        items.forEach(item -> list.add(stored(item)));
        yield list;
      }
      default -> throw new IllegalArgumentException("not JSON: " + value.getClass());
    };
  }

  /// The same for an object.
  @SuppressWarnings("NullAway") // a JSON object may hold nulls, which the engines' maps don't say
  public static Map<String, Object> stored(Map<?, ?> map) {
    var object = new LinkedHashMap<String, Object>();
    map.forEach((name, value) -> object.put((String) name, stored(value)));
    return object;
  }

  private @Nullable Object value() {
    skip();
    return switch (text.charAt(at)) {
      case '{' -> map();
      case '[' -> list();
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", null);
      default -> number();
    };
  }

  private Map<String, @Nullable Object> map() {
    var map = new LinkedHashMap<String, @Nullable Object>();
    at++;
    while (!taken('}')) {
      skip();
      String name = string();
      if (!taken(':')) {
        throw new IllegalArgumentException("no colon at " + at + ": " + text);
      }
      map.put(name, value());
      taken(',');
    }
    return map;
  }

  private List<@Nullable Object> list() {
    var list = new ArrayList<@Nullable Object>();
    at++;
    while (!taken(']')) {
      list.add(value());
      taken(',');
    }
    return list;
  }

  private String string() {
    var out = new StringBuilder();
    at++;
    while (text.charAt(at) != '"') {
      char c = text.charAt(at++);
      out.append(c == '\\' ? escaped() : c);
    }
    at++;
    return out.toString();
  }

  private char escaped() {
    char c = text.charAt(at++);
    return switch (c) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'u' -> {
        at += 4;
        yield (char) Integer.parseInt(text.substring(at - 4, at), 16);
      }
      default -> c;
    };
  }

  private Object number() {
    int start = at;
    while (at < text.length() && "+-.0123456789eE".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    String number = text.substring(start, at);
    if (number.matches("-?\\d{1,18}")) {
      return Long.valueOf(number);
    }
    return number.matches("-?\\d+") ? new BigInteger(number) : new BigDecimal(number);
  }

  private <T extends @Nullable Object> T word(String word, T value) {
    if (!text.startsWith(word, at)) {
      throw new IllegalArgumentException("not JSON at " + at + ": " + text);
    }
    at += word.length();
    return value;
  }

  private boolean taken(char c) {
    skip();
    if (text.charAt(at) != c) {
      return false;
    }
    at++;
    return true;
  }

  private void skip() {
    while (at < text.length() && text.charAt(at) <= ' ') {
      at++;
    }
  }
}
