package coffer.config;

import coffer.hcl.HclException;
import coffer.hcl.Item;
import coffer.hcl.Key;
import coffer.hcl.Stanza;
import coffer.hcl.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// One block of a configuration while it is read: hands out typed values by key, whatever the case
/// the key is written in, and knows in the end which keys nobody asked for. Used by one thread.
final class Section {
  private final Value.Body body;
  private final Set<String> known = new HashSet<>();
  private final List<Item> unknown;

  /// @param unknown where the keys that nobody asked for are gathered
  Section(Value.Body body, List<Item> unknown) {
    this.body = body;
    this.unknown = unknown;
  }

  private static String normal(String key) {
    return key.toLowerCase(Locale.ROOT);
  }

  /// Keys that are allowed though they change nothing here.
  void accept(String... keys) {
    known.addAll(Arrays.asList(keys));
  }

  /// To be called when everything has been asked for.
  void close() {
    body.items().stream()
        .filter(item -> !known.contains(normal(item.key().name())))
        .forEach(unknown::add);
  }

  private List<Item> items(String key) {
    known.add(key);
    return body.items().stream().filter(item -> normal(item.key().name()).equals(key)).toList();
  }

  private <T> Optional<T> read(String key, Function<Value, T> reader) {
    List<Item> items = items(key);
    if (items.isEmpty() || items.getLast().value() instanceof Value.Nothing) {
      return Optional.empty();
    }
    Item item = items.getLast();
    if (item.keys().size() > 1) {
      throw new HclException(item.keys().get(1).at(), key + " takes no name");
    }
    return Optional.of(named(key, item.value(), reader));
  }

  private static <T> T named(String key, Value value, Function<Value, T> reader) {
    try {
      return reader.apply(value);
    } catch (HclException e) {
      throw new HclException(e.at(), key + ": " + e.problem());
    } catch (IllegalArgumentException e) {
      throw new HclException(value.at(), key + ": " + e.getMessage());
    }
  }

  Optional<Value> value(String key) {
    return read(key, value -> value);
  }

  /// A text; empty counts as not given.
  Optional<String> text(String key) {
    return read(key, Value::text).filter(text -> !text.isEmpty());
  }

  /// A text read as something else; what the reader refuses is refused with its place.
  <T> Optional<T> text(String key, Function<String, T> reader) {
    return text(key).isEmpty() ? Optional.empty() : read(key, v -> reader.apply(v.text()));
  }

  Optional<Boolean> flag(String key) {
    return read(key, Value::flag);
  }

  boolean flag(String key, boolean fallback) {
    return flag(key).orElse(fallback);
  }

  Optional<Long> integer(String key) {
    return read(key, Value::integer);
  }

  /// A number that is zero or more.
  long count(String key, long fallback) {
    return read(key, Section::notNegative).orElse(fallback);
  }

  private static long notNegative(Value value) {
    if (value.integer() < 0) {
      throw new HclException(value.at(), "cannot be negative");
    }
    return value.integer();
  }

  /// A duration that is zero or more.
  Optional<Duration> duration(String key) {
    return read(
        key,
        value -> {
          if (value.duration().isNegative()) {
            throw new HclException(value.at(), "cannot be negative");
          }
          return value.duration();
        });
  }

  /// A list of texts, or one text with commas.
  List<String> texts(String key) {
    return texts(key, text -> text);
  }

  <T> List<T> texts(String key, Function<String, T> reader) {
    return read(key, value -> parts(value).stream().map(part -> named("", part, reader)).toList())
        .orElse(List.of());
  }

  private record Part(Value at, String text) {}

  private static <T> T named(String prefix, Part part, Function<String, T> reader) {
    try {
      return reader.apply(part.text());
    } catch (IllegalArgumentException e) {
      throw new HclException(part.at().at(), prefix + e.getMessage());
    }
  }

  private static List<Part> parts(Value value) {
    if (value instanceof Value.Many many) {
      return many.values().stream().map(one -> new Part(one, one.text().strip())).toList();
    }
    return Arrays.stream(value.text().split(",", -1))
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .map(text -> new Part(value, text))
        .toList();
  }

  /// The one block under a key that takes no label.
  Optional<Section> section(String key) {
    List<Value> blocks = blocks(key);
    if (blocks.size() > 1) {
      throw new HclException(blocks.get(1).at(), "only one '" + key + "' block is permitted");
    }
    return blocks.stream().findFirst().map(block -> within(block.body()));
  }

  private List<Value> blocks(String key) {
    var found = new ArrayList<Value>();
    for (Item item : items(key)) {
      if (item.value() instanceof Value.Many many) {
        found.addAll(many.values());
      } else {
        found.add(item.value());
      }
    }
    return found;
  }

  Section within(Value.Body inner) {
    return new Section(inner, unknown);
  }

  /// All blocks under a key that carry a label, as `listener "tcp" { … }`; the label may also be
  /// the value of `type` in the block.
  List<Stanza> stanzas(String key) {
    var found = new ArrayList<Stanza>();
    for (Item item : items(key)) {
      if (item.keys().size() == 1) {
        typed(item, item.value(), found);
      } else {
        found.addAll(alone(item).stanzas(item.key().name(), "type"));
      }
    }
    return found;
  }

  private static void typed(Item item, Value value, List<Stanza> found) {
    if (value instanceof Value.Many many) {
      many.values().forEach(one -> typed(item, one, found));
      return;
    }
    Optional<Value> type = value.body().value("type").filter(Value.Text.class::isInstance);
    if (type.isPresent()) {
      String name = type.get().text();
      found.add(new Stanza(new Key(type.get().at(), name, name, false), value.body()));
    } else {
      var one = new Item(item.keys(), item.assigned(), value);
      found.addAll(alone(one).stanzas(item.key().name(), "type"));
    }
  }

  private static Value.Body alone(Item item) {
    return new Value.Body(item.at(), List.of(item), item.at());
  }

  /// The raw items of a key.
  List<Item> raw(String key) {
    return items(key);
  }

  Value.Body body() {
    return body;
  }
}
