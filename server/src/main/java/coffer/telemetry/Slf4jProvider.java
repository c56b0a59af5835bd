package coffer.telemetry;

import coffer.config.LogConfig;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.Logger;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/// Leads SLF4J to the log. Public because SLF4J makes it.
public final class Slf4jProvider implements SLF4JServiceProvider {
  private final Map<String, Logger> loggers = new ConcurrentHashMap<>();
  private final IMarkerFactory markers = new BasicMarkerFactory();
  private final MDCAdapter context = new NOPMDCAdapter();

  @Override
  public ILoggerFactory getLoggerFactory() {
    return name -> loggers.computeIfAbsent(name, Lead::new);
  }

  @Override
  public IMarkerFactory getMarkerFactory() {
    return markers;
  }

  @Override
  public MDCAdapter getMDCAdapter() {
    return context;
  }

  @Override
  public String getRequestedApiVersion() {
    return "2.0.99";
  }

  @Override
  public void initialize() {}

  private static final class Lead extends LegacyAbstractLogger {
    private static final long serialVersionUID = 1L;

    private final transient LibraryLog log;

    Lead(String name) {
      this.name = name;
      log = new LibraryLog(name);
    }

    @Override
    protected @Nullable String getFullyQualifiedCallerName() {
      return null;
    }

    @Override
    protected void handleNormalizedLoggingCall(
        Level level,
        @Nullable Marker marker,
        String format,
        Object @Nullable [] values,
        @Nullable Throwable thrown) {
      log.write(ours(level), MessageFormatter.basicArrayFormat(format, values), thrown);
    }

    private static LogConfig.Level ours(Level level) {
      return switch (level) {
        case TRACE -> LogConfig.Level.TRACE;
        case DEBUG -> LogConfig.Level.DEBUG;
        case INFO -> LogConfig.Level.INFO;
        case WARN -> LogConfig.Level.WARN;
        case ERROR -> LogConfig.Level.ERROR;
      };
    }

    @Override
    public boolean isTraceEnabled() {
      return log.isOn(LogConfig.Level.TRACE);
    }

    @Override
    public boolean isDebugEnabled() {
      return log.isOn(LogConfig.Level.DEBUG);
    }

    @Override
    public boolean isInfoEnabled() {
      return log.isOn(LogConfig.Level.INFO);
    }

    @Override
    public boolean isWarnEnabled() {
      return log.isOn(LogConfig.Level.WARN);
    }

    @Override
    public boolean isErrorEnabled() {
      return log.isOn(LogConfig.Level.ERROR);
    }
  }
}
