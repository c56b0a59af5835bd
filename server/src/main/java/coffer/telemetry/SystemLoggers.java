package coffer.telemetry;

import coffer.config.LogConfig;
import java.text.MessageFormat;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/// Leads [System.Logger] to the log. Public because the JDK makes it.
public final class SystemLoggers extends System.LoggerFinder {
  @Override
  public System.Logger getLogger(String name, Module module) {
    return new Lead(new LibraryLog(name));
  }

  private record Lead(LibraryLog log) implements System.Logger {
    @Override
    public String getName() {
      return log.logger();
    }

    @Override
    public boolean isLoggable(Level level) {
      return level != Level.OFF && log.isOn(ours(level));
    }

    @Override
    public void log(
        Level level,
        @Nullable ResourceBundle bundle,
        @Nullable String message,
        @Nullable Throwable thrown) {
      if (isLoggable(level)) {
        log.write(ours(level), translated(bundle, message), thrown);
      }
    }

    @Override
    public void log(
        Level level,
        @Nullable ResourceBundle bundle,
        @Nullable String format,
        Object @Nullable ... values) {
      if (isLoggable(level)) {
        log.write(ours(level), formatted(translated(bundle, format), values), null);
      }
    }

    private static String formatted(String text, Object @Nullable [] values) {
      if (values == null || values.length == 0) {
        return text;
      }
      try {
        return MessageFormat.format(text, values);
      } catch (IllegalArgumentException e) {
        return text;
      }
    }

    private static String translated(@Nullable ResourceBundle bundle, @Nullable String text) {
      if (bundle == null || text == null) {
        return String.valueOf(text);
      }
      try {
        return bundle.getString(text);
      } catch (MissingResourceException | ClassCastException e) {
        return text;
      }
    }

    private static LogConfig.Level ours(Level level) {
      return switch (level) {
        case ALL, TRACE -> LogConfig.Level.TRACE;
        case DEBUG -> LogConfig.Level.DEBUG;
        case INFO -> LogConfig.Level.INFO;
        case WARNING -> LogConfig.Level.WARN;
        case ERROR, OFF -> LogConfig.Level.ERROR;
      };
    }
  }
}
