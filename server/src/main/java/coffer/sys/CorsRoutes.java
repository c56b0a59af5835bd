package coffer.sys;

import static coffer.engine.Operation.DELETE;
import static coffer.engine.Operation.READ;
import static coffer.engine.Operation.UPDATE;

import coffer.engine.Call;
import coffer.engine.Param;
import coffer.engine.Refusal;
import coffer.engine.Refusal.Why;
import coffer.engine.Reply;
import coffer.engine.Route;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `sys/config/cors`: which pages of other origins may call.
public final class CorsRoutes {
  /// What may be sent in any case, as it is shown.
  private static final List<String> USUAL_HEADERS =
      List.of(
          "Content-Type",
          "Authorization",
          "X-Vault-Token",
          "X-Vault-MFA",
          "X-Vault-No-Request-Forwarding",
          "X-Vault-Wrap-Format",
          "X-Vault-Wrap-TTL",
          "X-Requested-With",
          "X-Vault-AWS-IAM-Server-ID",
          "X-Vault-Policy-Override");

  private static final String PATH = "config/cors";
  private static final String LOCK = "cors";
  private static final String ANY = "*";

  private static final Param<Boolean> ENABLE =
      Param.flag("enable", "Without effect: it is enabled by naming origins.");
  private static final Param<List<String>> ORIGINS =
      Param.strings("allowed_origins", "The origins; `*` alone for any.");
  private static final Param<List<String>> HEADERS =
      Param.strings("allowed_headers", "Headers that may be sent besides the usual ones.");
  private static final Param<Boolean> CREDENTIALS =
      Param.flag("allow_credentials", "Whether browsers may send what they keep for this server.");

  private final CrossOrigins origins;

  public CorsRoutes(CrossOrigins origins) {
    this.origins = origins;
  }

  public List<Route> routes() {
    return List.of(
        Route.of(READ, PATH, "Show which pages of other origins may call.", this::read).sudo(),
        Route.of(
                UPDATE,
                PATH,
                "Say which pages of other origins may call.",
                this::write,
                ENABLE,
                ORIGINS,
                HEADERS,
                CREDENTIALS)
            .sudo(),
        Route.of(DELETE, PATH, "Let no page of another origin call.", this::delete).sudo());
  }

  private Reply read(Call call) {
    CrossOrigins.Rules rules = origins.rules();
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("enabled", !rules.origins().isEmpty());
    if (!rules.origins().isEmpty()) {
      var headers = new ArrayList<>(USUAL_HEADERS);
      headers.addAll(rules.headers());
      data.put("allowed_origins", rules.origins());
      data.put("allowed_headers", headers);
      data.put("allow_credentials", rules.credentials());
    }
    return new Reply.Data(data);
  }

  private Reply write(Call call) {
    List<String> wanted = call.get(ORIGINS);
    if (wanted.isEmpty()) {
      throw refused("at least one origin or the wildcard must be provided");
    }
    if (wanted.size() > 1 && wanted.contains(ANY)) {
      throw refused("to allow all origins the '*' must be the only value for allowed_origins");
    }
    call.lock(LOCK);
    var rules = new CrossOrigins.Rules(wanted, call.get(HEADERS), call.get(CREDENTIALS));
    origins.put(Work.of(call), rules);
    return Reply.DONE;
  }

  private static Refusal refused(String message) {
    return new Refusal(Why.FAILED, Refusal.listed(message));
  }

  private Reply delete(Call call) {
    call.lock(LOCK);
    origins.remove(Work.of(call));
    return Reply.DONE;
  }
}
