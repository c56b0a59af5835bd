package coffer.http;

import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// Bytes that grow, and that are sent from where they are. Used by one thread.
final class AnswerBuffer extends OutputStream {
  private static final int SIZE = 1_024;

  private byte[] bytes = new byte[SIZE];
  private int length;

  @Override
  public void write(int b) {
    room(1);
    bytes[length++] = (byte) b;
  }

  @Override
  public void write(byte[] from, int offset, int count) {
    room(count);
    System.arraycopy(from, offset, bytes, length, count);
    length += count;
  }

  private void room(int count) {
    int needed = Math.addExact(length, count);
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(needed, 2 * bytes.length));
    }
  }

  ByteBuffer buffer() {
    return ByteBuffer.wrap(bytes, 0, length);
  }
}
