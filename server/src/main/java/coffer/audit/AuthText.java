package coffer.audit;

import coffer.exchange.Auth;
import coffer.exchange.Request;
import coffer.policy.Verdict;
import coffer.policy.Verdict.Source;
import coffer.policy.Verdict.Why;
import coffer.token.Token;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/// Writes who somebody is, and what the policies said: the `auth` of lines. Beyond what the peers
/// record, `policy_results` has the rule that decided, and a denial its reason and the policies it
/// comes from. Used by one thread.
final class AuthText {
  private static final byte[] CLIENT_TOKEN = LineBuffer.quoted("client_token");
  private static final byte[] ACCESSOR = LineBuffer.quoted("accessor");
  private static final byte[] DISPLAY_NAME = LineBuffer.quoted("display_name");
  private static final byte[] POLICIES = LineBuffer.quoted("policies");
  private static final byte[] TOKEN_POLICIES = LineBuffer.quoted("token_policies");
  private static final byte[] IDENTITY_POLICIES = LineBuffer.quoted("identity_policies");
  private static final byte[] POLICY_RESULTS = LineBuffer.quoted("policy_results");
  private static final byte[] ALLOWED = LineBuffer.quoted("allowed");
  private static final byte[] GRANTING_POLICIES = LineBuffer.quoted("granting_policies");
  private static final byte[] DENYING_POLICIES = LineBuffer.quoted("denying_policies");
  private static final byte[] NAME = LineBuffer.quoted("name");
  private static final byte[] NAMESPACE_ID = LineBuffer.quoted("namespace_id");
  private static final byte[] TYPE = LineBuffer.quoted("type");
  private static final byte[] LINE = LineBuffer.quoted("line");
  private static final byte[] RULE = LineBuffer.quoted("rule");
  private static final byte[] REASON = LineBuffer.quoted("reason");
  private static final byte[] METADATA = LineBuffer.quoted("metadata");
  private static final byte[] NUM_USES = LineBuffer.quoted("num_uses");
  private static final byte[] REMAINING_USES = LineBuffer.quoted("remaining_uses");
  private static final byte[] ENTITY_ID = LineBuffer.quoted("entity_id");
  private static final byte[] TOKEN_TYPE = LineBuffer.quoted("token_type");
  private static final byte[] TOKEN_TTL = LineBuffer.quoted("token_ttl");
  private static final byte[] TOKEN_ISSUE_TIME = LineBuffer.quoted("token_issue_time");

  private final Values values;

  AuthText(Values values) {
    this.values = values;
  }

  /// The caller's token, with what the policies said of the request.
  ///
  /// @param open whether the request needs no token
  void caller(Request request, boolean open, LineBuffer into) {
    Token token = request.token();
    into.open();
    if (token != null) {
      identity(token, request, into);
    }
    if (request.verdict() != null) {
      results(request.verdict(), request.refusal() != null, into);
    } else if (open) {
      into.name(POLICY_RESULTS);
      into.open();
      into.name(ALLOWED);
      into.bool(true);
      into.close();
    }
    if (token == null) {
      field(TOKEN_TYPE, "default", into);
    } else {
      circumstances(token, into);
    }
    into.close();
  }

  private void identity(Token token, Request request, LineBuffer into) {
    if (values.hasCaller()) {
      into.name(CLIENT_TOKEN);
      values.callerId(into);
    }
    if (values.hasCallerAccessor()) {
      into.name(ACCESSOR);
      values.callerAccessor(into);
    }
    field(DISPLAY_NAME, token.displayName(), into);
    list(POLICIES, request.policies(), into);
    list(TOKEN_POLICIES, token.policies(), into);
    list(IDENTITY_POLICIES, request.identityPolicies(), into);
  }

