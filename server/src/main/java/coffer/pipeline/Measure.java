package coffer.pipeline;

import coffer.engine.Route;
import coffer.exchange.Answer;
import coffer.exchange.Request;
import org.jspecify.annotations.Nullable;

/// Measures how long a request takes from end to end, and keeps it among those in flight meanwhile.
/// What is always open isn't measured: it is asked for all the time, and never slow.
final class Measure implements Step {
  private final Meters meters;
  private final InFlight inFlight;

  Measure(Meters meters, InFlight inFlight) {
    this.meters = meters;
    this.inFlight = inFlight;
  }

  @Override
  public Answer take(Request request, Next next) {
    long start = System.nanoTime();
    int place = inFlight.enter(request, start);
    try {
      return next.take(request);
    } finally {
      inFlight.leave(place);
      record(request.route(), start);
    }
  }

  private void record(@Nullable Route route, long start) {
    Route.Access access = route == null ? Route.Access.POLICY : route.access();
    switch (access) {
      case POLICY, SUDO -> meters.request().since(start);
      case OPEN -> meters.login().since(start);
      case ALWAYS -> {}
    }
  }
}
