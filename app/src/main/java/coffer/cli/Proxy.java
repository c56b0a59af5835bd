package coffer.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A proxy between us and the server: `VAULT_PROXY_ADDR` or `VAULT_HTTP_PROXY` for all servers,
/// else `HTTPS_PROXY` or `HTTP_PROXY` for those that `NO_PROXY` leaves and that aren't on this
/// machine.
record Proxy(String host, int port) {

  /// The proxy on the way to the address, or null where the way is straight.
  static @Nullable Proxy of(Env env, Address server) {
    if (server.isSocketFile()) {
      return null;
    }
    String always = env.get("PROXY_ADDR");
    if (always.isEmpty()) {
      always = env.get("HTTP_PROXY");
    }
    if (!always.isEmpty()) {
      return parse(always);
    }
    String usual = either(env, server.isTls() ? "HTTPS_PROXY" : "HTTP_PROXY");
    return usual.isEmpty() || isLocal(server.host()) || isLeftOut(env, server.host())
        ? null
        : parse(usual);
  }

  private static String either(Env env, String name) {
    String upper = env.plain(name);
    return upper.isEmpty() ? env.plain(name.toLowerCase(Locale.ROOT)) : upper;
  }

  private static Proxy parse(String text) {
    Address address = Address.parse(text.contains("://") ? text : "http://" + text);
    if (address.isTls() || address.isSocketFile()) {
      throw Failure.remote("failed to create client: a proxy has to be an http:// address");
    }
    return new Proxy(address.host(), address.port());
  }

  private static boolean isLocal(String host) {
    return host.equals("localhost") || host.startsWith("127.") || host.equals("::1");
  }

  private static boolean isLeftOut(Env env, String host) {
    for (String entry : either(env, "NO_PROXY").split(",", -1)) {
      String name = entry.strip();
      String domain = name.startsWith(".") ? name : "." + name;
      if (name.equals("*") || name.equals(host) || (name.length() > 1 && host.endsWith(domain))) {
        return true;
      }
    }
    return false;
  }

  /// Asks the proxy for a way through to a server, over a connection to the proxy.
  static void openTunnel(InputStream in, OutputStream out, Address server) throws IOException {
    String target = server.host() + ":" + server.port();
    String request = "CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n\r\n";
    out.write(request.getBytes(StandardCharsets.UTF_8));
    out.flush();
    int status = new AnswerReader(in).readHead();
    if (status != 200) {
      throw new IOException("proxyconnect tcp: the proxy answered " + status);
    }
  }
}
