package coffer.sys;

import static coffer.engine.Operation.UPDATE;

import coffer.engine.Call;
import coffer.engine.Param;
import coffer.engine.Refusal;
import coffer.engine.Reply;
import coffer.engine.Route;
import coffer.lease.Leases;
import coffer.token.Token;
import coffer.token.TokenStore;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// `sys/tokens/cascade`: what would die with a token, counted before it is revoked.
public final class CascadeRoutes {
  private static final int PAGE = 1_000;

  /// How many tokens are counted at most; where there are more, the answer says so.
  private static final long MAX_TOKENS = 1_000_000;

  private static final Param<String> TOKEN = Param.string("token", "The token.");
  private static final Param<String> ACCESSOR =
      Param.string("accessor", "The accessor of the token, in place of the token.");

  private final TokenStore tokens;
  private final Leases leases;

  public CascadeRoutes(TokenStore tokens, Leases leases) {
    this.tokens = tokens;
    this.leases = leases;
  }

  public List<Route> routes() {
    return List.of(
        Route.of(
                UPDATE,
                "tokens/cascade",
                "Count what would die with a token.",
                this::cascade,
                TOKEN,
                ACCESSOR)
            .sudo());
  }

  private Reply cascade(Call call) {
    Token root = root(call);
    if (root == null) {
      throw Refusal.bad(Refusal.listed("invalid accessor"));
    }
    Map<String, Long> held = new TreeMap<>();
    Deque<String> left = new ArrayDeque<>(List.of(root.key()));
    long count = 0;
    while (!left.isEmpty() && count < MAX_TOKENS) {
      String key = left.pop();
      count++;
      leases
          .countByMount(key, Integer.MAX_VALUE)
          .forEach((mount, more) -> held.merge(mount, more, Long::sum));
      children(key, left);
    }
    return new Reply.Data(
        Map.of(
            "tokens",
            count,
            "leases",
            held,
            "lease_count",
            held.values().stream().mapToLong(Long::longValue).sum(),
            "complete",
            left.isEmpty()));
  }

  private @Nullable Token root(Call call) {
    String accessor = call.get(ACCESSOR);
    if (!accessor.isEmpty()) {
      return tokens.byAccessor(accessor);
    }
    String id = call.get(TOKEN);
    if (id.isEmpty()) {
      throw Refusal.bad("token or accessor must be given");
    }
    Token token = tokens.find(id);
    if (token == null) {
      throw new Refusal(Refusal.Why.DENIED, "bad token");
    }
    return token;
  }

  private void children(String key, Deque<String> into) {
    if (tokens.sparesChildren(key)) {
      return;
    }
    String after = "";
    while (true) {
      List<String> page = tokens.children(key, after, PAGE);
      page.forEach(into::push);
      if (page.size() < PAGE) {
        return;
      }
      after = page.getLast();
    }
  }
}
