package coffer.audit;

import coffer.exchange.Answer;
import coffer.exchange.Connection;
import coffer.exchange.Request;
import coffer.mount.Mounted;
import coffer.token.Token;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Writes the lines of one device: the fields of the peers in their order. Used by one thread.
final class Scribe {
  private static final byte[] TIME = LineBuffer.quoted("time");
  private static final byte[] TYPE = LineBuffer.quoted("type");
  private static final byte[] AUTH = LineBuffer.quoted("auth");
  private static final byte[] REQUEST = LineBuffer.quoted("request");
  private static final byte[] RESPONSE = LineBuffer.quoted("response");
  private static final byte[] ERROR = LineBuffer.quoted("error");
  private static final byte[] ID = LineBuffer.quoted("id");
  private static final byte[] CLIENT_ID = LineBuffer.quoted("client_id");
  private static final byte[] OPERATION = LineBuffer.quoted("operation");
  private static final byte[] CLIENT_TOKEN = LineBuffer.quoted("client_token");
  private static final byte[] CLIENT_TOKEN_ACCESSOR = LineBuffer.quoted("client_token_accessor");
  private static final byte[] NAMESPACE = LineBuffer.ascii("\"namespace\":{\"id\":\"root\"}");
  private static final byte[] PATH = LineBuffer.quoted("path");
  private static final byte[] DATA = LineBuffer.quoted("data");
  private static final byte[] REMOTE_ADDRESS = LineBuffer.quoted("remote_address");
  private static final byte[] REMOTE_PORT = LineBuffer.quoted("remote_port");
  private static final byte[] WRAP_TTL = LineBuffer.quoted("wrap_ttl");
  private static final byte[] HEADERS = LineBuffer.quoted("headers");
  private static final byte[] SERIAL = LineBuffer.quoted("client_certificate_serial_number");
  private static final byte[] TEST =
      LineBuffer.ascii(",\"auth\":{\"token_type\":\"default\"},\"request\":{\"id\":\"");
  private static final byte[] TEST_END =
      LineBuffer.ascii(
          "\",\"operation\":\"update\",\"namespace\":{\"id\":\"root\"},\"path\":\"sys/audit/test\"}}");

  private final Values values;
  private final AuthText auths;
  private final AnswerText answers;
  private final Function<Token, String> clientIds;
  private final byte[] prefix;

  /// @param clientIds names the client that a token counts as
  Scribe(LineOptions options, Salt salt, Function<Token, String> clientIds) {
    this.values = new Values(options, salt);
    this.auths = new AuthText(values);
    this.answers = new AnswerText(values, auths);
    this.clientIds = clientIds;
    this.prefix = options.prefix().getBytes(StandardCharsets.UTF_8);
  }

  /// The line that shows whether a device works.
  void test(String id, Instant now, LineBuffer into) {
    begin("request", now, into);
    into.raw(TEST);
    into.plain(id);
    into.raw(TEST_END);
    into.add('\n');
  }

  /// What is asked, before it is done or refused.
  ///
  /// @param headers the names of the headers that are recorded, and whether they are hashed
  void request(
      Request request,
      List<String> errors,
      Map<String, Boolean> headers,
      Instant now,
      LineBuffer into) {
    try {
      values.caller(request.secret(), request.token());
      begin("request", now, into);
      into.name(AUTH);
      boolean open = request.token() == null && errors.isEmpty();
      auths.caller(request, open, into);
      request(request, headers, into);
      if (!errors.isEmpty()) {
        String error = String.join("; ", errors);
        error(request.verdict() == null ? error : Answers.listed(error), into);
      }
      end(into);
    } finally {
      values.forget();
    }
  }

  /// What is answered.
  void response(
      Request request, Answer answer, Map<String, Boolean> headers, Instant now, LineBuffer into) {
    try {
      values.caller(request.secret(), request.token());
      begin("response", now, into);
      into.name(AUTH);
      if (request.token() == null && answer.auth() != null) {
        auths.made(answer.auth(), into);
      } else {
        auths.caller(request, false, into);
      }
      request(request, headers, into);
      into.name(RESPONSE);
      answers.write(request, answer, into);
      String error = Answers.error(answer);
      if (!error.isEmpty()) {
        error(error, into);
      }
      end(into);
    } finally {
      values.forget();
    }
  }

  private void begin(String type, Instant now, LineBuffer into) {
    into.raw(prefix);
    into.add('{');
    into.name(TIME);
    values.time(now, into);
    into.name(TYPE);
    into.string(type);
  }

  private static void end(LineBuffer into) {
    into.close();
    into.add('\n');
  }

  private static void error(String text, LineBuffer into) {
    into.name(ERROR);
    into.string(text);
  }

  private void request(Request request, Map<String, Boolean> headers, LineBuffer into) {
    Mounted mounted = request.mounted();
    into.name(REQUEST);
    into.open();
    field(ID, request.id(), into);
    client(request, into);
    field(OPERATION, request.operation().word(), into);
    MountText.request(mounted, into);
    token(into);
    into.piece(NAMESPACE);
    field(PATH, request.path(), into);
    data(request, mounted, into);
    connection(request.connection(), into);
    wrapTtl(request.wrapTtl(), into);
    headers(request, headers, into);
    certificate(request.connection(), into);
    into.close();
  }

  private void client(Request request, LineBuffer into) {
    if (request.token() != null) {
      field(CLIENT_ID, clientIds.apply(request.token()), into);
    }
  }

  private void token(LineBuffer into) {
    if (values.hasCaller()) {
      into.name(CLIENT_TOKEN);
      values.callerId(into);
    }
    if (values.hasCallerAccessor()) {
      into.name(CLIENT_TOKEN_ACCESSOR);
      values.callerAccessor(into);
    }
  }

  private void data(Request request, @Nullable Mounted mounted, LineBuffer into) {
    if (!request.fields().isEmpty()) {
      into.name(DATA);
      values.data(request.fields(), clear(mounted), into);
    }
  }

  private static List<String> clear(@Nullable Mounted mounted) {
    return mounted == null ? List.of() : mounted.entry().config().auditNonHmacRequestKeys();
  }

  private static void connection(Connection connection, LineBuffer into) {
    field(REMOTE_ADDRESS, connection.remoteAddress(), into);
    if (connection.remotePort() != 0) {
      into.name(REMOTE_PORT);
      into.number(connection.remotePort());
    }
  }

  private static void wrapTtl(@Nullable Duration ttl, LineBuffer into) {
    if (ttl != null && !ttl.isZero()) {
      into.name(WRAP_TTL);
      into.number(ttl.toSeconds());
    }
  }

  private void headers(Request request, Map<String, Boolean> headers, LineBuffer into) {
    boolean begun = false;
    for (Map.Entry<String, Boolean> header : headers.entrySet()) {
      List<String> all = request.headers().all(header.getKey());
      if (all.isEmpty()) {
        continue;
      }
      if (!begun) {
        into.name(HEADERS);
        into.open();
        begun = true;
      }
      into.name(header.getKey());
      into.openList();
      for (String one : all) {
        if (header.getValue()) {
          values.hashed(one, into);
        } else {
          into.string(one);
        }
      }
      into.closeList();
    }
    if (begun) {
      into.close();
    }
  }

  private static void certificate(Connection connection, LineBuffer into) {
    if (!connection.certificates().isEmpty()) {
      field(SERIAL, connection.certificates().getFirst().getSerialNumber().toString(), into);
    }
  }

  private static void field(byte[] name, String text, LineBuffer into) {
    if (!text.isEmpty()) {
      into.name(name);
      into.string(text);
    }
  }
}
