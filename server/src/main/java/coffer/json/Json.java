package coffer.json;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/// Reads and writes JSON as Java's maps, lists, strings, booleans, nulls and numbers: [Long] where
/// one fits, else [BigInteger]; [BigDecimal] with a fraction or exponent. Objects keep their order;
/// of a key that comes twice the last counts. Stateless.
public final class Json {
  private static final int MAX_DEPTH = 300;
  private static final int MAX_NUMBER_LENGTH = 1_000;
  private static final int MAX_STRING_LENGTH = 64 * 1024 * 1024;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.USE_FAST_BIG_NUMBER_PARSER)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(MAX_NUMBER_LENGTH)
                  .maxStringLength(MAX_STRING_LENGTH)
                  .build())
          .build();

  private Json() {}

  /// Reads one object; anything else is a [JsonException].
  public static Map<String, Object> object(byte[] text) {
    return object(text, 0, text.length);
  }

  /// The same of a part of an array.
  public static Map<String, Object> object(byte[] text, int from, int length) {
    return object(text, from, length, JsonLimit.NONE);
  }

  /// The same within a limit.
  public static Map<String, Object> object(byte[] text, int from, int length, JsonLimit limit) {
    if (value(text, from, length, limit) instanceof Map<?, ?> map) {
      @SuppressWarnings("unchecked") // map() makes no other maps
      var object = (Map<String, Object>) map;
      return object;
    }
    throw new JsonException("expected a JSON object");
  }

  /// Reads one value of any kind.
  public static @Nullable Object value(byte[] text, int from, int length) {
    return value(text, from, length, JsonLimit.NONE);
  }

  /// The same within a limit.
  public static @Nullable Object value(byte[] text, int from, int length, JsonLimit limit) {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text, from, length)) {
      JsonToken first = parser.nextToken();
      if (first == null) {
        throw new JsonException("unexpected end of JSON input");
      }
      Object value = value(parser, first, new Tally(limit));
      if (parser.nextToken() != null) {
        throw new JsonException("unexpected text after the JSON value");
      }
      return value;
    } catch (StreamConstraintsException e) {
      throw new JsonException("the JSON is nested too deeply or has too long a number");
    } catch (JacksonException e) {
      var at = e.getLocation();
      throw new JsonException(
          at == null
              ? "invalid JSON"
              : "invalid JSON at line " + at.getLineNr() + ", column " + at.getColumnNr());
    }
  }

  private static @Nullable Object value(JsonParser parser, JsonToken token, Tally tally) {
    return switch (token) {
      case START_OBJECT -> map(parser, tally);
      case START_ARRAY -> list(parser, tally);
      case VALUE_STRING -> string(parser.getString(), tally);
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      case VALUE_NUMBER_INT -> integer(parser, tally);
      case VALUE_NUMBER_FLOAT -> decimal(parser, tally);
      case END_OBJECT, END_ARRAY, PROPERTY_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
          throw new JsonException("invalid JSON");
    };
  }

  private static String string(String text, Tally tally) {
    return tally.string(text);
  }

  private static Object integer(JsonParser parser, Tally tally) {
    tally.spend(Tally.NUMBER);
    return switch (parser.getNumberType()) {
      case INT, LONG -> parser.getLongValue();
      case BIG_INTEGER, FLOAT, DOUBLE, BIG_DECIMAL -> parser.getBigIntegerValue();
    };
  }

  /// A short text may stand for a number of a thousand million digits.
  private static BigDecimal decimal(JsonParser parser, Tally tally) {
    tally.spend(Tally.NUMBER);
    BigDecimal number = parser.getDecimalValue();
    if (Math.abs((long) number.scale()) > MAX_NUMBER_LENGTH) {
      throw new JsonException("a number in the JSON is out of range");
    }
    return number;
  }

  private static Map<String, @Nullable Object> map(JsonParser parser, Tally tally) {
    tally.spend(Tally.MAP);
    var map = new LinkedHashMap<String, @Nullable Object>();
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      map.put(string(name, tally), value(parser, parser.nextToken(), tally));
    }
    return map;
  }

  private static List<@Nullable Object> list(JsonParser parser, Tally tally) {
    tally.spend(Tally.LIST);
    var list = new ArrayList<@Nullable Object>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      list.add(value(parser, token, tally));
    }
    return list;
  }

  /// Writes a value; see [#write(JsonGenerator, Object)] for what it may be.
  public static byte[] bytes(@Nullable Object value) {
    var out = new ByteArrayOutputStream(512);
    try (JsonGenerator generator = generator(out)) {
      write(generator, value);
    }
    return out.toByteArray();
  }

  /// A generator of UTF-8 for what is written piece by piece.
  public static JsonGenerator generator(java.io.OutputStream out) {
    return FACTORY.createGenerator(ObjectWriteContext.empty(), out);
  }

  /// Writes a value: what reading gives, further numbers, durations as whole seconds, instants as
  /// RFC 3339, other iterables as lists.
  public static void write(JsonGenerator out, @Nullable Object value) {
    switch (value) {
      case null -> out.writeNull();
      case String text -> out.writeString(text);
      case Boolean flag -> out.writeBoolean(flag);
      case Long number -> out.writeNumber(number);
      case Integer number -> out.writeNumber(number);
      case BigInteger number -> out.writeNumber(number);
      case BigDecimal number -> out.writeNumber(number.toString());
      case Double number -> out.writeNumber(number);
      case Map<?, ?> map -> writeMap(out, map);
      case Iterable<?> items -> writeList(out, items);
      case Duration duration -> out.writeNumber(duration.toSeconds());
      case Instant instant -> out.writeString(instant.toString());
      default ->
          throw new IllegalArgumentException("can't be written as JSON: " + value.getClass());
    }
  }

  private static void writeMap(JsonGenerator out, Map<?, ?> map) {
    out.writeStartObject();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      out.writeName((String) entry.getKey());
      write(out, entry.getValue());
    }
    out.writeEndObject();
  }

  private static void writeList(JsonGenerator out, Iterable<?> items) {
    out.writeStartArray();
    for (Object item : items) {
      write(out, item);
    }
    out.writeEndArray();
  }
}
