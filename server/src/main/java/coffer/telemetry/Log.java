package coffer.telemetry;

import coffer.config.LogConfig.Level;
import org.jspecify.annotations.Nullable;

/// The log of one module: a line an event, with a message and keys that have values.
///
/// A value may be a number, a truth, a throwable, or anything whose text is fit to be read by
/// operators: never a secret. Control characters are escaped. Of a throwable at [Level#ERROR], the
/// stack is told too. Asking for a level that is off costs one read; the methods with up to two
/// pairs allocate nothing then. For use by any number of threads.
public final class Log {
  /// Writes nothing at all.
  public static final Log NONE = new Log("", event -> {}, null);

  private final String module;
  private final Target target;
  private volatile @Nullable Level least;

  /// Where the events of a log go.
  interface Target {
    void write(Event event);
  }

  /// One line.
  ///
  /// @param pairs keys and values in turn
  record Event(Level level, String module, String message, Object[] pairs) {}

  /// @param level null to be off
  Log(String module, Target target, @Nullable Level level) {
    this.module = module;
    this.target = target;
    this.least = level;
  }

  /// What the log is about, with dots: `core`, `core.router`.
  public String module() {
    return module;
  }

  public boolean isOn(Level level) {
    Level from = least;
    return from != null && level.compareTo(from) >= 0;
  }

  /// Null where it is off.
  @Nullable Level level() {
    return least;
  }

  void level(Level level) {
    least = level;
  }

  /// Writes at a level that isn't known beforehand.
  ///
  /// @param pairs keys and values in turn
  public void write(Level level, String message, Object... pairs) {
    if (isOn(level)) {
      target.write(new Event(level, module, message, pairs));
    }
  }

  private void one(Level level, String message, String key, Object value) {
    if (isOn(level)) {
      target.write(new Event(level, module, message, new Object[] {key, value}));
    }
  }

  private void two(
      Level level, String message, String key, Object value, String key2, Object value2) {
    if (isOn(level)) {
      target.write(new Event(level, module, message, new Object[] {key, value, key2, value2}));
    }
  }

  public void trace(String message, Object... pairs) {
    write(Level.TRACE, message, pairs);
  }

  public void trace(String message, String key, Object value) {
    one(Level.TRACE, message, key, value);
  }

  public void trace(String message, String key, Object value, String key2, Object value2) {
    two(Level.TRACE, message, key, value, key2, value2);
  }

  public void debug(String message, Object... pairs) {
    write(Level.DEBUG, message, pairs);
  }

  public void debug(String message, String key, Object value) {
    one(Level.DEBUG, message, key, value);
  }

  public void debug(String message, String key, Object value, String key2, Object value2) {
    two(Level.DEBUG, message, key, value, key2, value2);
  }

  public void info(String message, Object... pairs) {
    write(Level.INFO, message, pairs);
  }

  public void info(String message, String key, Object value) {
    one(Level.INFO, message, key, value);
  }

  public void info(String message, String key, Object value, String key2, Object value2) {
    two(Level.INFO, message, key, value, key2, value2);
  }

  public void warn(String message, Object... pairs) {
    write(Level.WARN, message, pairs);
  }

  public void warn(String message, String key, Object value) {
    one(Level.WARN, message, key, value);
  }

  public void warn(String message, String key, Object value, String key2, Object value2) {
    two(Level.WARN, message, key, value, key2, value2);
  }

  public void error(String message, Object... pairs) {
    write(Level.ERROR, message, pairs);
  }

  public void error(String message, String key, Object value) {
    one(Level.ERROR, message, key, value);
  }

  public void error(String message, String key, Object value, String key2, Object value2) {
    two(Level.ERROR, message, key, value, key2, value2);
  }
}
