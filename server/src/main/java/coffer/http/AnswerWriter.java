package coffer.http;

import coffer.exchange.Answer;
import coffer.exchange.Envelope;
import java.nio.ByteBuffer;
import java.util.Map;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/// Sends answers over one listener. Thread-safe.
final class AnswerWriter {
  private static final HttpField JSON =
      new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, "application/json");
  private static final HttpField CLOSE = new PreEncodedHttpField(HttpHeader.CONNECTION, "close");

  private final AnswerHeaders headers;

  AnswerWriter(AnswerHeaders headers) {
    this.headers = headers;
  }

  /// What was asked for and how it is answered.
  ///
  /// @param requestId empty where the request never got one
  /// @param path below `/v1/`
  /// @param more headers
  /// @param closing whether the connection ends with it
  record Sent(
      Answer answer, String requestId, String path, Map<String, String> more, boolean closing) {}

  void send(Sent sent, Line line, Response response, Callback callback) {
    Answer answer = sent.answer();
    ByteBuffer body = body(sent);
    HttpFields.Mutable fields = response.getHeaders();
    response.setStatus(answer.status());
    for (HttpField field : headers.of(answer.status())) {
      fields.add(field);
    }
    sent.more().forEach(fields::put);
    if (sent.closing()) {
      fields.put(CLOSE);
    }
    type(answer, fields);
    if (answer.status() != 204) {
      fields.put(HttpHeader.CONTENT_LENGTH, body.remaining());
    }
    write(body, line, response, callback);
  }

  /// Made before anything is said about it.
  private static ByteBuffer body(Sent sent) {
    Answer answer = sent.answer();
    Answer.Raw raw = answer.raw();
    if (raw != null) {
      return ByteBuffer.wrap(raw.body());
    }
    if (answer.status() == 204) {
      return BufferUtil.EMPTY_BUFFER;
    }
    var out = new AnswerBuffer();
    Envelope.write(answer, sent.requestId(), sent.path(), out);
    out.write('\n');
    return out.buffer();
  }

  private static void type(Answer answer, HttpFields.Mutable fields) {
    Answer.Raw raw = answer.raw();
    if (raw == null) {
      fields.put(JSON);
    } else if (!raw.contentType().isEmpty()) {
      fields.put(HttpHeader.CONTENT_TYPE, raw.contentType());
    }
  }

  private static void write(ByteBuffer body, Line line, Response response, Callback callback) {
    Scheduler.Task late = line.expectSent();
    response.write(true, body, late == null ? callback : Callback.from(callback, late::cancel));
  }
}
