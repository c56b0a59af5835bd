package coffer.cli;

import java.time.Duration;

/// How to reach a server.
///
/// @param timeout the longest wait for an answer
/// @param retries how often to ask again where the server can't answer for the moment
record Connection(
    Address address, Tls tls, Duration timeout, int retries, boolean refusesRedirects) {

  Http open() {
    return new Http(address, tls, timeout);
  }

  Connection at(Address other) {
    return new Connection(other, tls, timeout, retries, refusesRedirects);
  }
}
