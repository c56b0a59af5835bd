package coffer.pipeline;

import coffer.engine.Durations;
import coffer.engine.Refusal;
import coffer.exchange.Answer;
import coffer.exchange.Headers;
import coffer.exchange.Request;
import java.time.Duration;
import java.util.List;

/// Reads from the headers who calls and what is to become of the answer.
final class Name implements Step {
  private static final String ERROR = "error parsing X-Vault-Wrap-TTL header: ";
  private static final String BEARER = "Bearer ";

  @Override
  public Answer take(Request request, Next next) {
    Headers headers = request.headers();
    request.secret(token(headers));
    String ttl = headers.first("X-Vault-Wrap-TTL");
    if (!ttl.isEmpty()) {
      Duration wrap = duration(ttl);
      request.wrapTtl(wrap.isZero() ? null : wrap);
    }
    String namespace = headers.first("X-Vault-Namespace").strip().replaceAll("^/+|/+$", "");
    if (!namespace.isEmpty() && !namespace.equals("root")) {
      throw new Refusal(Refusal.Why.ABSENT, "namespace not found");
    }
    if (request.operation().writes() && request.path().endsWith("/")) {
      throw Refusal.bad("cannot write to a path ending in '/'");
    }
    return next.take(request);
  }

  private static String token(Headers headers) {
    String token = headers.first("X-Vault-Token");
    if (!token.isEmpty()) {
      return token;
    }
    List<String> authorizations = headers.all("Authorization");
    for (String authorization : authorizations) {
      if (authorization.startsWith(BEARER)) {
        return authorization.substring(BEARER.length()).strip();
      }
    }
    return "";
  }

  private static Duration duration(String text) {
    Duration ttl;
    try {
      ttl = Durations.parse(text);
    } catch (IllegalArgumentException e) {
      throw Refusal.bad(ERROR + e.getMessage());
    }
    if (ttl.isNegative()) {
      throw Refusal.bad(ERROR + "requested wrap ttl cannot be negative");
    }
    return ttl;
  }
}
