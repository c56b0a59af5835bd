package coffer.audit;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/// Writes to the standard output of the server.
final class StandardOutputSink implements Sink {
  private static final int MAX_LINES = 1_024;
  private static final int SLICE = 64 * 1024;

  private final FileChannel channel = new FileOutputStream(FileDescriptor.out).getChannel();

  @Override
  public int lines() {
    return MAX_LINES;
  }

  @Override
  public void write(ByteBuffer text) throws IOException {
    int end = text.limit();
    while (text.position() < end) {
      text.limit(Math.min(end, text.position() + SLICE));
      channel.write(text);
    }
  }

  /// Leaves the standard output to the rest of the server.
  @Override
  public void close() {}
}
