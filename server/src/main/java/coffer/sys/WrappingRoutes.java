package coffer.sys;

import static coffer.engine.Operation.READ;
import static coffer.engine.Operation.UPDATE;

import coffer.engine.Call;
import coffer.engine.Durations;
import coffer.engine.Param;
import coffer.engine.Refusal;
import coffer.engine.Reply;
import coffer.engine.Route;
import coffer.exchange.Answer;
import coffer.exchange.Envelope;
import coffer.exchange.WrapInfo;
import coffer.wrapping.Wrapping;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `sys/wrapping`: wrapping what one has, and looking at, opening and renewing what is wrapped.
public final class WrappingRoutes {
  private static final String HEADER = "X-Vault-Token";
  private static final String TTL = "X-Vault-Wrap-TTL";
  private static final Param<String> TOKEN =
      Param.string("token", "The token that opens it; the caller's own if left out.");
  private static final Param<Map<String, Object>> DATA = Param.whole("What to wrap.");

  private final Wrapping wrapping;

  public WrappingRoutes(Wrapping wrapping) {
    this.wrapping = wrapping;
  }

  public List<Route> routes() {
    return List.of(
        Route.of(UPDATE, "wrapping/wrap", "Wrap what is sent.", this::wrap, DATA),
        Route.of(READ, "wrapping/lookup", "Look at a wrapped answer.", this::look, TOKEN).open(),
        Route.of(UPDATE, "wrapping/lookup", "Look at a wrapped answer.", this::look, TOKEN).open(),
        Route.of(UPDATE, "wrapping/unwrap", "Open a wrapped answer.", this::unwrap, TOKEN),
        Route.of(UPDATE, "wrapping/rewrap", "Wrap an answer again.", this::rewrap, TOKEN));
  }

  private Reply wrap(Call call) {
    String ttl = call.caller().header().apply(TTL);
    if (ttl.isEmpty() || ttl.equals("0")) {
      throw Refusal.bad("endpoint requires response wrapping to be used");
    }
    return new Reply.Data(call.get(DATA));
  }

  private static String id(Call call) {
    return Wrapping.named(call.fields(), call.caller().header().apply(HEADER));
  }

  private Reply look(Call call) {
    Wrapping.Seen seen = wrapping.look(id(call));
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("creation_path", seen.path());
    data.put("creation_time", seen.created());
    data.put("creation_ttl", seen.ttl());
    return new Reply.Data(data);
  }

  private Reply unwrap(Call call) {
    String id = id(call);
    call.lock(id);
    Wrapping.Wrapped answer = wrapping.open(Work.of(call), id, call.caller().token());
    return new Reply.Raw(answer.status(), answer.contentType(), answer.body());
  }

  private Reply rewrap(Call call) {
    String id = id(call);
    call.lock(id);
    Duration ttl = Durations.parse(call.caller().header().apply(TTL));
    WrapInfo info = wrapping.rewrap(Work.of(call), id, call.caller().token(), ttl);
    return new Reply.Raw(
        200, "application/json", Envelope.bytes(Answer.of(info, call.warnings()), ""));
  }
}
