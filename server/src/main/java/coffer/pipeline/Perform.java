package coffer.pipeline;

import coffer.barrier.Barrier;
import coffer.barrier.MountStore;
import coffer.barrier.Transaction;
import coffer.engine.Call;
import coffer.engine.Caller;
import coffer.engine.Operation;
import coffer.engine.Param;
import coffer.engine.Refusal;
import coffer.engine.Reply;
import coffer.engine.Route;
import coffer.exchange.Answer;
import coffer.exchange.Request;
import coffer.mount.MountTable;
import coffer.mount.Mounted;
import coffer.policy.Verdict;
import coffer.token.Token;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// The innermost step: hands the request to its engine as a call, and what the engine replies to
/// [Grant].
final class Perform implements Step {
  private static final String TOKEN_HEADER = "X-Vault-Token";

  private final Barrier barrier;
  private final Grant grant;
  private final InstantSource time;

  Perform(Barrier barrier, Grant grant, InstantSource time) {
    this.barrier = barrier;
    this.grant = grant;
    this.time = time;
  }

  @Override
  public Answer take(Request request, Next next) {
    Route route = request.route();
    Mounted mounted = mounted(request);
    if (route == null) {
      if (request.operation() == Operation.HELP) {
        return Help.of(mounted, request.path());
      }
      throw Refusal.unsupported();
    }
    Call call = call(request, mounted, request.transaction());
    warnOfUnknown(call, route);
    return grant.answer(request, mounted, call, route.handler().handle(call));
  }

  /// Tells the caller of fields that a write has no use for.
  private static void warnOfUnknown(Call call, Route route) {
    if (!call.operation().writes() || call.fields().isEmpty() || takesAll(route)) {
      return;
    }
    List<String> unknown =
        call.fields().keySet().stream().filter(name -> !takes(route, name)).sorted().toList();
    if (!unknown.isEmpty()) {
      call.warn(
          "Endpoint ignored these unrecognized parameters: [" + String.join(" ", unknown) + "]");
    }
  }

  private static boolean takesAll(Route route) {
    for (Param<?> param : route.params()) {
      if (param.where() == Param.Where.WHOLE) {
        return true;
      }
    }
    return false;
  }

  private static boolean takes(Route route, String name) {
    for (Param<?> param : route.params()) {
      if (param.name().equals(name)) {
        return true;
      }
    }
    return false;
  }

  /// Carries out a route that is open to anybody at any time.
  Answer always(Request request, Route route) {
    Call call = call(request, mounted(request), new Transaction(barrier));
    Reply reply = route.handler().handle(call);
    return Grant.plain(reply).warned(call.warnings());
  }

  /// Whether there is something at the path of a write already.
  boolean exists(Request request, Route route) {
    var test = route.exists();
    return test == null || test.test(call(request, mounted(request), new Transaction(barrier)));
  }

  private static Mounted mounted(Request request) {
    Mounted mounted = request.mounted();
    if (mounted == null) {
      throw new IllegalStateException("no mount for " + request);
    }
    return mounted;
  }

  private Call call(Request request, Mounted mounted, Transaction transaction) {
    return new Call(
        request.operation(),
        request.path().substring(mounted.entry().path().length()),
        request.captures(),
        request.fields(),
        mounted.mount(),
        caller(request, mounted),
        new MountStore(transaction, mounted.prefix()),
        time.instant(),
        name -> request.locks().accept(mounted.entry().uuid() + "/" + name));
  }

  private static Caller caller(Request request, Mounted mounted) {
    Token token = request.token();
    Verdict verdict = request.verdict();
    return new Caller(
        token == null ? "" : token.key(),
        token == null ? "" : token.accessor(),
        token == null ? "" : token.displayName(),
        token == null ? "" : token.entity(),
        token == null ? List.of() : token.policies(),
        token == null ? Map.of() : token.metadata(),
        verdict != null && verdict.sudo(),
        request.connection().remoteAddress(),
        request.connection().certificates(),
        headers(request, mounted));
  }

  /// An engine sees all headers but the caller's token, which only the server's own are shown.
  private static Function<String, String> headers(Request request, Mounted mounted) {
    boolean own = MountTable.isSingle(mounted.entry().type());
    return name -> {
      if (name.equalsIgnoreCase(TOKEN_HEADER)) {
        return own ? request.secret() : "";
      }
      return name.equalsIgnoreCase("Authorization") && !own ? "" : request.headers().first(name);
    };
  }
}
