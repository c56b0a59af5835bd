package coffer.http;

import coffer.config.ListenerConfig;
import coffer.config.ServerConfig;
import coffer.exchange.Answer;
import coffer.exchange.Request;
import java.net.InetSocketAddress;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// A real door at a free port, open for one test.
final class TestDoor implements AutoCloseable {
  private final HttpDoor door;

  private TestDoor(List<ListenerConfig> listeners, Function<Request, Answer> handler) {
    door = new HttpDoor(listeners, handler, new SecureRandom(), "");
  }

  /// @param settings of a listener without TLS
  static TestDoor open(String settings) {
    return open(settings, TestDoor::tell);
  }

  static TestDoor open(String settings, Function<Request, Answer> handler) {
    return of("tls_disable = true\n" + settings, handler);
  }

  /// @param settings of a listener with the certificate of the tests
  static TestDoor overTls(String settings) {
    return of(tls("server.pem", "server.key") + settings, TestDoor::tell);
  }

  static TestDoor of(String settings, Function<Request, Answer> handler) {
    var made = made(settings, handler);
    made.door.start();
    return made;
  }

  /// Not open yet.
  static TestDoor made(String settings, Function<Request, Answer> handler) {
    String text = "listener \"tcp\" {\n address = \"127.0.0.1:0\"\n" + settings + "\n}";
    return new TestDoor(ServerConfig.parse(text, "test").listeners(), handler);
  }

  static String tls(String certificate, String key) {
    return "tls_cert_file = \"%s\"\n tls_key_file = \"%s\"\n"
        .formatted(file(certificate), file(key));
  }

  /// One of the checked-in files.
  static Path file(String name) {
    try {
      return Path.of(TestDoor.class.getResource(name).toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  /// Says what has arrived.
  static Answer tell(Request request) {
    var connection = request.connection();
    Map<String, Object> seen = new LinkedHashMap<>();
    seen.put("operation", request.operation().word());
    seen.put("path", request.path());
    seen.put("fields", request.fields());
    seen.put("from", connection.remoteAddress());
    seen.put("port", connection.remotePort());
    seen.put(
        "certificates",
        connection.certificates().stream()
            .map(c -> c.getSubjectX500Principal().getName())
            .toList());
    seen.put("virtual", Thread.currentThread().isVirtual());
    return Answer.of(seen);
  }

  int port() {
    return ((InetSocketAddress) door.addresses().getFirst()).getPort();
  }

  HttpDoor door() {
    return door;
  }

  Wire connect() {
    return Wire.to(port());
  }

  /// Sends one request over a connection of its own.
  Wire.Reply ask(String request) {
    try (Wire wire = connect()) {
      return wire.ask(request);
    }
  }

  Wire.Reply get(String path, String... headers) {
    return ask(Wire.request("GET", path, "", headers));
  }

  Wire.Reply put(String path, String body, String... headers) {
    return ask(Wire.request("PUT", path, body, headers));
  }

  @Override
  public void close() {
    door.stop(Duration.ZERO);
  }
}
