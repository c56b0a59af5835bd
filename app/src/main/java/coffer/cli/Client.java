package coffer.cli;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The API of one server, as the commands see it.
///
/// Each call takes the words that say what was being done where it fails: "Error creating token".
final class Client implements AutoCloseable {
  private final Map<String, String> headers;
  private final Connection connection;
  private Http http;
  private Dry dry;
  private String token;
  private String wrapTtl;

  /// @param headers those to send with each request
  /// @param wrapTtl for how long answers are to be wrapped, empty for not at all
  Client(
      Connection connection, Map<String, String> headers, String token, String wrapTtl, Dry dry) {
    this.connection = connection;
    this.headers = headers;
    this.token = token;
    this.wrapTtl = wrapTtl;
    this.dry = dry;
    this.http = connection.open();
  }

  String token() {
    return token;
  }

  void setToken(String newToken) {
    token = newToken;
  }

  Dry dry() {
    return dry;
  }

  /// Sends for real from now on, or not.
  void setDry(Dry newDry) {
    dry = newDry;
  }

  String wrapTtl() {
    return wrapTtl;
  }

  void setWrapTtl(String newWrapTtl) {
    wrapTtl = newWrapTtl;
  }

  /// Works in the root namespace from now on.
  void leaveNamespace() {
    headers.remove("X-Vault-Namespace");
  }

  /// Reads a path, null where nothing is there.
  @Nullable Secret read(String path, String doing) {
    return read(path, Query.NONE, doing);
  }

  @Nullable Secret read(String path, Query query, String doing) {
    return found(call("GET", path, query, null, doing), doing);
  }

  @Nullable Secret list(String path, Query query, String doing) {
    return found(call("LIST", path, query, null, doing), doing);
  }

  @Nullable Secret scan(String path, Query query, String doing) {
    return found(call("SCAN", path, query, null, doing), doing);
  }

  @Nullable Secret write(String path, @Nullable Object body, String doing) {
    return secret(call("PUT", path, Query.NONE, body, doing).checked(doing), doing);
  }

  @Nullable Secret post(String path, @Nullable Object body, String doing) {
    return secret(call("POST", path, Query.NONE, body, doing).checked(doing), doing);
  }

  @Nullable Secret patch(String path, @Nullable Object body, String doing) {
    return secret(call("PATCH", path, Query.NONE, body, doing).checked(doing), doing);
  }

  @Nullable Secret delete(String path, Query query, String doing) {
    return secret(call("DELETE", path, query, null, doing).checked(doing), doing);
  }

  /// Calls a path whose answer is an object of its own kind, empty where there is no body.
  Map<String, @Nullable Object> object(
      String method, String path, @Nullable Object body, String doing) {
    Answer answer = call(method, path, Query.NONE, body, doing).checked(doing);
    if (answer.body().length == 0) {
      return Tree.body();
    }
    try {
      return JsonReader.readObject(answer.text());
    } catch (IllegalArgumentException e) {
      throw Failure.remote(doing + ": " + e.getMessage());
    }
  }

  /// The object under `data` of such an answer, or the answer itself where it has none.
  Map<String, @Nullable Object> data(
      String method, String path, @Nullable Object body, String doing) {
    Map<String, @Nullable Object> whole = object(method, path, body, doing);
    Map<String, @Nullable Object> data = Tree.object(whole, "data");
    return data == null ? whole : data;
  }

  /// Sends, and gives the answer whatever its status.
  Answer call(String method, String path, Query query, @Nullable Object body, String doing) {
    try {
      return call(method, path, query, body);
    } catch (Failure e) {
      throw doing.isEmpty() ? e : e.during(doing);
    }
  }

  private Answer call(String method, String path, Query query, @Nullable Object body) {
    checkToken();
    boolean lists = method.equals("LIST") || method.equals("SCAN");
    String sent = lists ? "GET" : method;
    Query all = lists ? query.and(method.equals("LIST") ? "list" : "scan", "true") : query;
    String target = Paths.escape(Paths.clean(connection.address().prefix() + "/v1/" + path)) + all;
    byte[] bytes = body == null ? null : JsonWriter.compact(body).getBytes(StandardCharsets.UTF_8);
    Map<String, String> with = headers(method, path);
    switch (dry) {
      case CURL -> throw new DryRun(Dry.curl(connection, sent, target, with, bytes));
      case POLICY -> throw new DryRun(Dry.policy(method, path));
      case SEND -> {}
    }
    return follow(patiently(sent, target, with, bytes), sent, with, bytes);
  }

  /// Follows one redirect, as peers do.
  private Answer follow(
      Answer answer, String method, Map<String, String> with, byte @Nullable [] body) {
    String location = answer.header("Location");
    if (!answer.isRedirect() || location == null || connection.refusesRedirects()) {
      return answer;
    }
    if (location.startsWith("/")) {
      return patiently(method, location, with, body);
    }
    Address next = Address.parse(location);
    if (connection.address().isTls() && !next.isTls()) {
      throw Failure.remote("redirect would cause protocol downgrade");
    }
    http.close();
    http = connection.at(next).open();
    int path = location.indexOf('/', location.indexOf("://") + 3);
    return patiently(method, path < 0 ? "/" : location.substring(path), with, body);
  }

  private Answer patiently(
      String method, String target, Map<String, String> with, byte @Nullable [] body) {
    for (int i = 0; i < connection.retries(); i++) {
      try {
        Answer answer = http.send(method, target, with, body);
        if (!answer.isPassing()) {
          return answer;
        }
      } catch (Failure e) {
        // nobody there: that may pass too
      }
      LockSupport.parkNanos(connection.pause().multipliedBy(i + 1L).toNanos());
    }
    return http.send(method, target, with, body);
  }

  private Map<String, String> headers(String method, String path) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("X-Vault-Request", "true");
    all.putAll(headers);
    if (!token.isEmpty()) {
      all.put("X-Vault-Token", token);
    }
    if (!wrapTtl.isEmpty()) {
      all.put("X-Vault-Wrap-TTL", wrapTtl);
    } else if (path.equals("sys/wrapping/wrap") && !method.equals("GET")) {
      all.put("X-Vault-Wrap-TTL", "5m");
    }
    if (method.equals("PATCH")) {
      all.put("Content-Type", "application/merge-patch+json");
    }
    return all;
  }

  private void checkToken() {
    for (int i = 0; i < token.length(); i++) {
      if (token.charAt(i) < ' ' || token.charAt(i) == 0x7f) {
        throw Failure.remote(
            "configured Vault token contains non-printable characters and cannot be used");
      }
    }
  }

  /// What is there; for a 404, null or what the server tells beside it.
  private static @Nullable Secret found(Answer answer, String doing) {
    if (answer.status() != 404) {
      return secret(answer.checked(doing), doing);
    }
    Secret secret = secret(answer, doing);
    return secret != null && secret.tells() ? secret : null;
  }

  static @Nullable Secret secret(Answer answer, String doing) {
    try {
      return Secret.parse(answer.text());
    } catch (IllegalArgumentException e) {
      throw Failure.remote(doing.isEmpty() ? e.getMessage() + "" : doing + ": " + e.getMessage());
    }
  }

  /// Waits a moment before asking again.
  void pause() {
    LockSupport.parkNanos(connection.pause().toNanos());
  }

  @Override
  public void close() {
    http.close();
  }
}
