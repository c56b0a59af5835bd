package coffer.pipeline;

import coffer.config.HttpConfig;
import coffer.engine.Refusal;
import coffer.engine.Refusal.Why;
import coffer.engine.Route;
import coffer.exchange.Answer;
import coffer.exchange.Request;
import java.util.function.BooleanSupplier;

/// Lets the routes through that are always open, straight to what they do: how the server is, its
/// seal, and what the listener opens to anybody. Everything else is refused while it is sealed.
final class Unsealed implements Step {
  private static final String METRICS = "sys/metrics";
  private static final String IN_FLIGHT = "sys/in-flight-req";

  private final BooleanSupplier sealed;
  private final Perform perform;

  Unsealed(BooleanSupplier sealed, Perform perform) {
    this.sealed = sealed;
    this.perform = perform;
  }

  @Override
  public Answer take(Request request, Next next) {
    if (!isOffered(request)) {
      throw new Refusal(Why.UNSUPPORTED);
    }
    Route route = request.route();
    if (route != null && (route.access() == Route.Access.ALWAYS || isOpened(request))) {
      return perform.always(request, route);
    }
    if (sealed.getAsBoolean()) {
      if (request.path().equals("sys/seal") && request.operation().writes()) {
        return Answer.NOTHING;
      }
      throw new Refusal(Why.SEALED, "Vault is sealed");
    }
    return next.take(request);
  }

  /// Whether the listener offers what needs nothing but shares of the key.
  private static boolean isOffered(Request request) {
    HttpConfig listener = request.connection().listener();
    return (listener.unauthenticatedRekey() || !below(request, "sys/rekey"))
        && (listener.unauthenticatedGenerateRoot() || !below(request, "sys/generate-root"));
  }

  private static boolean below(Request request, String path) {
    return request.path().startsWith(path + "/") || request.path().startsWith(path + "-recovery");
  }

  /// Whether the listener opens it to anybody.
  private static boolean isOpened(Request request) {
    HttpConfig listener = request.connection().listener();
    return (listener.metrics().unauthenticated() && request.path().equals(METRICS))
        || (listener.unauthenticatedInFlight() && request.path().equals(IN_FLIGHT));
  }
}
