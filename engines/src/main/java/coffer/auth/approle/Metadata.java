package coffer.auth.approle;

import coffer.engine.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// What the tokens of a secret id are to carry, as clients write it: an object of texts in JSON, or
/// pairs `a=b,c=d`, which end up in lower case; either of them maybe in base64.
final class Metadata {
  private static final String WRONG = "failed to parse metadata: ";
  private static final String WRONG_INPUT = WRONG + "failed to parse the input: ";

  private Metadata() {}

  static Map<String, String> parse(String given) {
    String text = decoded(given.strip());
    if (text.isEmpty()) {
      return Map.of();
    }
    Optional<Map<String, String>> object = TextObject.parse(text);
    return object.isPresent() ? checked(object.get()) : pairs(text);
  }

  private static String decoded(String text) {
    if (text.length() % 4 != 0) {
      return text;
    }
    try {
      return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  private static Map<String, String> checked(Map<String, String> object) {
    object.forEach(
        (key, value) -> {
          if (value.isEmpty()) {
            throw Refusal.bad(WRONG + "invalid value for key \"" + key + "\"");
          }
        });
    return object;
  }

  /// In order, so that of a key that comes twice the later value counts.
  private static Map<String, String> pairs(String text) {
    var ordered = new TreeSet<String>();
    for (String pair : text.split(",", -1)) {
      ordered.add(pair.strip().toLowerCase(Locale.ROOT));
    }
    ordered.remove("");
    var pairs = new HashMap<String, String>();
    for (String pair : ordered) {
      String[] sides = pair.split("=", -1);
      if (sides.length != 2) {
        throw Refusal.bad(WRONG_INPUT + "invalid <key,value> format");
      }
      add(sides[0].strip(), sides[1].strip(), pairs);
    }
    return pairs;
  }

  private static void add(String key, String value, Map<String, String> into) {
    if (key.isEmpty() || value.isEmpty()) {
      throw Refusal.bad(
          WRONG_INPUT
              + "invalid <key,value> pair: key: \"%s\" value: \"%s\"".formatted(key, value));
    }
    into.put(key, value);
  }
}
