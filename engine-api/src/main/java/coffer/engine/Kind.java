package coffer.engine;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The type of a parameter: how a JSON value, a query string or a `key=value` of a command line is
/// read as a Java value. Reading is as lenient as the peers': numbers and booleans may come as
/// strings, lists as comma-separated strings, durations as seconds or as `1h30m`.
public final class Kind<T> {
  /// Turns a JSON value into a T or throws an IllegalArgumentException that says what was expected.
  @FunctionalInterface
  interface Reader<T> {
    T read(Object value);
  }

  public static final Kind<String> STRING = new Kind<>("string", Kind::string);
  public static final Kind<Long> INTEGER = new Kind<>("integer", Kind::integer);
  public static final Kind<BigDecimal> NUMBER = new Kind<>("number", Kind::number);
  public static final Kind<Boolean> BOOLEAN = new Kind<>("boolean", Kind::bool);

  /// Seconds as a number, or a string such as `90`, `1h30m`, `7d`.
  public static final Kind<Duration> DURATION = new Kind<>("duration", Durations::parse);

  /// A duration of whole seconds that isn't negative: anything below a second is cut off.
  public static final Kind<Duration> TTL = new Kind<>("duration", Kind::ttl);

  /// RFC 3339 or seconds since 1970.
  public static final Kind<Instant> TIME = new Kind<>("time", Kind::time);

  /// A list of strings, or one string with commas.
  public static final Kind<List<String>> STRINGS = new Kind<>("strings", Kind::strings);

  /// A list of strings, or one string, whatever is in it.
  public static final Kind<List<String>> TEXTS = new Kind<>("strings", Kind::texts);

  /// A list of integers, or one string with commas.
  public static final Kind<List<Long>> INTEGERS = new Kind<>("integers", Kind::integers);

  public static final Kind<Map<String, Object>> MAP = new Kind<>("object", Kind::map);

  /// An object of strings, or a list of `key=value`, or one string of these with commas.
  public static final Kind<Map<String, String>> PAIRS = new Kind<>("pairs", Kind::pairs);

  public static final Kind<List<Object>> LIST = new Kind<>("array", Kind::list);
  public static final Kind<Object> ANY = new Kind<>("any", value -> value);

  /// What is said before what is wrong with the items of a list.
  private static final String SEVERAL = "decoding failed due to the following error(s):\n\n";

  /// What a refusal begins with when a field's value can't be read; see [Route#creating].
  static final String FAILED = "Field validation failed: ";

  /// Stands for the field's name in what a reader says.
  private static final String FIELD = "{field}";

  private final String name;
  private final Reader<T> reader;

  private Kind(String name, Reader<T> reader) {
    this.name = name;
    this.reader = reader;
  }

  /// The name in help and in the OpenAPI document.
  public String name() {
    return name;
  }

