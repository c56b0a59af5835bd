package coffer.audit;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// A connected Unix datagram socket that only sends. The JDK has none, so this asks the C library,
/// and knows the numbers of Linux alone. Used by one thread.
@SuppressWarnings("restricted") // asks the C library
final class UnixDatagrams implements AutoCloseable {
  private static final int AF_UNIX = 1;
  private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;
  private static final int SOL_SOCKET = 1;
  private static final int SO_SNDTIMEO = 21;
  private static final int MSG_NOSIGNAL = 0x4000;

  /// How long a path may be, with the zero that ends it.
  private static final int MAX_PATH = 108;

  /// The calls, found when the first socket is opened.
  private static final class C {
    static final Linker LINKER = Linker.nativeLinker();
    static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
    static final VarHandle ERROR =
        Linker.Option.captureStateLayout()
            .varHandle(java.lang.foreign.MemoryLayout.PathElement.groupElement("errno"));
    static final MethodHandle SOCKET =
        call("socket", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
    static final MethodHandle CONNECT =
        call("connect", ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
    static final MethodHandle SETSOCKOPT =
        call(
            "setsockopt",
            ValueLayout.JAVA_INT,
            ValueLayout.JAVA_INT,
            ValueLayout.JAVA_INT,
            ValueLayout.ADDRESS,
            ValueLayout.JAVA_INT);
    static final MethodHandle SEND =
        LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow("send"),
            FunctionDescriptor.of(
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_INT,
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_INT),
            ERRNO);
    static final MethodHandle CLOSE = call("close", ValueLayout.JAVA_INT);

    private C() {}

    private static MethodHandle call(String name, ValueLayout... arguments) {
      return LINKER.downcallHandle(
          LINKER.defaultLookup().findOrThrow(name),
          FunctionDescriptor.of(ValueLayout.JAVA_INT, arguments),
          ERRNO);
    }
  }

  private final Arena arena = Arena.ofConfined();
  private final MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
  private final int socket;

  private UnixDatagrams(Duration timeout) throws IOException {
    socket = (int) check((int) invoke(C.SOCKET, state, AF_UNIX, SOCK_DGRAM_CLOEXEC, 0));
    MemorySegment time = arena.allocate(ValueLayout.JAVA_LONG, 2);
    time.setAtIndex(ValueLayout.JAVA_LONG, 0, timeout.toSeconds());
    time.setAtIndex(ValueLayout.JAVA_LONG, 1, timeout.toNanosPart() / 1_000);
    invoke(C.SETSOCKOPT, state, socket, SOL_SOCKET, SO_SNDTIMEO, time, (int) time.byteSize());
  }

  /// Whether this operating system is one that it knows.
  static boolean isSupported() {
    return System.getProperty("os.name").equals("Linux");
  }

  /// @param timeout how long the other side may take to make room for a message
  static UnixDatagrams connect(String path, Duration timeout) throws IOException {
    byte[] name = path.getBytes(StandardCharsets.UTF_8);
    if (name.length >= MAX_PATH) {
      throw new IOException("the path of a socket is too long");
    }
    var made = new UnixDatagrams(timeout);
    try {
      MemorySegment address = made.arena.allocate(2 + MAX_PATH, 2);
      address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_UNIX);
      MemorySegment.copy(name, 0, address, ValueLayout.JAVA_BYTE, 2, name.length);
      int length = 2 + name.length + 1;
      made.check((int) invoke(C.CONNECT, made.state, made.socket, address, length));
      return made;
    } catch (IOException e) {
      made.close();
      throw e;
    }
  }

  /// Sends one message.
  void send(ByteBuffer text) throws IOException {
    try (Arena message = Arena.ofConfined()) {
      MemorySegment copy = message.allocate(Math.max(1, text.remaining()));
      copy.copyFrom(MemorySegment.ofBuffer(text));
      check((long) invoke(C.SEND, state, socket, copy, (long) text.remaining(), MSG_NOSIGNAL));
    }
  }

  private static Object invoke(MethodHandle call, Object... arguments) {
    try {
      return call.invokeWithArguments(arguments);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private long check(long result) throws IOException {
    if (result < 0) {
      throw new IOException(error((int) C.ERROR.get(state, 0L)));
    }
    return result;
  }

  private static String error(int number) {
    return switch (number) {
      case 2 -> "no such file or directory";
      case 11 -> "resource temporarily unavailable";
      case 13 -> "permission denied";
      case 90 -> "message too long";
      case 91 -> "protocol wrong type for socket";
      case 107 -> "transport endpoint is not connected";
      case 111 -> "connection refused";
      default -> "error " + number;
    };
  }

  @Override
  public void close() {
    invoke(C.CLOSE, state, socket);
    arena.close();
  }
}
