package coffer.cli;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An HTTP answer, read in full.
///
/// @param asked what it answers: method and URL
/// @param headers by name in lower case; of one that comes twice, the last
record Answer(String asked, int status, Map<String, String> headers, byte[] body) {

  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  @Nullable String header(String name) {
    return headers.get(name.toLowerCase(Locale.ROOT));
  }

  boolean isGood() {
    return status >= 200 && status < 400;
  }

  boolean isRedirect() {
    return status == 301 || status == 302 || status == 307;
  }

  /// Whether asking again in a moment may help.
  boolean isPassing() {
    return status == 412 || status == 429 || (status >= 500 && status != 501);
  }

  /// Itself if it is good.
  ///
  /// @throws Failure with the server's own words if it isn't
  Answer checked(String doing) {
    if (isGood()) {
      return this;
    }
    StringBuilder out = new StringBuilder(doing);
    out.append(doing.isEmpty() ? "" : ": ").append("Error making API request.\n\n");
    String namespace = header("X-Vault-Namespace");
    if (namespace != null && !namespace.isEmpty() && !namespace.equals("root/")) {
      out.append("Namespace: ").append(namespace).append('\n');
    }
    out.append("URL: ").append(asked).append("\nCode: ").append(status).append(". ");
    String text = text();
    List<String> errors = errors(text);
    if (errors == null) {
      out.append("Raw Message:\n\n").append(text);
    } else {
      out.append("Errors:\n\n");
      for (String error : errors) {
        out.append("* ").append(error);
      }
    }
    throw Failure.answered(status, out.toString());
  }

  private static @Nullable List<String> errors(String text) {
    try {
      return Tree.texts(JsonReader.readObject(text).get("errors"));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
