package coffer.sys;

import static coffer.engine.Operation.DELETE;
import static coffer.engine.Operation.READ;
import static coffer.engine.Operation.UPDATE;

import coffer.config.LogConfig.Level;
import coffer.engine.Call;
import coffer.engine.Param;
import coffer.engine.Refusal;
import coffer.engine.Reply;
import coffer.engine.Route;
import coffer.telemetry.Logs;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// `sys/loggers`: how much each part of the server logs, until it is restarted or its configuration
/// read again.
public final class LoggerRoutes {
  private static final Param<String> NAME =
      Param.path("name", "The part of the server, as its lines name it.");
  private static final Param<String> LEVEL =
      Param.string("level", "How bad something must be to be logged: `info`, `warn`, ….");

  private final Logs logs;
  private final Level configured;

  /// @param configured what counts where nobody changed anything
  public LoggerRoutes(Logs logs, Level configured) {
    this.logs = logs;
    this.configured = configured;
  }

  public List<Route> routes() {
    return List.of(
        Route.of(READ, "loggers", "List the levels of all logs.", this::all),
        Route.of(UPDATE, "loggers", "Change the level of all logs.", this::changeAll, LEVEL),
        Route.of(DELETE, "loggers", "Log as it is configured.", this::resetAll),
        Route.of(READ, "loggers/{name}", "Show the level of a log.", this::one, NAME),
        Route.of(UPDATE, "loggers/{name}", "Change the level of a log.", this::change, NAME, LEVEL),
        Route.of(DELETE, "loggers/{name}", "Let a log do as it is configured.", this::reset, NAME));
  }

  private Reply all(Call call) {
    Map<String, Object> levels = new LinkedHashMap<>();
    logs.levels().forEach((name, level) -> levels.put(name, shown(level)));
    return new Reply.Data(levels);
  }

  private Reply one(Call call) {
    Level level = logs.levels().get(call.get(NAME));
    return new Reply.Data(level == null ? Map.of() : Map.of(call.get(NAME), shown(level)));
  }

  private static String shown(Level level) {
    return level.name().toLowerCase(Locale.ROOT);
  }

  private Reply changeAll(Call call) {
    logs.level(wanted(call));
    return Reply.DONE;
  }

  private Reply resetAll(Call call) {
    logs.level(configured);
    return Reply.DONE;
  }

  private Reply change(Call call) {
    return change(call, wanted(call));
  }

  private Reply reset(Call call) {
    return change(call, configured);
  }

  private Reply change(Call call, Level level) {
    if (!logs.level(call.get(NAME), level)) {
      throw Refusal.bad("logger \"" + call.get(NAME) + "\" not found");
    }
    return Reply.DONE;
  }

  private static Level wanted(Call call) {
    if (!call.has(LEVEL)) {
      throw Refusal.bad("level is required");
    }
    String word = call.get(LEVEL);
    if (word.isEmpty()) {
      throw Refusal.bad("level is empty");
    }
    try {
      return Level.parse(word);
    } catch (IllegalArgumentException e) {
      throw Refusal.bad("invalid level provided: " + e.getMessage());
    }
  }
}
