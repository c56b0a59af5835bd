package coffer.http;

import coffer.config.ForwardedFor;
import coffer.exchange.Connection;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/// Finds out who sent a request through proxies that say so in `X-Forwarded-For`.
final class Forwarded {
  private static final String HEADER = "X-Forwarded-For";

  private final Optional<ForwardedFor> rules;

  Forwarded(Optional<ForwardedFor> rules) {
    this.rules = rules;
  }

  Connection connection(Line line, Request request) {
    return rules.isEmpty() ? line.connection() : connection(rules.get(), line, request);
  }

  private static Connection connection(ForwardedFor rules, Line line, Request request) {
    List<String> headers = request.getHeaders().getValuesList(HEADER);
    if (headers.isEmpty()) {
      if (rules.rejectNotPresent()) {
        throw new TurnedAway(
            400, "missing x-forwarded-for header and configured to reject when not present");
      }
      return line.connection();
    }
    if (!isAuthorized(rules, line.address())) {
      if (rules.rejectNotAuthorized()) {
        throw new TurnedAway(
            400,
            "client address not authorized for x-forwarded-for and configured to reject"
                + " connection");
      }
      return line.connection();
    }
    return line.connection(Addresses.text(named(rules.hopSkips(), headers)));
  }

  private static boolean isAuthorized(ForwardedFor rules, @Nullable InetAddress address) {
    return address != null && rules.authorized().stream().anyMatch(r -> r.contains(address));
  }

  /// The chain is all headers in their order; whoever comes last is nearest.
  private static InetAddress named(int skips, List<String> headers) {
    List<String> chain = headers.stream().flatMap(Forwarded::hops).toList();
    if (skips >= chain.size()) {
      throw new TurnedAway(
          400,
          "malformed x-forwarded-for configuration or request, hops to skip (%d) would skip before"
                  .formatted(skips)
              + " earliest chain link (chain length %d)".formatted(chain.size()));
    }
    InetAddress named = Addresses.parse(chain.get(chain.size() - 1 - skips));
    if (named == null) {
      throw new TurnedAway(400, "malformed x-forwarded-for header: not an IP address");
    }
    return named;
  }

  private static Stream<String> hops(String header) {
    return Arrays.stream(header.split(",", -1));
  }
}
