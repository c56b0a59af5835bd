package coffer.cli;

/// Where a server is: `http://host:port/prefix`, `https://…`, or `unix:///path/of/socket`.
///
/// @param host the host to connect to, for a Unix socket its path
/// @param prefix what goes before `/v1`, empty or with a leading slash and none at the end
record Address(String scheme, String host, int port, String authority, String prefix) {

  static Address parse(String text) {
    int colon = text.indexOf("://");
    if (colon <= 0) {
      throw Failure.remote(
          "failed to create client: parse "
              + Go.quote(text)
              + ": the address has no scheme;"
              + " it should look like http://127.0.0.1:8200");
    }
    String scheme = text.substring(0, colon);
    String rest = text.substring(colon + 3);
    return switch (scheme) {
      case "unix" -> new Address("unix", rest, 0, "localhost", "");
      case "http" -> parse(scheme, rest, 80);
      case "https" -> parse(scheme, rest, 443);
      default ->
          throw Failure.remote(
              "failed to create client: unsupported protocol scheme " + Go.quote(scheme));
    };
  }

  private static Address parse(String scheme, String rest, int usualPort) {
    int slash = rest.indexOf('/');
    String authority = slash < 0 ? rest : rest.substring(0, slash);
    String prefix = slash < 0 ? "" : Paths.clean(rest.substring(slash));
    int at = authority.lastIndexOf('@');
    String place = authority.substring(at + 1);
    int end = place.startsWith("[") ? place.indexOf(']') + 1 : place.lastIndexOf(':');
    String host = end > 0 ? place.substring(0, end) : place;
    int port = usualPort;
    if (end > 0 && end < place.length() && place.charAt(end) == ':') {
      port = port(place.substring(end + 1), scheme + "://" + rest);
    }
    String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    return new Address(scheme, bare, port, place, prefix.equals("/") ? "" : prefix);
  }

  private static int port(String digits, String whole) {
    try {
      int port = Integer.parseInt(digits);
      if (port >= 0 && port <= 65_535) {
        return port;
      }
    } catch (NumberFormatException ignored) {
      // said below, as for numbers out of range
    }
    throw Failure.remote(
        "failed to create client: parse "
            + Go.quote(whole)
            + ": invalid port "
            + Go.quote(":" + digits)
            + " after host");
  }

  boolean isTls() {
    return scheme.equals("https");
  }

  boolean isSocketFile() {
    return scheme.equals("unix");
  }

  /// The address as it stands before a path in messages.
  String base() {
    return (isTls() ? "https://" : "http://") + authority;
  }
}
