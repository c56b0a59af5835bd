package coffer.cli;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads HTTP/1.1 answers (RFC 9112) from a connection, one after the other. Head and body are
/// bounded.
final class AnswerReader {
  private static final int MAX_HEAD = 1 << 16;
  private static final int MAX_BODY = 1 << 27;

  private final InputStream in;
  private final byte[] buffer = new byte[8192];
  private int start;
  private int end;
  private int headLeft;
  private boolean reusable;
  private boolean anything;

  AnswerReader(InputStream in) {
    this.in = in;
  }

  /// Whether the connection may carry another request.
  boolean isReusable() {
    return reusable;
  }

  /// Whether a byte of the current answer has come.
  boolean hasBegun() {
    return anything;
  }

  /// Reads the answer to what was `asked`.
  Answer read(String asked) throws IOException {
    reusable = false;
    anything = false;
    headLeft = MAX_HEAD;
    int status = status(line());
    Map<String, String> headers = headers();
    while (status >= 100 && status < 200) {
      status = status(line());
      headers = headers();
    }
    String connection = headers.getOrDefault("connection", "").toLowerCase(Locale.ROOT);
    reusable = !connection.contains("close");
    return new Answer(asked, status, headers, body(status, headers));
  }

  /// Reads a head alone: status line and headers.
  int readHead() throws IOException {
    headLeft = MAX_HEAD;
    int status = status(line());
    headers();
    return status;
  }

  private static int status(String line) throws IOException {
    boolean good = line.length() >= 12 && line.startsWith("HTTP/1.") && line.charAt(8) == ' ';
    int status = 0;
    for (int i = 9; good && i < 12; i++) {
      int digit = line.charAt(i) - '0';
      good = digit >= 0 && digit <= 9;
      status = status * 10 + digit;
    }
    if (!good) {
      throw new IOException("malformed HTTP response " + Go.quote(line));
    }
    return status;
  }

  private Map<String, String> headers() throws IOException {
    Map<String, String> headers = new HashMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      if (colon <= 0) {
        throw new IOException("malformed MIME header line: " + line);
      }
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    return headers;
  }

  private byte[] body(int status, Map<String, String> headers) throws IOException {
    if (status == 204 || status == 304) {
      return new byte[0];
    }
    if (headers
        .getOrDefault("transfer-encoding", "")
        .toLowerCase(Locale.ROOT)
        .endsWith("chunked")) {
      return chunked();
    }
    @Nullable String length = headers.get("content-length");
    if (length == null) {
      reusable = false;
      return untilTheEnd();
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    copy(body, size(length, 10));
    return body.toByteArray();
  }

  private byte[] chunked() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    while (true) {
      headLeft = MAX_HEAD;
      String line = line();
      int semicolon = line.indexOf(';');
      int size = size((semicolon < 0 ? line : line.substring(0, semicolon)).strip(), 16);
      if (size == 0) {
        headers();
        return body.toByteArray();
      }
      if (body.size() + size > MAX_BODY) {
        throw new IOException("http: response body too large");
      }
      copy(body, size);
      if (!line().isEmpty()) {
        throw new IOException("malformed chunked encoding");
      }
    }
  }

  private static int size(String digits, int radix) throws IOException {
    try {
      int size = Integer.parseInt(digits, radix);
      if (size >= 0 && size <= MAX_BODY && Character.digit(digits.charAt(0), radix) >= 0) {
        return size;
      }
    } catch (NumberFormatException ignored) {
      // said below, as for sizes out of range
    }
    throw new IOException("bad length of the response body " + Go.quote(digits));
  }

  private void copy(ByteArrayOutputStream body, int size) throws IOException {
    int left = size;
    while (left > 0) {
      if (start == end) {
        fill();
      }
      int some = Math.min(left, end - start);
      body.write(buffer, start, some);
      start += some;
      left -= some;
    }
  }

  private byte[] untilTheEnd() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    int count = end - start;
    while (count >= 0) {
      body.write(buffer, start, count);
      if (body.size() > MAX_BODY) {
        throw new IOException("http: response body too large");
      }
      start = 0;
      end = 0;
      count = in.read(buffer);
    }
    return body.toByteArray();
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder(64);
    while (true) {
      if (start == end) {
        fill();
      }
      byte b = buffer[start++];
      anything = true;
      if (--headLeft < 0) {
        throw new IOException("http: response headers too large");
      }
      if (b == '\n') {
        int length = line.length();
        if (length > 0 && line.charAt(length - 1) == '\r') {
          line.setLength(length - 1);
        }
        return line.toString();
      }
      line.append((char) (b & 0xff));
    }
  }

  private void fill() throws IOException {
    start = 0;
    end = 0;
    int count = in.read(buffer);
    if (count < 0) {
      throw new EOFException(anything ? "unexpected EOF" : "EOF");
    }
    end = count;
  }

  /// Reads the lines of an answer that doesn't end, as they come.
  @Nullable String readLine() throws IOException {
    headLeft = MAX_HEAD;
    try {
      byte[] raw = line().getBytes(StandardCharsets.ISO_8859_1);
      return new String(raw, StandardCharsets.UTF_8);
    } catch (EOFException e) {
      return null;
    }
  }
}
