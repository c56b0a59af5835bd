package coffer.audit;

import coffer.config.AuditConfig;
import coffer.engine.Refusal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// Makes the sink that the type and options of a device ask for.
///
/// @param timeLimit how long a write may take where the options don't say
/// @param syslogs where the socket of syslog may be
record Sinks(Duration timeLimit, List<String> syslogs, InstantSource time) {

  /// Refuses unknown types and wrong options.
  Sink sink(AuditConfig config) {
    Map<String, String> options = config.options();
    return switch (config.type()) {
      case "file" -> FileSink.of(options);
      case "socket" -> SocketSink.of(options, limit(config));
      case "syslog" -> SyslogSink.of(options, syslogs, inside(config), time);
      case "http" -> HttpSink.of(options, inside(config));
      default -> throw Refusal.bad("unknown backend type: \"" + config.type() + "\"");
    };
  }

  /// How long a write of the device may take.
  Duration limit(AuditConfig config) {
    return config.type().equals("socket") ? SocketSink.timeout(config.options()) : timeLimit;
  }

  /// A shorter time, for what can give up by itself.
  private Duration inside(AuditConfig config) {
    return limit(config).multipliedBy(9).dividedBy(10);
  }
}
