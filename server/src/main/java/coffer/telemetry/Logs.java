package coffer.telemetry;

import coffer.config.LogConfig;
import coffer.config.LogConfig.Format;
import coffer.config.LogConfig.Level;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// All logs of a server: one for each module, at levels that may change while it runs. For use by
/// any number of threads; lines come out whole, one after another.
public final class Logs implements AutoCloseable {
  private static final int MAX_MODULES = 10_000;

  private final Map<String, Log> logs = new ConcurrentHashMap<>();
  private final LogOutput output;
  private final Format format;
  private final InstantSource time;
  private volatile Level usual;

  private Logs(LogConfig config, InstantSource time, LogOutput output) {
    this.time = time;
    this.output = output;
    this.format = config.format().orElse(Format.STANDARD);
    this.usual = config.level().orElse(Level.INFO);
  }

  /// Opens the file that is configured, if any.
  ///
  /// @param stream where every line goes besides
  /// @throws coffer.config.ConfigException if the file can't be opened
  public static Logs open(LogConfig config, InstantSource time, OutputStream stream) {
    Optional<LogFile> file = config.file().map(path -> LogFile.open(path, config, time));
    return new Logs(config, time, new LogOutput(stream, file));
  }

  /// The log of a module, always the same for the same name; empty for none in particular.
  public Log of(String module) {
    Log known = logs.get(module);
    if (known != null) {
      return known;
    }
    if (logs.size() >= MAX_MODULES) {
      return new Log(module, this::write, usual);
    }
    return logs.computeIfAbsent(module, name -> new Log(name, this::write, usual));
  }

  private void write(Log.Event event) {
    output.write(Lines.of(format, time.instant(), event));
  }

  /// The level of each module that has a log, sorted by name.
  public Map<String, Level> levels() {
    Map<String, Level> levels = new TreeMap<>();
    for (Log log : logs.values()) {
      Level level = log.level();
      if (level != null && !log.module().isEmpty()) {
        levels.put(log.module(), level);
      }
    }
    return levels;
  }

  /// The level of modules that are new.
  public Level usualLevel() {
    return usual;
  }

  /// Changes the level of all modules.
  public void level(Level level) {
    usual = level;
    logs.values().forEach(log -> log.level(level));
  }

  /// Changes the level of one module.
  ///
  /// @return false where there is no such module
  public boolean level(String module, Level level) {
    Log log = logs.get(module);
    if (log == null || module.isEmpty()) {
      return false;
    }
    log.level(level);
    return true;
  }

  /// Takes over the level of a changed configuration and opens the file anew.
  public void reload(LogConfig config) {
    level(config.level().orElse(Level.INFO));
    output.reopen();
  }

  /// Keeps lines back until [#release()], so that nothing comes between what the start prints.
  public void hold() {
    output.hold();
  }

  public void release() {
    output.release();
  }

  /// Leads here what libraries log in this JVM, until another call leads it elsewhere.
  public void takeLibraries() {
    LibraryLog.leadTo(this);
  }

  /// Closes the file; what is logged later goes to the stream alone.
  @Override
  public void close() {
    output.close();
  }
}
