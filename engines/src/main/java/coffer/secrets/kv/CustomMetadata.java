package coffer.secrets.kv;

import coffer.engine.Call;
import coffer.engine.Kind;
import coffer.engine.Param;
import coffer.engine.Printable;
import coffer.engine.Refusal;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What people say about a secret, in pairs of printable texts; and the bounds of that.
final class CustomMetadata {
  static final Param<Map<String, Object>> CUSTOM =
      Param.field(
          "custom_metadata",
          Kind.MAP,
          "What to say about the secret, in pairs of texts: up to 64, names of up to 128 bytes and"
              + " values of up to 512.");

  private static final int MAX_KEYS = 64;
  private static final int MAX_KEY_BYTES = 128;
  private static final int MAX_VALUE_BYTES = 512;
  private static final String FAILED = "custom_metadata validation failed: ";

  private CustomMetadata() {}

  /// What takes the place of the old pairs.
  static Map<String, String> replaced(Call call, Map<String, String> old) {
    if (!SettingsParams.given(call, CUSTOM)) {
      return old;
    }
    Map<String, String> pairs = new LinkedHashMap<>();
    call.find(CUSTOM).orElse(Map.of()).forEach((key, value) -> pairs.put(key, text(value)));
    return checked(pairs);
  }

  /// The old pairs with those given, without those given as null; none at all where null is all
  /// that is given.
  static Map<String, String> merged(Call call, Map<String, String> old) {
    if (!SettingsParams.given(call, CUSTOM)) {
      return old;
    }
    if (!call.has(CUSTOM)) {
      return Map.of();
    }
    Map<String, String> pairs = new LinkedHashMap<>(old);
    call.find(CUSTOM)
        .orElse(Map.of())
        .forEach(
            (key, value) -> {
              if (value == null) {
                pairs.remove(key);
              } else {
                pairs.put(key, text(value));
              }
            });
    return checked(pairs);
  }

  private static String text(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case String text -> text;
      case Boolean flag -> flag ? "1" : "0";
      case BigDecimal number -> number.toString();
      case Number number -> number.toString();
      case Map<?, ?> map -> throw unconvertible("map[string]interface {}");
      default -> throw unconvertible("[]interface {}");
    };
  }

  private static Refusal unconvertible(String type) {
    return Refusal.bad(FAILED + "'' expected type 'string', got unconvertible type '" + type + "'");
  }

  private static Map<String, String> checked(Map<String, String> pairs) {
    List<String> wrong = new ArrayList<>();
    if (pairs.size() > MAX_KEYS) {
      wrong.add("payload must contain at most " + MAX_KEYS + " keys, provided " + pairs.size());
    } else {
      pairs.forEach((key, value) -> check(key, value, wrong));
    }
    if (!wrong.isEmpty()) {
      throw Refusal.bad(joined(wrong));
    }
    return pairs;
  }

  private static void check(String key, String value, List<String> wrong) {
    String name = Printable.quoted(key);
    int keyBytes = bytes(key);
    if (keyBytes == 0 || keyBytes > MAX_KEY_BYTES) {
      wrong.add(
          "length of key "
              + name
              + " is "
              + keyBytes
              + " but must be 0 < len(key) <= "
              + MAX_KEY_BYTES);
    }
    if (!Printable.is(key)) {
      wrong.add("key " + name + " (" + key + ") contains unprintable characters");
    }
    int valueBytes = bytes(value);
    if (valueBytes == 0 || valueBytes > MAX_VALUE_BYTES) {
      wrong.add(
          "length of value for key "
              + name
              + " is "
              + valueBytes
              + " but must be 0 < len(value) <= "
              + MAX_VALUE_BYTES);
    }
    if (!Printable.is(value)) {
      wrong.add("value for key " + name + " contains unprintable characters");
    }
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /// In the form in which the peers print several errors as one.
  private static String joined(List<String> wrong) {
    var text = new StringBuilder();
    text.append(wrong.size()).append(wrong.size() == 1 ? " error" : " errors").append(" occurred:");
    wrong.forEach(one -> text.append("\n\t* ").append(FAILED).append(one));
    return text.append("\n\n").toString();
  }
}