  private void circumstances(Token token, LineBuffer into) {
    metadata(token.metadata(), into);
    number(REMAINING_USES, usesWithThisOne(token), into);
    field(ENTITY_ID, token.entity(), into);
    field(TOKEN_TYPE, token.type(), into);
    number(TOKEN_TTL, token.creationTtl().toSeconds(), into);
    into.name(TOKEN_ISSUE_TIME);
    values.time(token.created().truncatedTo(ChronoUnit.SECONDS), into);
  }

  /// The request has been counted by now; zero for as often as one likes.
  private static long usesWithThisOne(Token token) {
    return token.uses() == 0 ? 0 : Math.max(0, token.uses()) + 1;
  }

  /// A token that was made or renewed.
  void made(Auth auth, LineBuffer into) {
    into.open();
    into.name(CLIENT_TOKEN);
    values.secret(auth.clientToken(), into);
    if (!auth.accessor().isEmpty()) {
      into.name(ACCESSOR);
      values.accessor(auth.accessor(), into);
    }
    field(DISPLAY_NAME, auth.displayName(), into);
    list(POLICIES, auth.policies(), into);
    list(TOKEN_POLICIES, auth.tokenPolicies(), into);
    list(IDENTITY_POLICIES, auth.identityPolicies(), into);
    metadata(auth.metadata(), into);
    number(NUM_USES, auth.numUses(), into);
    field(ENTITY_ID, auth.entity(), into);
    field(TOKEN_TYPE, auth.type(), into);
    number(TOKEN_TTL, auth.leaseDuration().toSeconds(), into);
    into.close();
  }

  /// @param refused whether the request is, which it may be for want of `sudo` alone
  private void results(Verdict verdict, boolean refused, LineBuffer into) {
    boolean allowed = verdict.allowed() && !refused;
    into.name(POLICY_RESULTS);
    into.open();
    into.name(ALLOWED);
    into.bool(allowed);
    if (!verdict.sources().isEmpty()) {
      into.name(allowed ? GRANTING_POLICIES : DENYING_POLICIES);
      into.openList();
      for (Source source : verdict.sources()) {
        source(source, into);
      }
      into.closeList();
    }
    field(RULE, verdict.rule(), into);
    if (!allowed) {
      field(REASON, reason(verdict.why()), into);
    }
    into.close();
  }

  private static String reason(Why why) {
    return switch (why) {
      case ROOT, HELP, GRANTED -> "the rule lacks sudo";
      case NO_RULE -> "no rule matches the path";
      case DENY -> "the rule denies";
      case NOT_GRANTED -> "the rule lacks the capability";
      case WRAPPING -> "the answer must be wrapped, or for another time";
      case PARAMETERS -> "a parameter is denied, not among the allowed, or missing";
      case PAGE -> "the list is longer than allowed";
      case APPROVAL -> "somebody would have to approve it";
    };
  }

  private static void source(Source source, LineBuffer into) {
    into.open();
    field(NAME, source.policy(), into);
    field(NAMESPACE_ID, source.namespace().isEmpty() ? "root" : source.namespace(), into);
    field(TYPE, "acl", into);
    number(LINE, source.line(), into);
    into.close();
  }

  private static void metadata(Map<String, String> metadata, LineBuffer into) {
    if (metadata.isEmpty()) {
      return;
    }
    into.name(METADATA);
    into.open();
    for (Map.Entry<String, String> one : metadata.entrySet()) {
      into.name(one.getKey());
      into.string(one.getValue());
    }
    into.close();
  }

  private static void list(byte[] name, List<String> texts, LineBuffer into) {
    if (texts.isEmpty()) {
      return;
    }
    into.name(name);
    into.openList();
    for (String text : texts) {
      into.string(text);
    }
    into.closeList();
  }

  private static void field(byte[] name, String text, LineBuffer into) {
    if (!text.isEmpty()) {
      into.name(name);
      into.string(text);
    }
  }

  private static void number(byte[] name, long value, LineBuffer into) {
    if (value != 0) {
      into.name(name);
      into.number(value);
    }
  }
}
