package coffer.wrapping;

import coffer.barrier.Barrier;
import coffer.barrier.Transaction;
import coffer.engine.Refusal;
import coffer.exchange.WrapInfo;
import coffer.json.Fields;
import coffer.json.Json;
import coffer.policy.Policy;
import coffer.token.Token;
import coffer.token.TokenMaker;
import coffer.token.TokenStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Wraps answers: each is kept in the cubbyhole of a token of its own, which can be used once. May
/// be used by many threads.
public final class Wrapping {
  private static final String RESPONSE = "/response";
  private static final String INFO = "/wrapinfo";

  /// Where wrapped answers are opened.
  private static final Set<String> OPENING = Set.of("sys/wrapping/unwrap", "sys/wrapping/rewrap");

  /// What may be said of a wrapped answer without opening it.
  public record Seen(Duration ttl, Instant created, String path) {}

  /// An answer in the form in which it is sent.
  public record Wrapped(int status, String contentType, byte[] body) {}

  private final Barrier barrier;
  private final TokenStore tokens;
  private final TokenMaker maker;
  private final Supplier<String> cubbyhole;

  /// @param cubbyhole where the private stores of tokens begin
  public Wrapping(
      Barrier barrier, TokenStore tokens, TokenMaker maker, Supplier<String> cubbyhole) {
    this.barrier = barrier;
    this.tokens = tokens;
    this.maker = maker;
    this.cubbyhole = cubbyhole;
  }

  /// Whether a path is one at which wrapped answers are opened.
  public static boolean opens(String path) {
    return OPENING.contains(path);
  }

  /// The id of the token that a request is about: the one it names, or else the caller's own.
  ///
  /// @param secret the caller's; empty for none
  public static String named(Map<String, Object> fields, String secret) {
    Object named = fields.get("token");
    String wrong =
        switch (named) {
          case null -> secret.isEmpty() ? "token is empty" : "";
          case String text -> text.isEmpty() ? "empty token in request body" : "";
          default -> "could not decode token in request body";
        };
    if (!wrong.isEmpty()) {
      throw new Refusal(Refusal.Why.DENIED, "error validating wrapping token: " + wrong);
    }
    return named == null ? secret : named.toString();
  }

  /// Refuses what is no token of a wrapped answer.
  public void check(String id) {
    valid(tokens.find(id));
  }

  /// Keeps an answer.
  ///
  /// @param path whose answer it is
  /// @param wrappedAccessor of the token in it; empty for none
  public WrapInfo wrap(
      Transaction transaction, String path, Duration ttl, Wrapped answer, String wrappedAccessor) {
    TokenMaker.Made made = maker.makeWrapping(transaction, path, ttl);
    Token token = made.token();
    String own = own(token);
    transaction.put(
        own + RESPONSE,
        Json.bytes(Map.of("response", new String(answer.body(), StandardCharsets.UTF_8))));
    transaction.put(
        own + INFO,
        Json.bytes(
            Map.of(
                "ttl", ttl.toSeconds(),
                "created", Fields.nanos(token.created()),
                "path", path,
                "status", answer.status(),
                "type", answer.contentType())));
    return new WrapInfo(made.id(), token.accessor(), ttl, token.created(), path, wrappedAccessor);
  }

  private String own(Token token) {
    return cubbyhole.get() + token.key();
  }

  /// Whether a token opens a wrapped answer.
  public static boolean wraps(Token token) {
    return token.policies().equals(List.of(Policy.RESPONSE_WRAPPING));
  }

  /// What can be seen from outside.
  public Seen look(String id) {
    Fields info = info(valid(tokens.find(id)));
    return new Seen(info.seconds("ttl"), info.instant("created"), info.text("path"));
  }

  private Fields info(Token token) {
    return new Fields(Json.object(value(token, INFO)));
  }

  /// Gives the answer out and makes the token worthless. Of two who try at the same time one gets
  /// it, as long as they hold the same lock.
  ///
  /// @param caller the key of the token of whoever opens it
  public Wrapped open(Transaction transaction, String id, String caller) {
    return open(transaction, opener(id, caller));
  }

  private Wrapped open(Transaction transaction, Token token) {
    String response = new Fields(Json.object(value(token, RESPONSE))).text("response");
    Fields info = info(token);
    tokens.doom(transaction, token.key());
    return new Wrapped(
        (int) info.number("status"), info.text("type"), response.getBytes(StandardCharsets.UTF_8));
  }

  /// Moves the answer to a new token.
  ///
  /// @param ttl for how long; zero for as long as the first was made for
  /// @param caller the key of the token of whoever does it
  public WrapInfo rewrap(Transaction transaction, String id, String caller, Duration ttl) {
    Token token = opener(id, caller);
    Fields info = info(token);
    Wrapped answer = open(transaction, token);
    Duration wanted = ttl.isZero() ? info.seconds("ttl") : ttl;
    return wrap(transaction, info.text("path"), wanted, answer, "");
  }

  /// The token that is to be opened. It may be the caller's own, whose only use this is.
  private Token opener(String id, String caller) {
    return valid(tokens.keyOf(id).equals(caller) ? tokens.stored(caller) : tokens.find(id));
  }

  private static Token valid(@Nullable Token token) {
    if (token == null || !wraps(token)) {
      throw invalid();
    }
    return token;
  }

  private byte[] value(Token token, String name) {
    byte[] value = barrier.get(own(token) + name);
    if (value == null) {
      throw invalid();
    }
    return value;
  }

  private static Refusal invalid() {
    return Refusal.bad("wrapping token is not valid or does not exist");
  }
}
