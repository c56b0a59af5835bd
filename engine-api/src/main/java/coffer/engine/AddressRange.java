package coffer.engine;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A range of IP addresses: `10.0.0.0/8`, `::1`, `127.0.0.1` (a port after it is ignored).
///
/// @param bits how many bits from the left must agree
public record AddressRange(InetAddress base, int bits) {
  private static final Pattern IPV4 =
      Pattern.compile("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");

  public static AddressRange parse(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? withoutPort(text) : text.substring(0, slash);
    InetAddress base = literal(text, address);
    int most = base.getAddress().length * Byte.SIZE;
    if (slash < 0) {
      return new AddressRange(base, most);
    }
    String bits = text.substring(slash + 1);
    if (!bits.matches("[0-9]{1,3}") || Integer.parseInt(bits) > most) {
      throw unreadable(text);
    }
    return new AddressRange(base, Integer.parseInt(bits));
  }

  private static String withoutPort(String text) {
    if (text.startsWith("[") && text.contains("]")) {
      return text.substring(1, text.indexOf(']'));
    }
    boolean oneColon = text.indexOf(':') == text.lastIndexOf(':') && text.contains(":");
    return oneColon ? text.substring(0, text.indexOf(':')) : text;
  }

  /// IPv4 in its four numbers only: what else was once understood by it could be anything.
  private static InetAddress literal(String text, String address) {
    if (address.indexOf(':') < 0 && !IPV4.matcher(address).matches()) {
      throw unreadable(text);
    }
    try {
      return InetAddress.ofLiteral(address);
    } catch (IllegalArgumentException e) {
      throw unreadable(text);
    }
  }

  private static IllegalArgumentException unreadable(String text) {
    return new IllegalArgumentException("\"" + text + "\" is no IP address or range");
  }

  /// Whether the address is in the range; an IPv4 address in IPv6 form counts as IPv4.
  public boolean contains(InetAddress address) {
    byte[] ours = plain(base.getAddress());
    byte[] theirs = plain(address.getAddress());
    if (ours.length != theirs.length) {
      return false;
    }
    int whole = bits / Byte.SIZE;
    if (!Arrays.equals(ours, 0, whole, theirs, 0, whole)) {
      return false;
    }
    int rest = bits % Byte.SIZE;
    int mask = rest == 0 ? 0 : 0xff << (Byte.SIZE - rest);
    return rest == 0 || ((ours[whole] ^ theirs[whole]) & mask & 0xff) == 0;
  }

  /// Whether an address is in one of some ranges; any is, and none at all, where there are no
  /// ranges.
  public static boolean admit(List<AddressRange> ranges, String address) {
    if (ranges.isEmpty()) {
      return true;
    }
    InetAddress parsed;
    try {
      parsed = InetAddress.ofLiteral(address);
    } catch (IllegalArgumentException e) {
      return false;
    }
    for (AddressRange range : ranges) {
      if (range.contains(parsed)) {
        return true;
      }
    }
    return false;
  }

  private static byte[] plain(byte[] address) {
    try {
      return InetAddress.getByAddress(address).getAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /// The shortest spelling (RFC 5952 for IPv6), without the bits where they are all of them:
  /// `10.0.0.0/8`, `127.0.0.1`, `2001:db8::1`.
  @Override
  public String toString() {
    byte[] address = base.getAddress();
    String text = address.length == 16 ? shortest(address) : base.getHostAddress();
    return bits == address.length * Byte.SIZE ? text : text + "/" + bits;
  }

  private static String shortest(byte[] address) {
    var bytes = ByteBuffer.wrap(address);
    int[] groups =
        IntStream.range(0, 8).map(i -> Short.toUnsignedInt(bytes.getShort(2 * i))).toArray();
    int start = 0;
    int length = 1;
    for (int i = 0; i < groups.length; i++) {
      int zeros = zeros(groups, i);
      if (zeros > length) {
        start = i;
        length = zeros;
      }
    }
    return length == 1
        ? joined(groups, 0, groups.length)
        : joined(groups, 0, start) + "::" + joined(groups, start + length, groups.length);
  }

  private static int zeros(int[] groups, int from) {
    int to = from;
    while (to < groups.length && groups[to] == 0) {
      to++;
    }
    return to - from;
  }

  private static String joined(int[] groups, int from, int to) {
    return Arrays.stream(groups, from, to)
        .mapToObj(Integer::toHexString)
        .collect(Collectors.joining(":"));
  }
}
