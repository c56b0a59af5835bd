package coffer.config;

import coffer.hcl.HclException;
import coffer.hcl.Item;
import coffer.hcl.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Reads `custom_response_headers`: by status, by name of the header, a list of values.
final class ResponseHeaders {
  private static final String STRICT = "Strict-Transport-Security";

  private ResponseHeaders() {}

  static Map<String, Map<String, String>> read(Optional<Value> value) {
    Map<String, Map<String, String>> found = new LinkedHashMap<>();
    found.put(
        "default", new LinkedHashMap<>(Map.of(STRICT, "max-age=31536000; includeSubDomains")));
    for (Value block : value.map(ResponseHeaders::many).orElse(List.of())) {
      for (Item item : block.body().items()) {
        Map<String, String> headers =
            found.computeIfAbsent(status(item), status -> new LinkedHashMap<>());
        many(item.value()).forEach(one -> headers(one.body(), headers));
      }
    }
    return found;
  }

  private static List<Value> many(Value value) {
    return value instanceof Value.Many many ? many.values() : List.of(value);
  }

  private static String status(Item item) {
    String status = item.key().name();
    if (!status.matches("default|[1-5]xx|[1-5][0-9][0-9]")) {
      throw new HclException(
          item.at(), "invalid status code found in the server configuration: " + status);
    }
    return status;
  }

  private static void headers(Value.Body body, Map<String, String> into) {
    for (Item item : body.items()) {
      String value =
          item.value().list().stream()
              .map(Value::text)
              .map(String::strip)
              .filter(text -> !text.isEmpty())
              .peek(text -> check(item, text))
              .collect(Collectors.joining("; "));
      into.put(canonical(item), value);
    }
  }

  private static void check(Item item, String text) {
    if (text.chars().anyMatch(c -> c < ' ' || c == 0x7f)) {
      throw new HclException(item.value().at(), "control character in a header");
    }
  }

  /// `x-frame-options` becomes `X-Frame-Options`.
  private static String canonical(Item item) {
    String name = item.key().name();
    if (!name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")) {
      throw new HclException(item.at(), "not a name of a header: " + name);
    }
    var parts = new ArrayList<String>();
    for (String part : name.split("-", -1)) {
      parts.add(
          part.isEmpty()
              ? part
              : part.substring(0, 1).toUpperCase(Locale.ROOT)
                  + part.substring(1).toLowerCase(Locale.ROOT));
    }
    return String.join("-", parts);
  }
}
