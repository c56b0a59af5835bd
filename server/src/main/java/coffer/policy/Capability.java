package coffer.policy;

import coffer.engine.Operation;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a rule grants at a path. Declared in the order of their names, in which they are listed.
public enum Capability {
  CREATE(1 << 0),
  DELETE(1 << 1),
  DENY(1 << 2),
  LIST(1 << 3),
  PATCH(1 << 4),
  READ(1 << 5),
  SCAN(1 << 6),
  SUDO(1 << 7),
  UPDATE(1 << 8);

  private static final Map<String, Capability> BY_WORD =
      Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Capability::word, c -> c));

  private final String word = name().toLowerCase(Locale.ROOT);
  private final int bit;

  Capability(int bit) {
    this.bit = bit;
  }

  public String word() {
    return word;
  }

  /// This capability as one bit of a set.
  int bit() {
    return bit;
  }

  boolean in(int set) {
    return (set & bit) != 0;
  }

  static Optional<Capability> of(String word) {
    return Optional.ofNullable(BY_WORD.get(word));
  }

  /// The capability that an operation needs, as a bit; 0 for help, which everybody gets.
  static int bitFor(Operation operation) {
    return switch (operation) {
      case READ -> READ.bit();
      case CREATE -> CREATE.bit();
      case UPDATE -> UPDATE.bit();
      case PATCH -> PATCH.bit();
      case DELETE -> DELETE.bit();
      case LIST -> LIST.bit();
      case SCAN -> SCAN.bit();
      case HELP -> 0;
    };
  }
}
