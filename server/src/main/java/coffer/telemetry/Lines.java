package coffer.telemetry;

import coffer.config.LogConfig.Format;
import coffer.config.LogConfig.Level;
import coffer.engine.Durations;
import coffer.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/// How an event becomes a line: in the peers' standard form or as a JSON object.
final class Lines {
  private static final int MAX_VALUE = 16_384;
  private static final int MAX_FRAMES = 60;
  private static final int MAX_CAUSES = 8;

  private Lines() {}

  /// The line in UTF-8, with its end.
  static byte[] of(Format format, Instant now, Log.Event event) {
    return switch (format) {
      case STANDARD -> standard(now, event).getBytes(StandardCharsets.UTF_8);
      case JSON -> json(now, event);
    };
  }

  private static String standard(Instant now, Log.Event event) {
    var out = new StringBuilder(160);
    Timestamps.appendMillis(out, now);
    out.append(name(event.level()));
    if (!event.module().isEmpty()) {
      escape(out, event.module());
      out.append(": ");
    }
    escape(out, limited(event.message()));
    char[] before = {':'};
    pairs(
        event,
        (key, value) -> {
          out.append(before[0] == ':' ? ": " : " ");
          before[0] = ' ';
          escape(out, key);
          out.append('=');
          value(out, text(value));
        });
    return out.append('\n').toString();
  }

  private static String name(Level level) {
    return switch (level) {
      case TRACE -> " [TRACE] ";
      case DEBUG -> " [DEBUG] ";
      case INFO -> " [INFO]  ";
      case WARN -> " [WARN]  ";
      case ERROR -> " [ERROR] ";
    };
  }

  private static byte[] json(Instant now, Log.Event event) {
    Map<String, Object> fields = new TreeMap<>();
    pairs(event, (key, value) -> fields.put(key, isPlain(value) ? value : text(value)));
    fields.put("@level", event.level().name().toLowerCase(Locale.ROOT));
    fields.put("@message", limited(event.message()));
    if (!event.module().isEmpty()) {
      fields.put("@module", event.module());
    }
    var timestamp = new StringBuilder(27);
    Timestamps.appendMicros(timestamp, now);
    fields.put("@timestamp", timestamp.toString());
    byte[] json = Json.bytes(fields);
    byte[] line = new byte[json.length + 1];
    System.arraycopy(json, 0, line, 0, json.length);
    line[json.length] = '\n';
    return line;
  }

  private static boolean isPlain(Object value) {
    return value instanceof Boolean || value instanceof Long || value instanceof Integer;
  }

  private static void pairs(Log.Event event, BiConsumer<String, Object> target) {
    Object[] pairs = event.pairs();
    for (int i = 0; i < pairs.length; i += 2) {
      Object value = i + 1 < pairs.length ? pairs[i + 1] : "";
      target.accept(String.valueOf(pairs[i]), value);
      if (value instanceof Throwable thrown && event.level() == Level.ERROR) {
        target.accept("stack", stack(thrown));
      }
    }
  }

  private static String text(Object value) {
    return limited(
        value instanceof Duration duration ? Durations.format(duration) : String.valueOf(value));
  }

  private static String limited(String text) {
    return text.length() <= MAX_VALUE ? text : text.substring(0, MAX_VALUE) + "…";
  }

  /// On one line, the newest call first; what caused it follows.
  private static String stack(Throwable thrown) {
    var out = new StringBuilder();
    Throwable cause = thrown;
    for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
      out.append(depth == 0 ? "" : " caused by " + cause + ": ");
      StackTraceElement[] frames = cause.getStackTrace();
      for (int i = 0; i < frames.length && i < MAX_FRAMES; i++) {
        out.append(i == 0 ? "" : " < ").append(frames[i]);
      }
      cause = cause.getCause();
    }
    return out.toString();
  }

  private static void value(StringBuilder out, String text) {
    if (!needsQuotes(text)) {
      out.append(text);
      return;
    }
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else {
        escape(out, c);
      }
    }
    out.append('"');
  }

  private static boolean needsQuotes(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c == '"' || c == '=' || isControl(c)) {
        return true;
      }
    }
    return text.isEmpty();
  }

  private static void escape(StringBuilder out, String text) {
    for (int i = 0; i < text.length(); i++) {
      escape(out, text.charAt(i));
    }
  }

  private static void escape(StringBuilder out, char c) {
    switch (c) {
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default -> {
        if (isControl(c)) {
          out.append("\\u").append(Integer.toHexString(0x10000 | c), 1, 5);
        } else {
          out.append(c);
        }
      }
    }
  }

  /// Also what ends a line or turns the direction of writing in Unicode.
  private static boolean isControl(char c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }
}
