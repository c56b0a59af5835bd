package coffer.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/// What is logged, and where to.
///
/// @param file where to log apart from the standard error
/// @param requests the level at which every finished request is logged
/// @param rotateBytes at which size a new file is begun; zero for never
/// @param rotateAfter at which age a new file is begun
/// @param rotateFiles how many old files are kept; zero for all, -1 for none
public record LogConfig(
    Optional<Level> level,
    Optional<Format> format,
    Optional<Path> file,
    Optional<Level> requests,
    long rotateBytes,
    Optional<Duration> rotateAfter,
    long rotateFiles) {
  /// How bad something must be to be logged.
  public enum Level {
    TRACE,
    DEBUG,
    INFO,
    WARN,
    ERROR;

    /// Reads the words that the peers know.
    public static Level parse(String text) {
      return switch (text.strip().toLowerCase(Locale.ROOT)) {
        case "trace" -> TRACE;
        case "debug" -> DEBUG;
        case "info", "notice" -> INFO;
        case "warn", "warning" -> WARN;
        case "err", "error" -> ERROR;
        default -> throw new IllegalArgumentException("unknown log level: " + text);
      };
    }
  }

  /// How a line looks.
  public enum Format {
    STANDARD,
    JSON;

    public static Format parse(String text) {
      return switch (text.strip().toLowerCase(Locale.ROOT)) {
        case "standard" -> STANDARD;
        case "json" -> JSON;
        default -> throw new IllegalArgumentException("unknown log format: " + text);
      };
    }
  }

  static final LogConfig NONE =
      new LogConfig(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          0,
          Optional.empty(),
          0);

  static LogConfig read(Section section) {
    return new LogConfig(
        section.text("log_level", Level::parse),
        section.text("log_format", Format::parse),
        section.text("log_file", Path::of),
        section
            .text("log_requests_level")
            .filter(text -> !text.equals("off"))
            .flatMap(text -> section.text("log_requests_level", Level::parse)),
        section.count("log_rotate_bytes", 0),
        section.duration("log_rotate_duration"),
        section.integer("log_rotate_max_files").orElse(0L));
  }

  /// This, with what the other says over it.
  LogConfig merge(LogConfig over) {
    return new LogConfig(
        over.level.or(() -> level),
        over.format.or(() -> format),
        over.file.or(() -> file),
        over.requests.or(() -> requests),
        over.rotateBytes == 0 ? rotateBytes : over.rotateBytes,
        over.rotateAfter.or(() -> rotateAfter),
        over.rotateFiles == 0 ? rotateFiles : over.rotateFiles);
  }
}
