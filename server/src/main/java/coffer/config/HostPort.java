package coffer.config;

/// Where to listen: `127.0.0.1:8200`, `[::1]:8200`, `:8200`.
///
/// @param host without brackets; empty for all interfaces
public record HostPort(String host, int port) {
  private static final int MAX_PORT = 65_535;

  public static HostPort parse(String text) {
    int colon = text.lastIndexOf(':');
    boolean bracketed = text.startsWith("[");
    if (colon < 0 || (bracketed && text.indexOf(']') != colon - 1)) {
      throw new IllegalArgumentException("missing port in address \"" + text + "\"");
    }
    String host = bracketed ? text.substring(1, colon - 1) : text.substring(0, colon);
    if (!bracketed && host.contains(":")) {
      throw new IllegalArgumentException("too many colons in address \"" + text + "\"");
    }
    return new HostPort(host, port(text, text.substring(colon + 1)));
  }

  private static int port(String text, String digits) {
    if (!digits.matches("[0-9]{1,5}") || Integer.parseInt(digits) > MAX_PORT) {
      throw new IllegalArgumentException("invalid port in address \"" + text + "\"");
    }
    return Integer.parseInt(digits);
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
