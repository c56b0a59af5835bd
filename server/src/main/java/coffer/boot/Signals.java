package coffer.boot;

import coffer.telemetry.Log;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// What the operating system tells a running server: HUP to reload, TERM and INT to stop, USR2 to
/// print what all threads do. Reactions run one after another on a thread of their own.
///
/// The JVM itself holds up threads by USR2, for its flight recorder say, unless the environment
/// names another signal for that, as the program's launcher does. Without it USR2 is left alone.
public final class Signals {
  private static final List<String> KNOWN = List.of("TERM", "INT", "HUP");

  /// Names the signal that the JVM uses instead of USR2.
  static final String JVMS_OWN = "_JAVA_SR_SIGNUM";

  private static final int MAX_WAITING = 16;

  private final BlockingQueue<String> caught = new ArrayBlockingQueue<>(MAX_WAITING);
  private final List<Reload> reloads = new CopyOnWriteArrayList<>();
  private final CountDownLatch listening = new CountDownLatch(1);
  private final CountDownLatch stop = new CountDownLatch(1);
  private final PrintStream out;
  private final PrintStream dumps;
  private final Log log;

  private record Reload(String what, Runnable action) {}

  Signals(PrintStream out, PrintStream dumps, Log log) {
    this.out = out;
    this.dumps = dumps;
    this.log = log;
  }

  /// Begins to listen, without holding up the start.
  ///
  /// @param out where to say that a signal came
  /// @param dumps where to print the threads
  public static Signals listen(PrintStream out, PrintStream dumps, Log log) {
    var signals = new Signals(out, dumps, log);
    Thread.ofPlatform().daemon().name("signals").start(signals::run);
    return signals;
  }

  /// Waits until signals are caught; to be called before anybody is told that the server runs.
  public void awaitListening() throws InterruptedException {
    listening.await();
  }

  /// Adds something to do on HUP. What fails is logged and keeps nothing else from being done.
  ///
  /// @param what it reloads, for the log
  public void onReload(String what, Runnable action) {
    reloads.add(new Reload(what, action));
  }

  /// Waits until the server is told to stop.
  public void awaitStop() throws InterruptedException {
    stop.await();
  }

  /// Tells the server to stop, as TERM does.
  public void stop() {
    if (stop.getCount() > 0) {
      out.print(Banner.STOPPING);
      out.flush();
      stop.countDown();
    }
  }

  private void run() {
    try {
      install();
    } catch (ReflectiveOperationException e) {
      log.error("signals can't be caught", "error", e);
    } finally {
      listening.countDown();
    }
    try {
      while (true) {
        react(caught.take());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void react(String signal) {
    switch (signal) {
      case "HUP" -> reload();
      case "USR2" -> ThreadDump.print(dumps);
      case "TERM", "INT" -> stop();
      default -> {}
    }
  }

  private void reload() {
    out.print(Banner.RELOADING);
    out.flush();
    for (Reload reload : reloads) {
      try {
        reload.action.run();
      } catch (RuntimeException e) {
        log.error("could not reload", "what", reload.what, "error", e);
      }
    }
  }

  /// By reflection: the JDK has no other way than an unsupported one, and the compiler warns of
  /// that whatever one tells it.
  private void install() throws ReflectiveOperationException {
    Class<?> signal = Class.forName("sun.misc.Signal");
    Class<?> handler = Class.forName("sun.misc.SignalHandler");
    Object catcher =
        Proxy.newProxyInstance(
            handler.getClassLoader(),
            new Class<?>[] {handler},
            (self, method, arguments) -> answer(self, method.getName(), arguments));
    List<String> names = new ArrayList<>(KNOWN);
    if (System.getenv(JVMS_OWN) != null) {
      names.add("USR2");
    }
    for (String name : names) {
      Object one = signal.getConstructor(String.class).newInstance(name);
      signal.getMethod("handle", signal, handler).invoke(null, one, catcher);
    }
  }

  @SuppressWarnings("ReferenceEquality") // there is but one
  private @Nullable Object answer(Object self, String method, Object[] arguments)
      throws ReflectiveOperationException {
    return switch (method) {
      case "handle" -> {
        if (!caught.offer(name(arguments[0]))) {
          log.warn("too many signals at once: one is passed over");
        }
        yield null;
      }
      case "equals" -> self == arguments[0];
      case "hashCode" -> System.identityHashCode(self);
      default -> "Signals";
    };
  }

  private static String name(Object signal) throws ReflectiveOperationException {
    return (String) signal.getClass().getMethod("getName").invoke(signal);
  }
}
