package coffer.audit;

import coffer.engine.Durations;
import coffer.engine.Refusal;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes to a server over TCP, UDP or a Unix stream socket, and connects again once where that
/// fails. What the operating system has taken counts as written.
final class SocketSink implements Sink {
  private static final int MAX_LINES = 1_024;
  private static final int SLICE = 64 * 1024;

  private final String network;
  private final String address;
  private final Duration timeout;
  private @Nullable WritableByteChannel connected;
  private volatile @Nullable Channel open;
  private volatile boolean late;

  private SocketSink(String network, String address, Duration timeout) {
    this.network = network;
    this.address = address;
    this.timeout = timeout;
  }

  /// Reads the options `address` and `socket_type`.
  static Sink of(Map<String, String> options, Duration timeout) {
    String address = options.get("address");
    if (address == null) {
      throw Refusal.bad("address is required");
    }
    return new SocketSink(options.getOrDefault("socket_type", "tcp"), address, timeout);
  }

  /// How long a write may take: the option `write_timeout`.
  static Duration timeout(Map<String, String> options) {
    try {
      Duration timeout = Durations.parse(options.getOrDefault("write_timeout", "2s"));
      if (!timeout.isPositive()) {
        throw Refusal.bad("write_timeout must be positive");
      }
      return timeout;
    } catch (IllegalArgumentException e) {
      throw Refusal.bad(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public int lines() {
    return network.equals("udp") ? 1 : MAX_LINES;
  }

  @Override
  public void write(ByteBuffer text) throws IOException {
    int start = text.position();
    int end = text.limit();
    late = false;
    try {
      send(text, end);
    } catch (IOException first) {
      close();
      if (late) {
        throw first;
      }
      text.limit(end).position(start);
      again(text, end, first);
    }
  }

  private void again(ByteBuffer text, int end, IOException first) throws IOException {
    try {
      send(text, end);
    } catch (IOException second) {
      close();
      second.addSuppressed(first);
      throw new IOException(
          "2 errors occurred:\n\t* " + first.getMessage() + "\n\t* " + second.getMessage() + "\n\n",
          second);
    }
  }

  private void send(ByteBuffer text, int end) throws IOException {
    WritableByteChannel to = connected == null ? connect() : connected;
    connected = to;
    try {
      while (text.position() < end) {
        if (lines() > 1) {
          text.limit(Math.min(end, text.position() + SLICE));
        }
        to.write(text);
      }
    } catch (ClosedChannelException e) {
      throw new IOException("write " + network + " " + address + ": i/o timeout", e);
    } catch (IOException e) {
      throw new IOException(
          "write " + network + " " + address + ": " + Trouble.words(e, "failed"), e);
    }
  }

  private WritableByteChannel connect() throws IOException {
    try {
      return switch (network) {
        case "tcp" -> stream(SocketChannel.open(), internet());
        case "unix" ->
            stream(
                SocketChannel.open(StandardProtocolFamily.UNIX),
                UnixDomainSocketAddress.of(address));
        case "udp" -> datagrams();
        default -> throw new IOException("dial " + network + ": unknown network " + network);
      };
    } catch (UnresolvedAddressException e) {
      throw new IOException(Trouble.reaching(network + " " + address, e), e);
    }
  }

  private SocketChannel stream(SocketChannel made, SocketAddress to) throws IOException {
    open = made;
    try {
      if (to instanceof InetSocketAddress internet) {
        made.socket().connect(internet, (int) Math.min(Integer.MAX_VALUE, timeout.toMillis()));
      } else {
        made.connect(to);
      }
      return made;
    } catch (IOException e) {
      made.close();
      throw new IOException(Trouble.reaching(network + " " + address, e), e);
    }
  }

  private DatagramChannel datagrams() throws IOException {
    InetSocketAddress to = internet();
    DatagramChannel made = DatagramChannel.open();
    open = made;
    return made.connect(to);
  }

  private InetSocketAddress internet() throws IOException {
    int colon = address.lastIndexOf(':');
    if (colon < 0) {
      throw new IOException(
          "dial " + network + ": address " + address + ": missing port in address");
    }
    String host = address.substring(0, colon);
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    try {
      return new InetSocketAddress(
          bracketed ? host.substring(1, host.length() - 1) : host,
          Integer.parseInt(address.substring(colon + 1)));
    } catch (IllegalArgumentException e) {
      throw new IOException("dial " + network + ": address " + address + ": invalid port", e);
    }
  }

  @Override
  public void cutOff() {
    late = true;
    close(open);
  }

  @Override
  public void abandon() {
    close(open);
  }

  @Override
  public void close() {
    connected = null;
    close(open);
  }

  private static void close(@Nullable Channel channel) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        // There is nothing left to be lost.
      }
    }
  }
}
