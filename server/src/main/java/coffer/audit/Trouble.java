package coffer.audit;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Locale;

/// Says in the peers' words why a server could not be reached.
final class Trouble {
  private Trouble() {}

  /// @param address with its network, as in `tcp 127.0.0.1:9090`
  static String reaching(String address, Exception trouble) {
    return "dial " + address + ": " + why(trouble);
  }

  private static String why(Exception trouble) {
    return switch (trouble) {
      case SocketTimeoutException late -> "i/o timeout";
      case HttpTimeoutException late -> "i/o timeout";
      case UnresolvedAddressException unknown -> "no such host";
      case UnknownHostException unknown -> "no such host";
      case ConnectException refused -> "connect: " + words(refused, "connection refused");
      case ClosedChannelException closed -> "i/o timeout";
      case IOException other -> "connect: " + words(other, "failed");
      default -> words(trouble, "failed");
    };
  }

  /// The message of an exception as a part of a sentence.
  static String words(Exception trouble, String otherwise) {
    String message = trouble.getMessage();
    return message == null ? otherwise : message.toLowerCase(Locale.ROOT);
  }
}
