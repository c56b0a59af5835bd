package coffer.http;

import coffer.config.HttpConfig;
import coffer.engine.Operation;
import coffer.exchange.Answer;
import coffer.json.Json;
import coffer.json.JsonException;
import coffer.json.JsonLimit;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/// Turns a body into the fields of a request. It is JSON whatever its type says, but for a form
/// that doesn't look like JSON.
final class BodyFields {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String PATCH = "application/merge-patch+json";

  private final HttpConfig config;
  private final JsonLimit limit;
  private final long nanos;

  BodyFields(HttpConfig config) {
    this.config = config;
    this.limit = new JsonLimit(config.maxJsonStrings(), config.maxJsonMemory());
    this.nanos = config.readTimeout().toNanos();
  }

  Map<String, Object> read(Request request, Operation operation) {
    String type = mediaType(request);
    if (operation == Operation.PATCH) {
      checkPatch(type);
    }
    var body = new Body(request, config.maxRequestSize(), nanos);
    byte[] bytes = body.read();
    int start = firstOf(bytes, body.length());
    if (start == body.length()) {
      return Map.of();
    }
    return type.equals(FORM) && !looksLikeJson(bytes[start])
        ? form(bytes, body.length())
        : json(bytes, start, body.length());
  }

  /// Other operations have no body that counts, but a large one is refused all the same.
  void refuseLarge(Request request) {
    if (request.getLength() > config.maxRequestSize()) {
      throw new TurnedAway(Answer.error(413, "http: request body too large"), true);
    }
  }

  private static String mediaType(Request request) {
    String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
    if (type == null) {
      return "";
    }
    int end = type.indexOf(';');
    return (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
  }

  private static void checkPatch(String type) {
    if (type.isEmpty()) {
      throw new TurnedAway(400, "mime: no media type");
    }
    if (!type.equals(PATCH)) {
      throw new TurnedAway(415, "PATCH requires Content-Type of " + PATCH + ", provided " + type);
    }
  }

  private static int firstOf(byte[] bytes, int length) {
    int i = 0;
    while (i < length && isSpace(bytes[i])) {
      i++;
    }
    return i;
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\t' || b == '\n' || b == '\r';
  }

  private static boolean looksLikeJson(byte first) {
    return first == '{' || first == '[' || first == '"';
  }

  private static Map<String, Object> form(byte[] bytes, int length) {
    Query form = Query.parse(new String(bytes, 0, length, StandardCharsets.UTF_8));
    if (form.broken()) {
      throw new TurnedAway(400, "error parsing form data");
    }
    return form.formFields();
  }

  private Map<String, Object> json(byte[] bytes, int start, int length) {
    try {
      return isNull(bytes, start, length)
          ? Map.of()
          : Json.object(bytes, start, length - start, limit);
    } catch (JsonException e) {
      throw new TurnedAway(
          400,
          e.tooComplex()
              ? "refused JSON input due to high complexity: " + e.getMessage()
              : "failed to decode JSON input: " + e.getMessage());
    }
  }

  /// `null` is as good as nothing.
  private static boolean isNull(byte[] bytes, int start, int length) {
    return bytes[start] == 'n' && Json.value(bytes, start, length - start) == null;
  }
}
