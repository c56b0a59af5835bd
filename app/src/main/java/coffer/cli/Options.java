package coffer.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The values of the flags of one run: from the command line, else the environment, else the flag's
/// own fallback.
final class Options {
  private final Map<String, Object> values = new HashMap<>();
  private final Env env;

  Options(Env env) {
    this.env = env;
  }

  /// The flag's value.
  @SuppressWarnings("unchecked") // put() keeps the type of the flag's kind
  <T> T get(Flag<T> flag) {
    Object given = values.get(flag.name());
    if (given == null && !flag.env().isEmpty()) {
      given = fromEnvironment(flag);
    }
    return given == null ? flag.fallback() : (T) given;
  }

  /// Whether the command line has the flag.
  boolean has(Flag<?> flag) {
    return values.containsKey(flag.name());
  }

  /// Sets a flag from its text on the command line.
  void put(Flag<?> flag, String text) {
    Object value;
    try {
      value = read(flag, text, values.get(flag.name()));
    } catch (IllegalArgumentException e) {
      throw Failure.usage(
          (flag.kind() == Flag.Kind.TRUTH ? "invalid boolean value " : "invalid value ")
              + Go.quote(text)
              + (flag.kind() == Flag.Kind.TRUTH ? " for -" : " for flag -")
              + flag.name()
              + ": "
              + e.getMessage());
    }
    values.put(flag.name(), value);
  }

  /// Sets a flag from a value of its type.
  <T> void set(Flag<T> flag, T value) {
    values.put(flag.name(), value);
  }

  private @Nullable Object fromEnvironment(Flag<?> flag) {
    String text = env.get(flag.env());
    if (text.isEmpty()) {
      return null;
    }
    try {
      return read(flag, text, null);
    } catch (IllegalArgumentException ignored) {
      return null; // as peers do: an unreadable setting is as good as none
    }
  }

  private static Object read(Flag<?> flag, String text, @Nullable Object before) {
    return switch (flag.kind()) {
      case TEXT -> text;
      case TRUTH -> Go.truth(text);
      case NUMBER -> Go.number(text);
      case DURATION -> duration(text);
      case LIST -> longer(before, text.strip());
      case PAIRS -> with(before, text);
    };
  }

  private static Duration duration(String text) {
    return Go.duration(text);
  }

  private static List<String> longer(@Nullable Object before, String text) {
    List<String> list = new ArrayList<>();
    if (before instanceof List<?> old) {
      for (Object item : old) {
        list.add(String.valueOf(item));
      }
    }
    list.add(text);
    return list;
  }

  private static Map<String, String> with(@Nullable Object before, String pair) {
    Map<String, String> pairs = new TreeMap<>();
    if (before instanceof Map<?, ?> old) {
      for (Map.Entry<?, ?> entry : old.entrySet()) {
        pairs.put(String.valueOf(entry.getKey()), String.valueOf(entry.getValue()));
      }
    }
    int at = pair.indexOf('=');
    if (at < 0) {
      throw new IllegalArgumentException("missing = in KV pair: " + Go.quote(pair));
    }
    pairs.put(pair.substring(0, at), pair.substring(at + 1));
    return pairs;
  }
}
