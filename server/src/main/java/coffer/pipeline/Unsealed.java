package coffer.pipeline;

import coffer.engine.Refusal;
import coffer.engine.Refusal.Why;
import coffer.engine.Route;
import coffer.exchange.Answer;
import coffer.exchange.Request;
import java.util.function.BooleanSupplier;

/// Lets the routes through that are always open, straight to what they do: how the server is, and
/// its seal. Everything else is refused while it is sealed.
final class Unsealed implements Step {
  private final BooleanSupplier sealed;
  private final Perform perform;

  Unsealed(BooleanSupplier sealed, Perform perform) {
    this.sealed = sealed;
    this.perform = perform;
  }

  @Override
  public Answer take(Request request, Next next) {
    Route route = request.route();
    if (route != null && route.access() == Route.Access.ALWAYS) {
      return perform.always(request, route);
    }
    if (sealed.getAsBoolean()) {
      throw new Refusal(Why.SEALED, "Vault is sealed");
    }
    return next.take(request);
  }
}
