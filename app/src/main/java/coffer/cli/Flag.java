package coffer.cli;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One flag of a command, as data: `-name` or `--name`, with a value of type `T`.
///
/// @param fallback the value where neither the command line nor the environment has one
/// @param env the setting in the environment that it is taken from (see [Env]), empty for none
record Flag<T>(
    String name,
    Kind kind,
    T fallback,
    String help,
    String env,
    List<String> aliases,
    boolean hidden,
    Completes completes) {

  /// How a flag's value is written.
  enum Kind {
    TEXT("string"),
    TRUTH(""),
    NUMBER("int"),
    DURATION("duration"),
    LIST("string"),
    PAIRS("key=value");

    private final String example;

    Kind(String example) {
      this.example = example;
    }

    /// What stands for the value in help, empty where none is needed.
    String example() {
      return example;
    }
  }

  static Flag<String> text(String name, String help) {
    return new Flag<>(name, Kind.TEXT, "", help, "", List.of(), false, Completes.NOTHING);
  }

  static Flag<Boolean> truth(String name, String help) {
    return new Flag<>(name, Kind.TRUTH, false, help, "", List.of(), false, Completes.NOTHING);
  }

  static Flag<Integer> number(String name, String help) {
    return new Flag<>(name, Kind.NUMBER, 0, help, "", List.of(), false, Completes.NOTHING);
  }

  static Flag<Duration> duration(String name, String help) {
    return new Flag<>(
        name, Kind.DURATION, Duration.ZERO, help, "", List.of(), false, Completes.NOTHING);
  }

  /// A flag that may be given many times.
  static Flag<List<String>> list(String name, String help) {
    return new Flag<>(name, Kind.LIST, List.of(), help, "", List.of(), false, Completes.NOTHING);
  }

  /// A flag whose values are `key=value`, and that may be given many times.
  static Flag<Map<String, String>> pairs(String name, String help) {
    return new Flag<>(name, Kind.PAIRS, Map.of(), help, "", List.of(), false, Completes.NOTHING);
  }

  Flag<T> or(T newFallback) {
    return new Flag<>(name, kind, newFallback, help, env, aliases, hidden, completes);
  }

  Flag<T> env(String newEnv) {
    return new Flag<>(name, kind, fallback, help, newEnv, aliases, hidden, completes);
  }

  Flag<T> alias(String... newAliases) {
    return new Flag<>(name, kind, fallback, help, env, List.of(newAliases), hidden, completes);
  }

  Flag<T> hide() {
    return new Flag<>(name, kind, fallback, help, env, aliases, true, completes);
  }

  Flag<T> completing(Completes newCompletes) {
    return new Flag<>(name, kind, fallback, help, env, aliases, hidden, newCompletes);
  }

  boolean called(String word) {
    return name.equals(word) || aliases.contains(word);
  }

  /// The fallback as help shows it, or null where it goes without saying.
  @Nullable String shownFallback() {
    return switch (kind) {
      case TEXT -> fallback.toString().isEmpty() ? null : fallback.toString();
      case NUMBER -> fallback.equals(0) || fallback.equals(-1) ? null : fallback.toString();
      case TRUTH -> fallback.equals(false) ? null : fallback.toString();
      case DURATION, LIST, PAIRS -> null;
    };
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Flag<?> flag && flag.name.equals(name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }
}
