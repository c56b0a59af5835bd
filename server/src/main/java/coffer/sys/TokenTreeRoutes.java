package coffer.sys;

import static coffer.engine.Operation.READ;

import coffer.engine.Call;
import coffer.engine.Kind;
import coffer.engine.Param;
import coffer.engine.Refusal;
import coffer.engine.Reply;
import coffer.engine.Route;
import coffer.lease.Leases;
import coffer.token.Token;
import coffer.token.TokenStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `sys/tokens/tree`: who made whom, and what each token holds. Without a filter, the tokens that
/// have no parent, each with all below it; with one, every token that passes it, with the number of
/// its children. A page at a time, and never more than a bound of tokens.
public final class TokenTreeRoutes {
  private static final int PAGE = 500;
  private static final long MAX_DEPTH = 100;
  private static final long MAX_TOKENS = 10_000;

  /// How many tokens one request looks at, whether or not it shows them.
  private static final int MAX_SEEN = 200_000;

  /// How many children and leases of one token are counted.
  private static final int MAX_COUNTED = 100_000;

  private static final Param<String> ACCESSOR =
      Param.string("accessor", "Show the tree below this token; all trees if left out.");
  private static final Param<Long> DEPTH =
      Param.field("depth", Kind.INTEGER, "How many generations are shown: 1 to 100.", 10L);
  private static final Param<Long> LIMIT =
      Param.field("limit", Kind.INTEGER, "How many tokens are shown: 1 to 10,000.", 1_000L);
  private static final Param<String> AFTER =
      Param.string("after", "Where the last page ended, as it said in \"next\".");
  private final TokenStore tokens;
  private final Leases leases;

  public TokenTreeRoutes(TokenStore tokens, Leases leases) {
    this.tokens = tokens;
    this.leases = leases;
  }

  public List<Route> routes() {
    return List.of(
        Route.of(
                READ,
                "tokens/tree",
                "Show who made whom.",
                this::tree,
                TokenFilter.with(ACCESSOR, DEPTH, LIMIT, AFTER))
            .sudo());
  }

  private Reply tree(Call call) {
    var drawing = new Drawing(call.now(), bounded(call, LIMIT, MAX_TOKENS));
    long depth = bounded(call, DEPTH, MAX_DEPTH);
    String accessor = call.get(ACCESSOR);
    if (accessor.isEmpty()) {
      return new Reply.Data(page(call, drawing, depth));
    }
    Token root = tokens.byAccessor(accessor);
    if (root == null) {
      throw Refusal.bad(Refusal.listed("invalid accessor"));
    }
    return new Reply.Data(Map.of("tokens", List.of(drawing.node(root, depth)), "next", ""));
  }

  private static long bounded(Call call, Param<Long> param, long most) {
    long value = call.get(param);
    if (value < 1 || value > most) {
      throw Refusal.bad(param.name() + " must be between 1 and " + most);
    }
    return value;
  }

  private Map<String, Object> page(Call call, Drawing drawing, long depth) {
    TokenFilter filter = TokenFilter.of(call);
    var shown = new ArrayList<Map<String, @Nullable Object>>();
    String after = call.get(AFTER);
    int seen = 0;
    while (seen < MAX_SEEN) {
      List<Token> page = tokens.page(after, PAGE);
      for (Token token : page) {
        after = token.key();
        seen++;
        boolean wanted = filter.isEmpty() ? token.orphan() : filter.passes(token, call.now());
        if (wanted && tokens.byKey(token.key()) != null) {
          shown.add(drawing.node(token, filter.isEmpty() ? depth : 1));
          if (drawing.isFull()) {
            return Map.of("tokens", shown, "next", after);
          }
        }
      }
      if (page.size() < PAGE) {
        return Map.of("tokens", shown, "next", "");
      }
    }
    return Map.of("tokens", shown, "next", after);
  }

  /// One answer, which has room for so many tokens.
  private final class Drawing {
    private final Instant now;
    private long room;

    Drawing(Instant now, long room) {
      this.now = now;
      this.room = room;
    }

    boolean isFull() {
      return room <= 0;
    }

    Map<String, @Nullable Object> node(Token token, long depth) {
      room--;
      Map<String, @Nullable Object> node = new LinkedHashMap<>();
      node.put("accessor", token.accessor());
      node.put("display_name", token.displayName());
      node.put("path", token.path());
      node.put("policies", token.policies());
      node.put("entity_id", token.entity());
      node.put("type", token.type());
      node.put("creation_time", token.created());
      node.put("expire_time", token.expires());
      node.put("ttl", token.expires() == null ? Duration.ZERO : token.ttl(now));
      node.put("num_uses", token.uses());
      node.put("leases", leases.countByMount(token.key(), MAX_COUNTED));
      List<String> children = tokens.children(token.key(), "", MAX_COUNTED);
      node.put("child_count", (long) children.size());
      node.put("children", depth > 1 ? nodes(children, depth - 1) : List.of());
      return node;
    }

    private List<Map<String, @Nullable Object>> nodes(List<String> keys, long depth) {
      var nodes = new ArrayList<Map<String, @Nullable Object>>();
      for (String key : keys) {
        Token child = isFull() ? null : tokens.byKey(key);
        if (child != null) {
          nodes.add(node(child, depth));
        }
      }
      return nodes;
    }
  }
}
