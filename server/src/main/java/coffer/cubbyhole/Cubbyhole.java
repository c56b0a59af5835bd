package coffer.cubbyhole;

import static coffer.engine.Operation.DELETE;
import static coffer.engine.Operation.LIST;
import static coffer.engine.Operation.READ;
import static coffer.engine.Operation.UPDATE;

import coffer.engine.Call;
import coffer.engine.Engine;
import coffer.engine.Param;
import coffer.engine.Refusal;
import coffer.engine.Reply;
import coffer.engine.Route;
import coffer.policy.Policy;
import java.util.List;
import java.util.Map;

/// Key/value secrets that only one token sees. Everything of a token begins with its key, so that
/// it can be taken away at once.
public final class Cubbyhole implements Engine {
  static final Param<String> PATH = Param.path("path", "Where the secret is.");
  static final Param<Map<String, Object>> SECRET = Param.whole("The secret: any JSON object.");

  /// Where a wrapped answer is kept, in the cubbyhole of a token with these policies.
  private static final String RESPONSE = "response";

  private static final List<String> WRAPPING = List.of(Policy.RESPONSE_WRAPPING);

  @Override
  public List<Route> routes() {
    return List.of(
        Route.of(READ, "{path...}", "Read a secret.", this::read, PATH),
        Route.of(UPDATE, "{path...}", "Write a secret.", this::write, PATH, SECRET)
            .creating(this::exists),
        Route.of(DELETE, "{path...}", "Delete a secret.", this::delete, PATH),
        Route.of(LIST, "{path...}", "List the names below a path.", this::list, PATH));
  }

  private static String key(Call call) {
    String own = own(call);
    String path = call.get(PATH);
    if (path.isEmpty()) {
      throw Refusal.bad(Refusal.listed("missing path"));
    }
    return own + path;
  }

  /// A batch token has no key, and nothing that could end with it.
  private static String own(Call call) {
    if (call.caller().token().isEmpty()) {
      throw Refusal.bad("cubbyhole operations are only supported by 'service' type tokens");
    }
    return call.caller().token() + "/";
  }

  private boolean exists(Call call) {
    return call.caller().token().isEmpty() || call.storage().get(key(call)).isPresent();
  }

  private Reply read(Call call) {
    if (call.get(PATH).equals(RESPONSE) && call.caller().policies().equals(WRAPPING)) {
      call.warn(
          "Reading from 'cubbyhole/response' is deprecated. Please use sys/wrapping/unwrap to"
              + " unwrap responses, as it provides additional security checks and other benefits.");
    }
    return new Reply.Data(call.storage().get(key(call)).orElseThrow(Refusal::absent));
  }

  private Reply write(Call call) {
    Map<String, Object> secret = call.get(SECRET);
    if (secret.isEmpty()) {
      throw Refusal.bad(Refusal.listed("missing data fields"));
    }
    call.storage().put(key(call), secret);
    return Reply.DONE;
  }

  private Reply delete(Call call) {
    call.storage().delete(key(call));
    return Reply.DONE;
  }

  private Reply list(Call call) {
    String path = call.get(PATH);
    String folder = path.isEmpty() || path.endsWith("/") ? path : path + "/";
    return new Reply.Keys(call.storage().list(own(call) + folder));
  }
}
