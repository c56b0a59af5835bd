package coffer.sys;

import static coffer.engine.Operation.READ;

import coffer.engine.Call;
import coffer.engine.Refusal;
import coffer.engine.Refusal.Why;
import coffer.engine.Reply;
import coffer.engine.Route;
import coffer.token.TokenStore;
import java.util.List;
import java.util.Map;

/// `sys/internal/counters`: how much there is of some things.
public final class CounterRoutes {
  private final TokenStore tokens;

  public CounterRoutes(TokenStore tokens) {
    this.tokens = tokens;
  }

  public List<Route> routes() {
    return List.of(
        Route.of(READ, "internal/counters/tokens", "Count the tokens.", this::tokens),
        Route.of(READ, "internal/counters/entities", "Count the entities.", this::entities),
        Route.of(
            READ, "internal/counters/requests", "Say that nobody counts requests.", this::gone));
  }

  private Reply tokens(Call call) {
    return counted("service_tokens", tokens.count());
  }

  private Reply entities(Call call) {
    return counted("entities", 0);
  }

  private static Reply counted(String name, long total) {
    return new Reply.Data(Map.of("counters", Map.of(name, Map.of("total", total))));
  }

  private Reply gone(Call call) {
    throw new Refusal(Why.ABSENT, "The functionality has been removed on this path");
  }
}
