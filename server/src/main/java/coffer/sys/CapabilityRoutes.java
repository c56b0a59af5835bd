package coffer.sys;

import static coffer.engine.Operation.UPDATE;

import coffer.engine.Call;
import coffer.engine.Param;
import coffer.engine.Refusal;
import coffer.engine.Refusal.Why;
import coffer.engine.Reply;
import coffer.engine.Route;
import coffer.identity.Powers;
import coffer.policy.Acl;
import coffer.token.Token;
import coffer.token.TokenStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `sys/capabilities`: what a token may do at some paths.
public final class CapabilityRoutes {
  private static final int MAX_PATHS = 10_000;

  private static final Param<List<String>> PATHS = Param.strings("paths", "The paths.");
  private static final Param<List<String>> PATH = Param.strings("path", "The early name of paths.");
  private static final Param<String> TOKEN = Param.string("token", "Whose capabilities.");
  private static final Param<String> ACCESSOR =
      Param.string("accessor", "The accessor of the token whose capabilities.");

  private final TokenStore tokens;
  private final Powers powers;

  public CapabilityRoutes(TokenStore tokens, Powers powers) {
    this.tokens = tokens;
    this.powers = powers;
  }

  public List<Route> routes() {
    return List.of(
        Route.of(UPDATE, "capabilities", "What a token may do.", this::ofToken, PATHS, PATH, TOKEN),
        Route.of(
            UPDATE,
            "capabilities-self",
            "What the caller's token may do.",
            this::ofCaller,
            PATHS,
            PATH,
            TOKEN),
        Route.of(
            UPDATE,
            "capabilities-accessor",
            "What the token of an accessor may do.",
            this::ofAccessor,
            PATHS,
            PATH,
            ACCESSOR));
  }

  private Reply ofToken(Call call) {
    String id = call.get(TOKEN);
    if (id.isEmpty()) {
      throw new Refusal(Why.FAILED, Refusal.listed("no token found"));
    }
    Token token = tokens.find(id);
    if (token == null) {
      throw Refusal.bad(Refusal.listed("invalid token"));
    }
    return shown(call, token);
  }

  private Reply ofCaller(Call call) {
    Token token = tokens.of(call.caller());
    if (token == null) {
      throw Refusal.denied();
    }
    return shown(call, token);
  }

  private Reply ofAccessor(Call call) {
    String accessor = call.get(ACCESSOR);
    if (accessor.isEmpty()) {
      throw Refusal.bad("missing accessor");
    }
    Token token = tokens.byAccessor(accessor);
    if (token == null) {
      throw Refusal.bad(Refusal.listed("invalid accessor"));
    }
    return shown(call, token);
  }

  private Reply shown(Call call, Token token) {
    var paths = new ArrayList<>(call.get(PATHS));
    paths.addAll(call.get(PATH));
    if (paths.isEmpty()) {
      throw Refusal.bad("paths must be supplied");
    }
    if (paths.size() > MAX_PATHS) {
      throw Refusal.bad("more than " + MAX_PATHS + " paths");
    }
    Acl acl = powers.of(token);
    if (acl == null) {
      throw Refusal.bad(Refusal.listed("invalid token"));
    }
    Map<String, @Nullable Object> data = new LinkedHashMap<>();
    for (String path : paths) {
      data.put(path, acl.capabilities(path));
    }
    if (paths.size() == 1) {
      data.put("capabilities", data.get(paths.getFirst()));
    }
    return new Reply.Data(data);
  }
}
