package coffer.telemetry;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;

/// Where lines go: to a stream, and to a file where there is one. A line is written as a whole. A
/// place that can't be written to is passed over: the log must not bring the server down.
final class LogOutput {
  private static final int MAX_HELD = 10_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final OutputStream stream;
  private Optional<LogFile> file;
  private final Queue<byte[]> held = new ArrayDeque<>();
  private boolean holding;

  LogOutput(OutputStream stream, Optional<LogFile> file) {
    this.stream = stream;
    this.file = file;
  }

  void write(byte[] line) {
    lock.lock();
    try {
      if (holding && held.size() < MAX_HELD) {
        held.add(line);
      } else {
        writeNow(line);
      }
    } finally {
      lock.unlock();
    }
  }

  private void writeNow(byte[] line) {
    try {
      stream.write(line);
      stream.flush();
    } catch (IOException e) {
      // Whoever read it has gone.
    }
    file.ifPresent(to -> to.write(line));
  }

  /// Keeps lines back until [#release()].
  void hold() {
    lock.lock();
    try {
      holding = true;
    } finally {
      lock.unlock();
    }
  }

  void release() {
    lock.lock();
    try {
      holding = false;
      for (byte[] line = held.poll(); line != null; line = held.poll()) {
        writeNow(line);
      }
    } finally {
      lock.unlock();
    }
  }

  /// Opens the file anew, as somebody may have moved it away.
  void reopen() {
    lock.lock();
    try {
      file.ifPresent(LogFile::reopen);
    } finally {
      lock.unlock();
    }
  }

  void close() {
    release();
    lock.lock();
    try {
      file.ifPresent(LogFile::close);
      file = Optional.empty();
    } finally {
      lock.unlock();
    }
  }
}
