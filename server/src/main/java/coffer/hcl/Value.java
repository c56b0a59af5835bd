package coffer.hcl;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What stands behind a key. The readers ([#text], [#flag], …) refuse a value of another kind with
/// an [HclException] that names the place.
public sealed interface Value {
  Position at();

  /// What it is, for an error: `a string`, `a list`, …
  String kind();

  /// The value as JSON has it: String, Long, BigInteger, BigDecimal, Boolean, List, Map or null.
  @Nullable Object plain();

  /// A string, or a number as it was written.
  default String text() {
    throw new HclException(at(), "expected a string, got " + kind());
  }

  /// `true` and `false`, also as strings, and `1` and `0`.
  default boolean flag() {
    throw new HclException(at(), "expected true or false, got " + kind());
  }

  /// A whole number, also as a string.
  default long integer() {
    throw new HclException(at(), "expected a whole number, got " + kind());
  }

  /// Seconds, or a string such as `1h30m`.
  default Duration duration() {
    throw new HclException(at(), "expected a duration, got " + kind());
  }

  /// The values of a list.
  default List<Value> list() {
    throw new HclException(at(), "expected a list, got " + kind());
  }

  /// The items of a block.
  default Body body() {
    throw new HclException(at(), "expected a block, got " + kind());
  }

  /// A string between quotes or a heredoc.
  ///
  /// @param spelling as it was written
  record Text(Position at, String value, String spelling, boolean heredoc) implements Value {
    @Override
    public String kind() {
      return "a string";
    }

    @Override
    public Object plain() {
      return value;
    }

    @Override
    public String text() {
      return value;
    }

    @Override
    public boolean flag() {
      return switch (value) {
        case "1", "t", "T", "true", "TRUE", "True" -> true;
        case "", "0", "f", "F", "false", "FALSE", "False" -> false;
        default -> Value.super.flag();
      };
    }

    @Override
    public long integer() {
      return Numbers.whole(at, value.strip());
    }

    @Override
    public Duration duration() {
      return Numbers.duration(at, value);
    }

    /// Not the value, which may be a secret.
    @Override
    public String toString() {
      return "Text[" + at + "]";
    }
  }

  /// A number: decimal, `0x1F`, octal `0755`, or with a fraction or an exponent.
  record Numeral(Position at, String spelling) implements Value {
    @Override
    public String kind() {
      return "a number";
    }

    @Override
    public Object plain() {
      return Numbers.plain(at, spelling);
    }

    @Override
    public String text() {
      return spelling;
    }

    @Override
    public boolean flag() {
      return integer() != 0;
    }

    @Override
    public long integer() {
      return Numbers.whole(at, spelling);
    }

    @Override
    public Duration duration() {
      Object number = plain();
      return Numbers.duration(at, number instanceof BigDecimal part ? part.doubleValue() : number);
    }
  }

  /// `true` or `false`.
  record Flag(Position at, boolean value) implements Value {
    @Override
    public String kind() {
      return "a boolean";
    }

    @Override
    public Object plain() {
      return value;
    }

    @Override
    public boolean flag() {
      return value;
    }
  }

  /// JSON's `null`.
  record Nothing(Position at) implements Value {
    @Override
    public String kind() {
      return "null";
    }

    @Override
    public @Nullable Object plain() {
      return null;
    }
  }

  /// A list between brackets.
  record Many(Position at, List<Value> values) implements Value {
    public Many {
      values = List.copyOf(values);
    }

    @Override
    public String kind() {
      return "a list";
    }

    @Override
    public Object plain() {
      var found = new ArrayList<@Nullable Object>(values.size());
      values.forEach(value -> found.add(value.plain()));
      return found;
    }

    @Override
    public List<Value> list() {
      return values;
    }
  }

  /// What stands between braces, and the whole of a text.
  ///
  /// @param end where the closing brace is
  record Body(Position at, List<Item> items, Position end) implements Value {
    public Body {
      items = List.copyOf(items);
    }

    @Override
    public String kind() {
      return "a block";
    }

    @Override
    public Object plain() {
      Map<String, @Nullable Object> found = new LinkedHashMap<>();
      for (Item item : items) {
        Map<String, @Nullable Object> into = found;
        for (Key label : item.keys().subList(0, item.keys().size() - 1)) {
          into = within(into, label.name());
        }
        into.put(item.keys().getLast().name(), item.value().plain());
      }
      return found;
    }

    @SuppressWarnings("unchecked") // only such maps are put in
    private static Map<String, @Nullable Object> within(
        Map<String, @Nullable Object> map, String name) {
      if (map.get(name) instanceof Map<?, ?> there) {
        return (Map<String, @Nullable Object>) there;
      }
      Map<String, @Nullable Object> made = new LinkedHashMap<>();
      map.put(name, made);
      return made;
    }

    @Override
    public Body body() {
      return this;
    }

    /// All values given to a key, in order; keys are compared exactly.
    public List<Value> values(String key) {
      return items.stream()
          .filter(item -> item.keys().size() == 1 && item.key().name().equals(key))
          .map(Item::value)
          .toList();
    }

    /// The value of a key; the last one where there are several.
    public Optional<Value> value(String key) {
      List<Value> values = values(key);
      return values.isEmpty() ? Optional.empty() : Optional.of(values.getLast());
    }

    /// All labelled blocks under a keyword, in HCL's form and in JSON's; `sort` says in an error
    /// what the label is, as in `path needs a name`.
    public List<Stanza> stanzas(String keyword, String sort) {
      var found = new ArrayList<Stanza>();
      for (Item item : items) {
        if (item.key().name().equals(keyword)) {
          Stanzas.collect(item, sort, found);
        }
      }
      return found;
    }
  }
}
