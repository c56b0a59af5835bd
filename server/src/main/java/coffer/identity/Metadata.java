package coffer.identity;

import coffer.engine.Printable;
import coffer.engine.Refusal;
import coffer.engine.Refusal.Why;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// The bounds of what may be said of entities, groups and aliases in pairs of texts. The texts of
/// the refusals are the peers', and so is their status.
final class Metadata {
  private static final int MAX_PAIRS = 64;
  private static final int MAX_KEY_BYTES = 128;
  private static final int MAX_VALUE_BYTES = 512;
  private static final Pattern KEY = Pattern.compile("[a-zA-Z0-9=/+_-]+");

  private Metadata() {}

  /// Checks what is said of an entity or a group.
  static Map<String, String> checked(String of, Map<String, String> pairs) {
    String invalid = "invalid " + of + " metadata: ";
    if (pairs.size() > MAX_PAIRS) {
      throw failed(invalid + "metadata cannot contain more than " + MAX_PAIRS + " key/value pairs");
    }
    pairs.forEach(
        (key, value) -> {
          String wrong = wrong(key, value);
          if (!wrong.isEmpty()) {
            throw failed(
                "%sfailed to load metadata pair (%s, %s): %s"
                    .formatted(invalid, Printable.quoted(key), Printable.quoted(value), wrong));
          }
        });
    return pairs;
  }

  private static String wrong(String key, String value) {
    if (key.isEmpty()) {
      return "key cannot be blank";
    }
    if (!KEY.matcher(key).matches()) {
      return "key contains invalid characters";
    }
    if (key.length() > MAX_KEY_BYTES) {
      return "key is too long (limit: " + MAX_KEY_BYTES + " characters)";
    }
    return bytes(value) > MAX_VALUE_BYTES
        ? "value is too long (limit: " + MAX_VALUE_BYTES + " characters)"
        : "";
  }

  /// Checks what somebody says of an alias.
  static Map<String, String> checkedCustom(Map<String, String> pairs) {
    List<String> wrong = new ArrayList<>();
    if (pairs.size() > MAX_PAIRS) {
      wrong.add("payload must contain at most " + MAX_PAIRS + " keys, provided " + pairs.size());
    } else {
      pairs.forEach((key, value) -> check(key, value, wrong));
    }
    if (!wrong.isEmpty()) {
      throw new Refusal(
          Why.FAILED,
          Errors.listed(
              wrong.stream().map(one -> "custom_metadata validation failed: " + one).toList()));
    }
    return pairs;
  }

  private static void check(String key, String value, List<String> wrong) {
    String name = Printable.quoted(key);
    checkLength("key", "key " + name, bytes(key), MAX_KEY_BYTES, wrong);
    checkLength("value", "value for key " + name, bytes(value), MAX_VALUE_BYTES, wrong);
    if (!Printable.is(key)) {
      wrong.add("key " + name + " (" + key + ") contains unprintable characters");
    }
    if (!Printable.is(value)) {
      wrong.add("value for key " + name + " contains unprintable characters");
    }
  }

  private static void checkLength(
      String part, String named, int bytes, int most, List<String> wrong) {
    if (bytes == 0 || bytes > most) {
      wrong.add(
          "length of %s is %d but must be 0 < len(%s) <= %d".formatted(named, bytes, part, most));
    }
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static Refusal failed(String message) {
    return new Refusal(Why.FAILED, Refusal.listed(message));
  }
}
