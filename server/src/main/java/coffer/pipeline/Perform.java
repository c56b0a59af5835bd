package coffer.pipeline;

import coffer.barrier.Barrier;
import coffer.barrier.MountStore;
import coffer.barrier.Transaction;
import coffer.engine.Call;
import coffer.engine.Caller;
import coffer.engine.Operation;
import coffer.engine.Refusal;
import coffer.engine.Reply;
import coffer.engine.Route;
import coffer.exchange.Answer;
import coffer.exchange.Envelope;
import coffer.exchange.Request;
import coffer.mount.MountTable;
import coffer.mount.Mounted;
import coffer.mount.RouteTree;
import coffer.policy.Verdict;
import coffer.token.Token;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/// The innermost step: hands the request to its engine as a call, and what the engine replies to
/// [Grant].
final class Perform implements Step {
  private static final String TOKEN_HEADER = "X-Vault-Token";

  private final Barrier barrier;
  private final Grant grant;
  private final Help help;
  private final InstantSource time;

  Perform(Barrier barrier, Grant grant, Help help, InstantSource time) {
    this.barrier = barrier;
    this.grant = grant;
    this.help = help;
    this.time = time;
  }

  @Override
  public Answer take(Request request, Next next) {
    Route route = request.route();
    Mounted mounted = mounted(request);
    if (route == null) {
      if (request.operation() == Operation.HELP) {
        return help.of(mounted, request.path());
      }
      throw Refusal.unsupported();
    }
    Call call = call(request, mounted, request.transaction());
    call.check(route);
    Answer answer = grant.answer(request, mounted, call, route.handler().handle(call));
    return call.fields().isEmpty() ? answer : warned(answer, call, mounted.routes().fields(route));
  }

  /// Tells the caller of fields that nobody looked at, where there is a body to say it in.
  private static Answer warned(Answer answer, Call call, Set<String> known) {
    if (answer.status() == 204
        || answer.raw() != null
        || Envelope.isPlainError(answer)
        || (call.operation().writes() && known.contains(RouteTree.ALL))) {
      return answer;
    }
    var unknown = new TreeSet<String>();
    var replaced = new TreeSet<String>();
    for (String name : call.fields().keySet()) {
      if (call.captures().containsKey(name)) {
        replaced.add(name);
      } else if (!known.contains(name)) {
        unknown.add(name);
      }
    }
    return answer
        .warned(said("Endpoint ignored these unrecognized parameters: ", unknown))
        .warned(
            said(
                "Endpoint replaced the value of these parameters with the values captured from the"
                    + " endpoint's path: ",
                replaced));
  }

  private static List<String> said(String text, Set<String> names) {
    return names.isEmpty() ? List.of() : List.of(text + "[" + String.join(" ", names) + "]");
  }

  /// Carries out a route that is open to anybody at any time.
  Answer always(Request request, Route route) {
    Call call = call(request, mounted(request), new Transaction(barrier));
    call.check(route);
    Reply reply = route.handler().handle(call);
    return Grant.plain(reply).warned(call.warnings());
  }

  /// Whether there is something at the path of a write already. What the engine will refuse isn't
  /// refused here.
  boolean exists(Request request, Route route) {
    var test = route.exists();
    try {
      return test == null || test.test(call(request, mounted(request), new Transaction(barrier)));
    } catch (Refusal refusal) {
      return true;
    }
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
        mounted.below(request.path()),
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
