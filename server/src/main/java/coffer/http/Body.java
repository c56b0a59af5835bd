package coffer.http;

import coffer.exchange.Answer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Invocable;

/// Reads the body of one request whole, within a size and a time, and blocks its virtual thread
/// meanwhile. The time counts from the first byte of the request on, so that sending slowly wins
/// nothing.
final class Body {
  private static final int FIRST_BUFFER = 1_024;
  private static final int LARGEST_FIRST_BUFFER = 64 * 1024;

  private final Request request;
  private final long most;
  private final long nanos;
  private byte[] bytes;
  private int length;

  /// @param most bytes
  /// @param nanos that the request may take to arrive, all of it; 0 for ever
  Body(Request request, long most, long nanos) {
    this.request = request;
    this.most = most;
    this.nanos = nanos;
    long declared = request.getLength();
    if (declared > most) {
      throw tooLarge();
    }
    this.bytes =
        new byte[(int) (declared < 0 ? FIRST_BUFFER : Math.min(declared, LARGEST_FIRST_BUFFER))];
  }

  /// Reads it. [#length] bytes of what is returned count.
  byte[] read() {
    boolean last = false;
    while (!last) {
      Content.Chunk chunk = next();
      last = chunk.isLast();
      try {
        append(chunk.getByteBuffer());
      } finally {
        chunk.release();
      }
    }
    return bytes;
  }

  int length() {
    return length;
  }

  private void append(ByteBuffer more) {
    long whole = (long) length + more.remaining();
    if (whole > most) {
      throw tooLarge();
    }
    if (whole > bytes.length) {
      bytes = Arrays.copyOf(bytes, (int) Math.max(whole, Math.min(most, bytes.length * 2L)));
    }
    int size = more.remaining();
    more.get(bytes, length, size);
    length += size;
  }

  private Content.Chunk next() {
    while (true) {
      Content.Chunk chunk = request.read();
      if (Content.Chunk.isFailure(chunk)) {
        throw failed(chunk.getFailure());
      }
      if (chunk != null) {
        return chunk;
      }
      await();
    }
  }

  private void await() {
    var there = new CountDownLatch(1);
    request.demand(Invocable.from(Invocable.InvocationType.NON_BLOCKING, there::countDown));
    try {
      if (nanos == 0) {
        there.await();
      } else if (!there.await(left(), TimeUnit.NANOSECONDS)) {
        throw late();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TurnedAway(Answer.error(503, "the server is shutting down"), true);
    }
  }

  private long left() {
    return nanos - (System.nanoTime() - request.getBeginNanoTime());
  }

  private static TurnedAway failed(Throwable failure) {
    return switch (failure) {
      case TimeoutException e -> late();
      case HttpException e when e.getCode() == 413 -> tooLarge();
      case HttpException e -> new TurnedAway(Answer.error(400, "malformed request body"), true);
      case IOException e -> new TurnedAway(Answer.error(400, "unexpected end of body"), true);
      default -> new TurnedAway(Answer.error(400, "the body could not be read"), true);
    };
  }

  private static TurnedAway tooLarge() {
    return new TurnedAway(Answer.error(413, "http: request body too large"), true);
  }

  private static TurnedAway late() {
    return new TurnedAway(Answer.error(408, "the request took too long to arrive"), true);
  }
}
