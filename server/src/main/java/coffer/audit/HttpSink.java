package coffer.audit;

import coffer.engine.Refusal;
import coffer.json.Json;
import coffer.json.JsonException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Posts each line to an HTTP server, which has it once it answers 2xx. Redirects aren't followed.
final class HttpSink implements Sink {
  private final URI uri;
  private final HttpRequest.Builder request;
  private final Duration timeout;
  private @Nullable HttpClient client;

  private HttpSink(URI uri, HttpRequest.Builder request, Duration timeout) {
    this.uri = uri;
    this.request = request;
    this.timeout = timeout;
  }

  /// Reads the options `uri` and `headers`, a JSON object of lists of texts.
  static Sink of(Map<String, String> options, Duration timeout) {
    String text = options.get("uri");
    if (text == null) {
      throw Refusal.bad("uri is required");
    }
    URI uri = uri(text);
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(timeout);
    headers(options.getOrDefault("headers", "{}"), request);
    if (uri.getUserInfo() != null) {
      byte[] credentials = uri.getUserInfo().getBytes(StandardCharsets.UTF_8);
      request.setHeader(
          "Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials));
    }
    return new HttpSink(uri, request, timeout);
  }

  private static URI uri(String text) {
    try {
      URI uri = new URI(text);
      String scheme = uri.getScheme() == null ? "" : uri.getScheme();
      if (!scheme.equalsIgnoreCase("http") && !scheme.equalsIgnoreCase("https")) {
        throw failed(text, "unsupported protocol scheme \"" + scheme + "\"");
      }
      if (uri.getHost() == null) {
        throw failed(text, "no Host in request URL");
      }
      return uri;
    } catch (URISyntaxException e) {
      throw Refusal.bad("uri is not a URI");
    }
  }

  private static Refusal failed(String uri, String why) {
    return Refusal.bad(
        "audit backend failed test message: failed to perform request: Post \""
            + uri
            + "\": "
            + why);
  }

  private static void headers(String text, HttpRequest.Builder request) {
    try {
      Json.object(text.getBytes(StandardCharsets.UTF_8))
          .forEach((name, values) -> header(name, values, request));
    } catch (JsonException e) {
      throw Refusal.bad("failed to parse headers: " + e.getMessage());
    }
  }

  private static void header(String name, Object values, HttpRequest.Builder request) {
    if (!(values instanceof List<?> list) || !list.stream().allMatch(String.class::isInstance)) {
      throw Refusal.bad("failed to parse headers: \"" + name + "\" must be a list of strings");
    }
    try {
      list.forEach(value -> request.header(name, (String) value));
    } catch (IllegalArgumentException e) {
      throw Refusal.bad("failed to parse headers: \"" + name + "\" can't be set");
    }
  }

  @Override
  public int lines() {
    return 1;
  }

  @Override
  public void write(ByteBuffer text) throws IOException {
    byte[] line = new byte[text.remaining()];
    text.get(line);
    HttpRequest post = request.copy().POST(BodyPublishers.ofByteArray(line)).build();
    int status = status(post);
    if (status < 200 || status > 299) {
      throw new IOException("failed to perform request: status code not 2xx: " + status);
    }
  }

  private int status(HttpRequest post) throws IOException {
    try {
      HttpResponse<Void> response = client().send(post, BodyHandlers.discarding());
      return response.statusCode();
    } catch (InterruptedException e) {
      throw new InterruptedIOException("failed to perform request: interrupted");
    } catch (IOException e) {
      throw new IOException(
          "failed to perform request: Post \"%s\": %s"
              .formatted(shown(), Trouble.reaching("tcp " + server(), e)),
          e);
    }
  }

  /// The address without a name and password in it.
  private String shown() {
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    return uri.getScheme() + "://" + server() + path;
  }

  private String server() {
    return uri.getPort() < 0 ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
  }

  private HttpClient client() {
    if (client == null) {
      client =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .followRedirects(HttpClient.Redirect.NEVER)
              .connectTimeout(timeout)
              .build();
    }
    return client;
  }

  @Override
  public void close() {
    if (client != null) {
      client.shutdownNow();
      client = null;
    }
  }
}