  /// Reads the value of a field; a value of the wrong type is refused by the field's name only, so
  /// that no secret gets into an error.
  public T read(String field, Object value) {
    try {
      return reader.read(value);
    } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
      throw Refusal.bad(
          FAILED
              + "error converting input for field \""
              + field
              + "\": "
              + String.valueOf(e.getMessage()).replace(FIELD, field));
    }
  }

  private static String string(Object value) {
    return switch (value) {
      case String text -> text;
      case Boolean flag -> flag ? "1" : "0";
      case BigDecimal number -> number.toPlainString();
      case Number number -> number.toString();
      default -> throw wrong("string", value);
    };
  }

  private static Long integer(Object value) {
    return switch (value) {
      case Long number -> number;
      case Boolean flag -> flag ? 1L : 0L;
      case String text when text.isEmpty() -> 0L;
      case String text -> decode(text.strip());
      case Number number -> decode(number.toString());
      default -> throw wrong("int", value);
    };
  }

  private static Long decode(String text) {
    try {
      return Long.decode(text);
    } catch (NumberFormatException e) {
      boolean digits = text.matches("[-+]?[0-9]+");
      throw unparsed("int", "Int", digits ? "value out of range" : "invalid syntax");
    }
  }

  private static BigDecimal number(Object value) {
    return switch (value) {
      case Long number -> BigDecimal.valueOf(number);
      case BigInteger number -> new BigDecimal(number);
      case BigDecimal number -> number;
      case String text -> new BigDecimal(text.strip());
      default -> throw wrong("number", value);
    };
  }

  private static Boolean bool(Object value) {
    return switch (value) {
      case Boolean flag -> flag;
      case Number number -> number.doubleValue() != 0;
      case String text ->
          switch (text) {
            case "1", "t", "T", "true", "TRUE", "True" -> true;
            case "", "0", "f", "F", "false", "FALSE", "False" -> false;
            default -> throw unparsed("bool", "Bool", "invalid syntax");
          };
      default -> throw wrong("bool", value);
    };
  }

  private static Duration ttl(Object value) {
    Duration ttl = Durations.parse(value);
    if (ttl.isNegative()) {
      throw new IllegalArgumentException("cannot provide negative value '" + ttl.toSeconds() + "'");
    }
    return Duration.ofSeconds(ttl.toSeconds());
  }

  private static Instant time(Object value) {
    return switch (value) {
      case Long seconds -> Instant.ofEpochSecond(seconds);
      case String text when text.matches("-?\\d+") -> Instant.ofEpochSecond(Long.parseLong(text));
      case String text -> OffsetDateTime.parse(text).toInstant();
      default -> throw wrong("time", value);
    };
  }

  private static List<String> strings(Object value) {
    return switch (value) {
      case String text when text.isBlank() -> List.of();
      case String text -> trimmed(List.of(text.split(",", -1)));
      case List<?> items -> trimmed(items);
      default -> trimmed(List.of(value));
    };
  }

  private static List<String> trimmed(List<?> items) {
    return each(items, item -> string(item).strip());
  }

  private static List<String> texts(Object value) {
    return each(value instanceof List<?> items ? items : List.of(value), Kind::string);
  }

  /// Reads the items of a list, of which a wrong one is told by its place.
  private static <T> List<T> each(List<?> items, Reader<T> reader) {
    var found = new ArrayList<T>(items.size());
    for (Object item : items) {
      try {
        found.add(reader.read(present(item)));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(SEVERAL + at(found.size(), e).getMessage(), e);
      }
    }
    return List.copyOf(found);
  }

  private static List<Long> integers(Object value) {
    List<?> items =
        switch (value) {
          case String text when text.isBlank() -> List.of();
          case String text -> List.of(text.split(",", -1));
          case List<?> list -> list;
          default -> List.of(value);
        };
    return each(items, Kind::integer);
  }

  /// A list of objects is read as one object, as the peers do; of a key that comes twice the last
  /// counts.
  private static Map<String, Object> map(Object value) {
    var found = new LinkedHashMap<String, Object>();
    switch (value) {
      case Map<?, ?> given -> given.forEach((key, item) -> found.put((String) key, item));
      case List<?> items -> {
        for (int i = 0; i < items.size(); i++) {
          merge(items.get(i), i, found);
        }
      }
      default -> throw wrong("map[string]interface {}", value);
    }
    return found;
  }

  private static void merge(@Nullable Object item, int index, Map<String, Object> into) {
    if (item != null) {
      try {
        into.putAll(map(item));
      } catch (IllegalArgumentException e) {
        throw at(index, e);
      }
    }
  }

  private static Map<String, String> pairs(Object value) {
    var found = new LinkedHashMap<String, String>();
    switch (value) {
      case Map<?, ?> given -> pairs(given, found);
      case List<?> items -> pairs(items, found);
      case String text when text.isBlank() -> {}
      case String text -> pairs(List.of(text.split(",", -1)), found);
      default -> pairs(List.of(value), found);
    }
    return found;
  }

  /// The peers take an object that they can't read for a list of one.
  private static void pairs(Map<?, ?> given, Map<String, String> into) {
    try {
      given.forEach((key, value) -> into.put((String) key, value == null ? "" : string(value)));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "decoding failed due to the following error(s):\n\n"
              + at(0, wrong("string", given)).getMessage(),
          e);
    }
  }

  private static void pairs(List<?> items, Map<String, String> into) {
    for (int i = 0; i < items.size(); i++) {
      if (items.get(i) instanceof Map<?, ?> object) {
        pairs(object, into);
        continue;
      }
      String text = string(present(items.get(i)));
      int equals = text.indexOf('=');
      if (equals < 0) {
        throw new IllegalArgumentException(
            "invalid key pair at index " + i + " in field \"" + FIELD + '"');
      }
      into.put(text.substring(0, equals).strip(), text.substring(equals + 1).strip());
    }
  }

  private static List<Object> list(Object value) {
    return value instanceof List<?> items ? new ArrayList<>(items) : List.of(value);
  }

  private static Object present(@Nullable Object value) {
    if (value == null) {
      throw new IllegalArgumentException("null is not allowed here");
    }
    return value;
  }

  /// In the words of the peers, whose types are those of Go.
  private static IllegalArgumentException wrong(String expected, Object value) {
    String got =
        switch (value) {
          case Map<?, ?> map -> "map[string]interface {}";
          case List<?> list -> "[]interface {}";
          case Boolean flag -> "bool";
          case Number number -> "json.Number";
          default -> "string";
        };
    return new IllegalArgumentException(
        "'' expected type '" + expected + "', got unconvertible type '" + got + "'");
  }

  /// The same error, about one item of a list.
  private static IllegalArgumentException at(int index, IllegalArgumentException e) {
    String message = String.valueOf(e.getMessage());
    return new IllegalArgumentException(message.replaceFirst("^''", "'[" + index + "]'"));
  }

  private static IllegalArgumentException unparsed(String expected, String parser, String why) {
    return new IllegalArgumentException(
        "'' cannot parse value as '" + expected + "': strconv.Parse" + parser + ": " + why);
  }
}
