package coffer.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// IP addresses as texts. Stateless.
final class Addresses {
  /// Without it, `1.2.3` would be an address too.
  private static final Pattern FOUR_NUMBERS = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");

  private Addresses() {}

  /// The usual text: IPv6 in its short form and without a zone.
  static String text(InetAddress address) {
    return address instanceof Inet6Address six
        ? shorten(six.getAddress())
        : address.getHostAddress();
  }

  /// RFC 5952: no leading zeros, the longest run of zeros as `::`.
  private static String shorten(byte[] bytes) {
    int[] groups = new int[8];
    for (int i = 0; i < groups.length; i++) {
      groups[i] = (bytes[2 * i] & 0xff) << 8 | (bytes[2 * i + 1] & 0xff);
    }
    int from = 0;
    int most = 1;
    for (int i = 0; i < groups.length; i++) {
      int run = zeros(groups, i);
      if (run > most) {
        from = i;
        most = run;
      }
    }
    return most == 1
        ? join(groups, 0, 8)
        : join(groups, 0, from) + "::" + join(groups, from + most, 8);
  }

  private static int zeros(int[] groups, int from) {
    int i = from;
    while (i < groups.length && groups[i] == 0) {
      i++;
    }
    return i - from;
  }

  private static String join(int[] groups, int from, int to) {
    var out = new StringBuilder();
    for (int i = from; i < to; i++) {
      out.append(i == from ? "" : ":").append(Integer.toHexString(groups[i]));
    }
    return out.toString();
  }

  /// Reads an address as proxies write it: maybe with a port, in brackets, or with a zone. Null
  /// where it is none.
  static @Nullable InetAddress parse(String text) {
    String bare = bare(text.strip());
    if (bare.indexOf(':') < 0 && !FOUR_NUMBERS.matcher(bare).matches()) {
      return null;
    }
    try {
      return InetAddress.ofLiteral(bare);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static String bare(String text) {
    int bracket = text.indexOf(']');
    if (text.startsWith("[") && bracket > 0) {
      return text.substring(1, bracket);
    }
    int colon = text.indexOf(':');
    if (colon >= 0 && colon == text.lastIndexOf(':')) {
      return text.substring(0, colon);
    }
    int zone = text.indexOf('%');
    return zone < 0 ? text : text.substring(0, zone);
  }
}
