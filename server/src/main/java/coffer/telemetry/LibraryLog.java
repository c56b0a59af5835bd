package coffer.telemetry;

import coffer.config.LogConfig.Level;
import org.jspecify.annotations.Nullable;

/// The log of a class in a library. The JDK and SLF4J make their loggers themselves and keep them
/// for the life of the JVM, so where their lines go can only be one place for all: nowhere until a
/// server takes them.
///
/// Libraries talk a lot: what they think worth knowing is a detail to us, so below a warning each
/// line counts one level less.
final class LibraryLog {
  private static volatile @Nullable Logs target;

  private final String logger;
  private final String module;
  private volatile @Nullable Found found;

  /// A look-up that holds while the target stays: some libraries ask for every step of a request.
  private record Found(Logs in, Log log) {}

  LibraryLog(String logger) {
    this.logger = logger;
    this.module = module(logger);
  }

  static void leadTo(Logs logs) {
    target = logs;
  }

  /// A few modules instead of one a class, so that operators find them.
  private static String module(String logger) {
    if (logger.startsWith("org.eclipse.jetty.")) {
      return "library.jetty";
    }
    boolean platform =
        logger.startsWith("java.") || logger.startsWith("jdk.") || logger.startsWith("sun.");
    return platform ? "library.jdk" : "library";
  }

  String logger() {
    return logger;
  }

  boolean isOn(Level theirs) {
    return log().isOn(ours(theirs));
  }

  void write(Level theirs, String message, @Nullable Throwable thrown) {
    Level level = ours(theirs);
    if (thrown == null) {
      log().write(level, message, "logger", logger);
    } else {
      log().write(level, message, "logger", logger, "error", thrown);
    }
  }

  private Log log() {
    Logs logs = target;
    if (logs == null) {
      return Log.NONE;
    }
    Found known = found;
    if (known == null || known.in != logs) {
      known = new Found(logs, logs.of(module));
      found = known;
    }
    return known.log;
  }

  private static Level ours(Level theirs) {
    return switch (theirs) {
      case ERROR, WARN -> theirs;
      case INFO -> Level.DEBUG;
      case DEBUG, TRACE -> Level.TRACE;
    };
  }
}
