package coffer.http;

import coffer.exchange.Answer;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;

/// Lets pages of other origins in, or not. Thread-safe.
final class Crossing {
  private final Cors own;
  private final Supplier<Cors> shared;

  /// @param own what the listener says for itself
  /// @param shared what counts for all listeners that say nothing
  Crossing(Cors own, Supplier<Cors> shared) {
    this.own = own;
    this.shared = shared;
  }

  /// The answer to a browser that only asks beforehand; else nothing, and the headers that let the
  /// page see the answer are set.
  Optional<Answer> check(Request request, Response response) {
    String origin = request.getHeaders().get(HttpHeader.ORIGIN);
    Cors cors = own.isOn() ? own : shared.get();
    if (origin == null || !cors.isOn()) {
      return Optional.empty();
    }
    if (!cors.allows(origin)) {
      throw new TurnedAway(403, "origin not allowed");
    }
    String method = request.getHeaders().get(HttpHeader.ACCESS_CONTROL_REQUEST_METHOD);
    boolean asks = request.getMethod().equals("OPTIONS") && method != null;
    if (asks && !Cors.knows(method)) {
      throw new TurnedAway(Answer.raw(405, "", new byte[0]), false);
    }
    HttpFields.Mutable headers = response.getHeaders();
    headers.put(HttpHeader.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    headers.put(HttpHeader.VARY, "Origin");
    if (cors.credentials()) {
      headers.put(HttpHeader.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
    }
    return asks ? Optional.of(preflight(cors, headers)) : Optional.empty();
  }

  private static Answer preflight(Cors cors, HttpFields.Mutable headers) {
    headers.put(HttpHeader.ACCESS_CONTROL_ALLOW_METHODS, Cors.methods());
    headers.put(HttpHeader.ACCESS_CONTROL_ALLOW_HEADERS, cors.allHeaders());
    headers.put(HttpHeader.ACCESS_CONTROL_MAX_AGE, "300");
    return Answer.raw(200, "", new byte[0]);
  }
}
