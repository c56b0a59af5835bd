package coffer.audit;

import coffer.engine.Refusal;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Sends each line to the syslog of this machine, over the first of its sockets that answers:
/// datagrams where it takes them (on Linux), else a stream. Connects again once where that fails.
final class SyslogSink implements Sink {
  /// Where the socket of syslog may be.
  static final List<String> SOCKETS = List.of("/dev/log", "/var/run/syslog", "/var/run/log");

  private static final String FAILED = "Unix syslog delivery error";

  /// The severity of all lines.
  private static final int INFO = 6;

  private static final List<String> FACILITIES =
      List.of(
          "KERN",
          "USER",
          "MAIL",
          "DAEMON",
          "AUTH",
          "SYSLOG",
          "LPR",
          "NEWS",
          "UUCP",
          "CRON",
          "AUTHPRIV",
          "FTP",
          "NTP",
          "AUDIT",
          "ALERT",
          "CLOCK",
          "LOCAL0",
          "LOCAL1",
          "LOCAL2",
          "LOCAL3",
          "LOCAL4",
          "LOCAL5",
          "LOCAL6",
          "LOCAL7");

  private static final List<String> NOT_BY_NAME = List.of("NTP", "AUDIT", "ALERT", "CLOCK");

  private final int priority;
  private final String tag;
  private final List<String> sockets;
  private final Duration timeout;
  private final InstantSource time;
  private final DateTimeFormatter stamp =
      DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());
  private @Nullable UnixDatagrams datagrams;
  private @Nullable SocketChannel stream;

  private SyslogSink(
      int priority, String tag, List<String> sockets, Duration timeout, InstantSource time) {
    this.priority = priority;
    this.tag = tag;
    this.sockets = sockets;
    this.timeout = timeout;
    this.time = time;
  }

  /// Reads the options `facility` and `tag`.
  static Sink of(
      Map<String, String> options, List<String> sockets, Duration timeout, InstantSource time) {
    String facility = options.getOrDefault("facility", "AUTH");
    int number = FACILITIES.indexOf(facility.toUpperCase(Locale.ROOT));
    if (number < 0 || NOT_BY_NAME.contains(FACILITIES.get(number))) {
      throw Refusal.bad("invalid syslog facility: " + facility);
    }
    String tag = options.getOrDefault("tag", "vault");
    return new SyslogSink(number << 3 | INFO, tag, sockets, timeout, time);
  }

  @Override
  public int lines() {
    return 1;
  }

  @Override
  public String opensFirst() {
    return "";
  }

  @Override
  public void write(ByteBuffer text) throws IOException {
    if (!text.hasRemaining()) {
      connect();
      return;
    }
    ByteBuffer message = message(text);
    try {
      send(message);
    } catch (IOException e) {
      close();
      message.rewind();
      send(message);
    }
  }

  private ByteBuffer message(ByteBuffer text) {
    byte[] head =
        "<%d>%s %s[%d]: "
            .formatted(priority, stamp.format(time.instant()), tag, ProcessHandle.current().pid())
            .getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(head.length + text.remaining()).put(head).put(text).flip();
  }

  private void send(ByteBuffer message) throws IOException {
    connect();
    if (datagrams != null) {
      datagrams.send(message);
    } else if (stream != null) {
      while (message.hasRemaining()) {
        stream.write(message);
      }
    }
  }

  private void connect() throws IOException {
    for (String path : sockets) {
      if (datagrams == null && stream == null) {
        connect(path);
      }
    }
    if (datagrams == null && stream == null) {
      throw new IOException(FAILED);
    }
  }

  private void connect(String path) {
    if (UnixDatagrams.isSupported()) {
      try {
        datagrams = UnixDatagrams.connect(path, timeout);
        return;
      } catch (IOException e) {
        // It may be a stream, or none.
      }
    }
    try {
      SocketChannel made = SocketChannel.open(StandardProtocolFamily.UNIX);
      try {
        made.connect(UnixDomainSocketAddress.of(path));
        stream = made;
      } catch (IOException e) {
        made.close();
      }
    } catch (IOException e) {
      // The next path may do.
    }
  }

  @Override
  public void close() {
    if (datagrams != null) {
      datagrams.close();
      datagrams = null;
    }
    if (stream != null) {
      try {
        stream.close();
      } catch (IOException e) {
        // There is nothing left to be lost.
      }
      stream = null;
    }
  }
}
