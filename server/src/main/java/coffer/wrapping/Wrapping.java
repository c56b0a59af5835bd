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
import java.util.function.Supplier;

/// Wraps answers: each is kept in the cubbyhole of a token of its own, which can be used once. May
/// be used by many threads.
public final class Wrapping {
  private static final String RESPONSE = "/response";
  private static final String INFO = "/wrapinfo";

  /// What may be said of a wrapped answer without opening it.
  public record Seen(Duration ttl, Instant created, String path) {}

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

  /// Keeps an answer.
  ///
  /// @param path whose answer it is
  /// @param wrappedAccessor of the token in it; empty for none
  public WrapInfo wrap(
      Transaction transaction, String path, Duration ttl, byte[] answer, String wrappedAccessor) {
    TokenMaker.Made made = maker.makeWrapping(transaction, path, ttl);
    Token token = made.token();
    String own = own(token);
    transaction.put(
        own + RESPONSE, Json.bytes(Map.of("response", new String(answer, StandardCharsets.UTF_8))));
    transaction.put(
        own + INFO,
        Json.bytes(
            Map.of(
                "ttl", ttl.toSeconds(),
                "created", Fields.nanos(token.created()),
                "path", path)));
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
    var fields = new Fields(Json.object(value(valid(id), INFO)));
    return new Seen(fields.seconds("ttl"), fields.instant("created"), fields.text("path"));
  }

  /// Gives the answer out, in the form in which it would have been sent, and makes the token
  /// worthless. Of two who try at the same time one gets it, as long as they hold the same lock.
  public byte[] open(Transaction transaction, String id) {
    Token token = valid(id);
    String response = new Fields(Json.object(value(token, RESPONSE))).text("response");
    tokens.doom(transaction, token.key());
    return response.getBytes(StandardCharsets.UTF_8);
  }

  /// Moves the answer to a new token, for as long as the first was made for.
  public WrapInfo rewrap(Transaction transaction, String id) {
    Seen seen = look(id);
    byte[] answer = open(transaction, id);
    return wrap(transaction, seen.path(), seen.ttl(), answer, "");
  }

  private Token valid(String id) {
    if (id.isEmpty()) {
      throw new Refusal(Refusal.Why.DENIED, "error validating wrapping token: token is empty");
    }
    Token token = tokens.find(id);
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
