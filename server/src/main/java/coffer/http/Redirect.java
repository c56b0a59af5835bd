package coffer.http;

import coffer.exchange.Answer;
import coffer.http.AnswerWriter.Sent;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.eclipse.jetty.server.Request;

/// Sends a caller to the proper name of what it asked for. Stateless.
final class Redirect {
  private Redirect() {}

  /// 307, so that a write stays a write. The page is for people, as the peers send it.
  static Sent to(String path, Request request) {
    String query = request.getHttpURI().getQuery();
    String location = query == null ? path : path + "?" + Percent.encodeUnsafe(query);
    boolean page = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
    String html = "<a href=\"" + location.replace("&", "&amp;") + "\">Temporary Redirect</a>.\n\n";
    Answer answer =
        page
            ? Answer.raw(307, "text/html; charset=utf-8", html.getBytes(StandardCharsets.UTF_8))
            : Answer.raw(307, "", new byte[0]);
    return new Sent(answer, "", "", Map.of("Location", location), false);
  }
}
