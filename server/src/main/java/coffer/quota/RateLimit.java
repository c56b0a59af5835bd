package coffer.quota;

import java.math.BigDecimal;
import java.time.Duration;

/// How many requests an address may make in a time.
///
/// @param path what it is for: empty for everything, a mount with a `/` at its end, a path, or the
///   beginning of paths with a `*` at its end
/// @param rate how many requests in an interval; a fraction of one counts for none
/// @param block for how long an address is turned away that asked for more; zero until the interval
///   is over
/// @param inheritable kept for namespaces
public record RateLimit(
    String name,
    String path,
    BigDecimal rate,
    Duration interval,
    Duration block,
    boolean inheritable) {

  /// How many requests there may be in one interval.
  long most() {
    return rate.longValue();
  }

  /// Whether a request to this path is counted.
  boolean covers(String request) {
    if (path.isEmpty() || path.equals(request)) {
      return true;
    }
    if (path.endsWith("*")) {
      return request.startsWith(path.substring(0, path.length() - 1));
    }
    return path.endsWith("/") && request.startsWith(path);
  }
}
