package coffer.http;

import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/// Answers what isn't HTTP, or too much of it, in plain text: the status and its name, as the peers
/// do. Nothing of the request is repeated. Stateless.
final class Refusals implements Request.Handler {
  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int status = status(request, response);
    response.setStatus(status);
    byte[] text =
        (status + " " + HttpStatus.getMessage(status)).getBytes(StandardCharsets.US_ASCII);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain; charset=utf-8");
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, text.length);
    response.write(true, BufferUtil.toBuffer(text), callback);
    return true;
  }

  /// A URL that is too long is part of a head that is too large.
  private static int status(Request request, Response response) {
    int status =
        request.getAttribute(ErrorHandler.ERROR_EXCEPTION) instanceof HttpException e
            ? e.getCode()
            : response.getStatus();
    return status == HttpStatus.URI_TOO_LONG_414 ? 431 : status;
  }
}
