package coffer.cli;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How to reach a server.
///
/// @param timeout the longest wait for an answer
/// @param retries how often to ask again where the server can't answer for the moment
/// @param pause how long to wait before that, the longer the more often
record Connection(
    Address address,
    @Nullable Proxy proxy,
    Tls tls,
    Duration timeout,
    int retries,
    Duration pause,
    boolean refusesRedirects) {

  Http open() {
    return new Http(address, proxy, tls, timeout);
  }

  Connection at(Address other) {
    return new Connection(other, proxy, tls, timeout, retries, pause, refusesRedirects);
  }
}
