package coffer.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.PreEncodedHttpField;

/// The headers that every answer of a listener has, by status; made once for each. Thread-safe.
final class AnswerHeaders {
  private final Map<String, Map<String, String>> configured;
  private final String hostname;
  private final Map<Integer, List<HttpField>> known = new ConcurrentHashMap<>();

  /// @param configured by status (`default`, `2xx`, `404`)
  /// @param hostname told to callers; empty to tell nothing
  AnswerHeaders(Map<String, Map<String, String>> configured, String hostname) {
    this.configured = configured;
    this.hostname = hostname;
  }

  /// At most as many as there are statuses.
  List<HttpField> of(int status) {
    return known.computeIfAbsent(status, this::make);
  }

  private List<HttpField> make(int status) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Cache-Control", "no-store");
    add("default", headers);
    add(status / 100 + "xx", headers);
    add(Integer.toString(status), headers);
    if (!hostname.isEmpty()) {
      headers.put("X-Vault-Hostname", hostname);
    }
    return headers.entrySet().stream().map(AnswerHeaders::field).toList();
  }

  private void add(String status, Map<String, String> to) {
    configured
        .getOrDefault(status, Map.of())
        .forEach(
            (name, value) -> {
              to.keySet().removeIf(other -> lower(other).equals(lower(name)));
              to.put(name, value);
            });
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private static HttpField field(Map.Entry<String, String> header) {
    return new PreEncodedHttpField(header.getKey(), header.getValue());
  }
}
