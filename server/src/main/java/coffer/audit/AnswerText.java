package coffer.audit;

import coffer.engine.Operation;
import coffer.exchange.Answer;
import coffer.exchange.Request;
import coffer.exchange.WrapInfo;
import coffer.mount.Mounted;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes answers: the `response` of lines. Used by one thread.
final class AnswerText {
  private static final byte[] AUTH = LineBuffer.quoted("auth");
  private static final byte[] SECRET = LineBuffer.quoted("secret");
  private static final byte[] LEASE_ID = LineBuffer.quoted("lease_id");
  private static final byte[] DATA = LineBuffer.quoted("data");
  private static final byte[] ERROR = LineBuffer.quoted("error");
  private static final byte[] WARNINGS = LineBuffer.quoted("warnings");
  private static final byte[] WRAP_INFO = LineBuffer.quoted("wrap_info");
  private static final byte[] TTL = LineBuffer.quoted("ttl");
  private static final byte[] TOKEN = LineBuffer.quoted("token");
  private static final byte[] ACCESSOR = LineBuffer.quoted("accessor");
  private static final byte[] CREATION_TIME = LineBuffer.quoted("creation_time");
  private static final byte[] CREATION_PATH = LineBuffer.quoted("creation_path");
  private static final byte[] WRAPPED_ACCESSOR = LineBuffer.quoted("wrapped_accessor");
  private static final byte[] CONTENT_TYPE = LineBuffer.quoted("http_content_type");
  private static final byte[] RAW_BODY = LineBuffer.quoted("http_raw_body");
  private static final byte[] STATUS_CODE = LineBuffer.quoted("http_status_code");

  private final Values values;
  private final AuthText auths;

  AnswerText(Values values, AuthText auths) {
    this.values = values;
    this.auths = auths;
  }

  void write(Request request, Answer answer, LineBuffer into) {
    into.open();
    if (answer.auth() != null) {
      into.name(AUTH);
      auths.made(answer.auth(), into);
    }
    MountText.answer(request.mounted(), into);
    lease(answer.lease(), into);
    content(request, answer, into);
    warnings(answer.warnings(), into);
    if (answer.wrapInfo() != null) {
      wrapInfo(answer.wrapInfo(), into);
    }
    into.close();
  }

  private static void lease(Answer.@Nullable Lease lease, LineBuffer into) {
    if (lease == null) {
      return;
    }
    into.name(SECRET);
    into.open();
    if (!lease.id().isEmpty()) {
      into.name(LEASE_ID);
      into.string(lease.id());
    }
    into.close();
  }

  private void content(Request request, Answer answer, LineBuffer into) {
    if (answer.raw() != null) {
      raw(answer.status(), answer.raw(), into);
    } else if (!answer.errors().isEmpty()) {
      into.name(DATA);
      into.open();
      into.name(ERROR);
      values.secret(String.join("; ", answer.errors()), into);
      into.close();
    } else if (answer.data() != null) {
      into.name(DATA);
      Operation operation = request.operation();
      boolean lists = operation == Operation.LIST || operation == Operation.SCAN;
      Map<String, ?> data = answer.data();
      values.data(
          lists && values.options().elideLists() ? elided(data) : data,
          clear(request.mounted()),
          into);
    }
  }

  private void raw(int status, Answer.Raw raw, LineBuffer into) {
    into.name(DATA);
    into.open();
    into.name(CONTENT_TYPE);
    values.secret(raw.contentType(), into);
    into.name(RAW_BODY);
    values.body(raw.body(), into);
    into.name(STATUS_CODE);
    into.number(status);
    into.close();
  }

  /// Numbers in place of the names in a list and of what is known of them.
  private static Map<String, Object> elided(Map<String, ?> data) {
    var elided = new LinkedHashMap<String, Object>(data);
    if (data.get("keys") instanceof Collection<?> keys) {
      elided.put("keys", keys.size());
    }
    if (data.get("key_info") instanceof Map<?, ?> info) {
      elided.put("key_info", info.size());
    }
    return elided;
  }

  private static List<String> clear(@Nullable Mounted mounted) {
    return mounted == null ? List.of() : mounted.entry().config().auditNonHmacResponseKeys();
  }

  private static void warnings(List<String> warnings, LineBuffer into) {
    if (warnings.isEmpty()) {
      return;
    }
    into.name(WARNINGS);
    into.openList();
    for (String warning : warnings) {
      into.string(warning);
    }
    into.closeList();
  }

  private void wrapInfo(WrapInfo info, LineBuffer into) {
    into.name(WRAP_INFO);
    into.open();
    into.name(TTL);
    into.number(info.ttl().toSeconds());
    into.name(TOKEN);
    values.secret(info.token(), into);
    into.name(ACCESSOR);
    values.accessor(info.accessor(), into);
    into.name(CREATION_TIME);
    values.time(info.created(), into);
    into.name(CREATION_PATH);
    into.string(info.creationPath());
    if (!info.wrappedAccessor().isEmpty()) {
      into.name(WRAPPED_ACCESSOR);
      values.accessor(info.wrappedAccessor(), into);
    }
    into.close();
  }
}
