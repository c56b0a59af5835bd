package coffer.engine.testing;

import coffer.engine.Durations;
import coffer.engine.Operation;
import coffer.engine.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A talk with a server as a table: requests, each followed by its answer, and waits.
///
///     POST data/a {"data": {"x": 1}}
///       -> 200 {"data": {"version": 1, "created_time": "TIME"}}
///     wait 2s
///
/// Any point in time stands as TIME, any UUID as UUID; lines with `#` are for readers.
public final class Transcript {
  private static final Pattern TIME =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z");

  private static final Pattern UUID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  /// One request and what it was answered with.
  private record Exchange(int line, String request, String answer) {}

  private Transcript() {}

  /// Says all requests to the engine; returns what was answered differently.
  public static List<String> differences(Class<?> owner, String name, MountedEngine engine) {
    List<String> differences = new ArrayList<>();
    for (Exchange exchange : exchanges(owner, name)) {
      if (exchange.request().startsWith("wait ")) {
        engine.advance(Durations.parse(exchange.request().substring(5)));
        continue;
      }
      String answer = answer(engine, exchange.request());
      if (!answer.equals(normal(exchange.answer()))) {
        differences.add(
            name
                + ":"
                + exchange.line()
                + ": "
                + exchange.request()
                + "\n  expected "
                + normal(exchange.answer())
                + "\n  was      "
                + answer);
      }
    }
    return differences;
  }

  private static List<Exchange> exchanges(Class<?> owner, String name) {
    List<String> lines = lines(owner, name);
    List<Exchange> exchanges = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.startsWith("wait ")) {
        exchanges.add(new Exchange(i + 1, line, ""));
      } else if (!line.isEmpty() && !line.startsWith("#")) {
        exchanges.add(new Exchange(i + 1, line, lines.get(++i).strip().substring(3)));
      }
    }
    return exchanges;
  }

  private static List<String> lines(Class<?> owner, String name) {
    var resource = owner.getResource(name);
    if (resource == null) {
      throw new AssertionError("no " + name + " beside " + owner);
    }
    try {
      return Files.readAllLines(Path.of(URI.create(resource.toString())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String answer(MountedEngine engine, String request) {
    String[] parts = request.split(" ", 3);
    String[] target = parts[1].split("\\?", 2);
    Map<String, Object> fields =
        parts.length > 2 ? Json.object(parts[2]) : query(target.length > 1 ? target[1] : "");
    String path = target[0].equals("/") ? "" : target[0];
    Outcome outcome = engine.ask(operation(parts[0]), path, fields);
    Map<String, Object> said = new LinkedHashMap<>();
    add(said, "data", outcome.data(), outcome.data().isEmpty());
    add(said, "warnings", outcome.warnings(), outcome.warnings().isEmpty());
    add(said, "errors", outcome.errors(), outcome.errors().isEmpty());
    long refresh = outcome.reply() instanceof Reply.Data data ? data.refresh().toSeconds() : 0;
    add(said, "lease_duration", refresh, refresh == 0);
    return outcome.status() + " " + plain(said);
  }

  private static void add(Map<String, Object> said, String name, Object value, boolean empty) {
    if (!empty) {
      said.put(name, value);
    }
  }

  private static Operation operation(String method) {
    return switch (method) {
      case "GET" -> Operation.READ;
      case "POST" -> Operation.UPDATE;
      default -> Operation.valueOf(method);
    };
  }

  private static Map<String, Object> query(String query) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (String pair : query.split("&", -1)) {
      if (!pair.isEmpty()) {
        String[] sides = pair.split("=", 2);
        fields.put(sides[0], sides[1]);
      }
    }
    return fields;
  }

  private static String normal(String answer) {
    int space = answer.indexOf(' ');
    return space < 0
        ? answer + " {}"
        : answer.substring(0, space) + " " + plain(Json.object(answer.substring(space + 1)));
  }

  /// A text of a value in which equal values look alike: names of objects in order, times as TIME
  /// and UUIDs as UUID.
  private static String plain(@Nullable Object value) {
    return switch (value) {
      case null -> "null";
      case String text -> "'" + named(text) + "'";
      case Map<?, ?> map ->
          map.entrySet().stream()
              .map(entry -> entry.getKey() + ": " + plain(entry.getValue()))
              .sorted()
              .toList()
              .toString()
              .replaceFirst("^\\[", "{")
              .replaceFirst("]$", "}");
      case List<?> list -> list.stream().map(Transcript::plain).toList().toString();
      default -> value.toString();
    };
  }

  private static String named(String text) {
    if (TIME.matcher(text).matches()) {
      return "TIME";
    }
    return UUID.matcher(text).matches() ? "UUID" : text;
  }
}
