package coffer.exchange;

import coffer.barrier.Transaction;
import coffer.engine.Operation;
import coffer.engine.Refusal;
import coffer.engine.Route;
import coffer.mount.Mounted;
import coffer.policy.Verdict;
import coffer.token.Token;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One request: what came in, and what the steps of the pipeline found out about it so far. Used by
/// one thread.
public final class Request {
  private final String id;
  private final String path;
  private final Map<String, Object> fields;
  private final Headers headers;
  private final Connection connection;
  private Operation operation;
  private String secret = "";
  private Map<String, String> answerHeaders = Map.of();
  private @Nullable Duration wrapTtl;
  private @Nullable Mounted mounted;
  private @Nullable Route route;
  private Map<String, String> captures = Map.of();
  private @Nullable Token token;
  private List<String> policies = List.of();
  private List<String> identityPolicies = List.of();
  private @Nullable Verdict verdict;
  private @Nullable Refusal refusal;
  private boolean open;
  private @Nullable Transaction transaction;
  private Consumer<String> locks = name -> {};
  private @Nullable String made;
  private @Nullable String lent;

  /// @param id names it in the answer, in audit lines and in the log
  /// @param path below `/v1/`, decoded, without a leading `/`; a list and a scan end in one
  /// @param fields the JSON body, or the query where there is none
  public Request(
      String id,
      Operation operation,
      String path,
      Map<String, Object> fields,
      Headers headers,
      Connection connection) {
    this.id = id;
    this.operation = operation;
    this.path = path;
    this.fields = fields;
    this.headers = headers;
    this.connection = connection;
  }

  public String id() {
    return id;
  }

  public Operation operation() {
    return operation;
  }

  /// An update turns out to be a create where nothing is there yet.
  public void operation(Operation found) {
    operation = found;
  }

  public String path() {
    return path;
  }

  public Map<String, Object> fields() {
    return fields;
  }

  public Headers headers() {
    return headers;
  }

  public Connection connection() {
    return connection;
  }

  /// The id of the caller's token as it was sent; empty for none. A secret.
  public String secret() {
    return secret;
  }

  public void secret(String tokenId) {
    secret = tokenId;
  }

  /// How long the answer is to stay wrapped; null where it is not to be.
  public @Nullable Duration wrapTtl() {
    return wrapTtl;
  }

  public void wrapTtl(@Nullable Duration ttl) {
    wrapTtl = ttl;
  }

  /// The mount that the path leads to, once that is known.
  public @Nullable Mounted mounted() {
    return mounted;
  }

  public void mounted(Mounted found) {
    mounted = found;
  }

  /// The route within the mount; null where there is none for path and operation.
  public @Nullable Route route() {
    return route;
  }

  /// What the route's template took from the path.
  public Map<String, String> captures() {
    return captures;
  }

  public void route(Route found, Map<String, String> taken) {
    route = found;
    captures = taken;
  }

  /// The caller's token, once it is known to work; null for none.
  public @Nullable Token token() {
    return token;
  }

  public void token(Token found) {
    token = found;
    policies = found.policies();
  }

  /// The policies that count for the caller, in order: those of the token, and those of who is
  /// behind it.
  public List<String> policies() {
    return policies;
  }

  /// Those of the policies that come from who is behind the token; empty for none.
  public List<String> identityPolicies() {
    return identityPolicies;
  }

  public void policies(List<String> all, List<String> ofIdentity) {
    policies = all;
    identityPolicies = ofIdentity;
  }

  /// What the policies say; null where nobody had to ask them.
  public @Nullable Verdict verdict() {
    return verdict;
  }

  public void verdict(Verdict found) {
    verdict = found;
  }

  /// Why it will be refused, once it has been recorded; null where it won't be.
  public @Nullable Refusal refusal() {
    return refusal;
  }

  public void refusal(Refusal found) {
    refusal = found;
  }

  /// Whether it needs no token to be told that there is no such route.
  public boolean open() {
    return open;
  }

  public void open(boolean toAnybody) {
    open = toAnybody;
  }

  /// What the request writes, committed in one go before it is answered.
  public Transaction transaction() {
    if (transaction == null) {
      throw new IllegalStateException("there is no transaction yet");
    }
    return transaction;
  }

  public void transaction(Transaction begun) {
    transaction = begun;
  }

  /// Holds a named lock until the request is answered.
  public Consumer<String> locks() {
    return locks;
  }

  public void locks(Consumer<String> holding) {
    locks = holding;
  }

  /// The key of the token that was made for the caller; null for none, and empty for one that isn't
  /// kept.
  public @Nullable String made() {
    return made;
  }

  public void made(String token) {
    made = token;
  }

  /// The id of the lease of what was lent to the caller; null for none.
  public @Nullable String lent() {
    return lent;
  }

  public void lent(String lease) {
    lent = lease;
  }

  /// A header that the answer is to have, `Retry-After` say; the last of a name counts.
  public void answerHeader(String name, String value) {
    if (answerHeaders.isEmpty()) {
      answerHeaders = new LinkedHashMap<>();
    }
    answerHeaders.put(name, value);
  }

  /// The headers that the answer is to have beside the usual ones.
  public Map<String, String> answerHeaders() {
    return answerHeaders;
  }

  @Override
  public String toString() {
    return operation + " " + path + " (" + id + ")";
  }
}
