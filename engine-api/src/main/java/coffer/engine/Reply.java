package coffer.engine;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/// What an engine answers. It never makes a token or a lease: it says that one is due.
public sealed interface Reply {
  /// Done, and nothing to say: 204.
  Reply DONE = new Done();

  /// Done, and nothing to say.
  record Done() implements Reply {}

  /// Begun, and going on behind the answer: 202.
  record Accepted() implements Reply {}

  /// Data without a lease.
  ///
  /// @param refresh after how long it should be read again, told as a lease's duration with no
  ///   lease; zero where nothing is said, and below zero where a writer of the data said so
  record Data(Map<String, ?> data, Duration refresh) implements Reply {
    public Data(Map<String, ?> data) {
      this(data, Duration.ZERO);
    }

    @Override
    public String toString() {
      return "Data" + data.keySet();
    }
  }

  /// 404, with what is known of the thing all the same (a deleted version, say).
  record Missing(Map<String, ?> data) implements Reply {
    @Override
    public String toString() {
      return "Missing" + data.keySet();
    }
  }

  /// A list of names, with what is known of each; an empty list is answered with 404, as the peers
  /// do.
  record Keys(List<String> keys, Map<String, ?> info) implements Reply {
    public Keys(List<String> keys) {
      this(keys, Map.of());
    }
  }

  /// Data that lasts as long as its lease.
  record Lend(Map<String, ?> data, Lent lent) implements Reply {
    @Override
    public String toString() {
      return "Lend" + data.keySet();
    }
  }

  /// Somebody who may have a token.
  record Welcome(Login login) implements Reply {}

  /// A token that is to be renewed. Only the token method says so.
  ///
  /// @param token the key of the token
  /// @param id its id, if the caller named it by that: the answer repeats it
  record RenewToken(String token, String id, Duration increment) implements Reply {
    @Override
    public String toString() {
      return "RenewToken[" + increment + "]";
    }
  }

  /// A lease that is to be renewed. Only the system engine says so.
  record RenewLease(String lease, Duration increment) implements Reply {}

  /// An answer that is not wrapped in the usual envelope.
  record Raw(int status, String contentType, byte[] body) implements Reply {}
}
