package coffer.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The data of a command line: `key=value`, `key=@file`, `key=-` for standard input, `key=\@text`
/// for a text that starts with `@`; a key given again makes a list. `-` alone is a JSON object on
/// standard input, `@file` alone one in a file.
final class Data {
  private final Map<String, @Nullable Object> values = new TreeMap<>();
  private final Console console;
  private final boolean mayRead;
  private boolean consumed;

  private Data(Console console, boolean mayRead) {
    this.console = console;
    this.mayRead = mayRead;
  }

  /// Reads the words.
  ///
  /// @param doing what to say before the error, "Failed to parse K=V data"
  static Map<String, @Nullable Object> parse(Invocation call, List<String> words, String doing) {
    Data data = new Data(call.console(), !call.get(Globals.NON_INTERACTIVE));
    for (String word : words) {
      try {
        data.add(word);
      } catch (IllegalArgumentException e) {
        throw Failure.usage(
            doing + ": invalid key/value pair " + Go.quote(word) + ": " + e.getMessage());
      }
    }
    return data.values;
  }

  /// The same with each value as a text.
  static Map<String, String> parseTexts(Invocation call, List<String> words, String doing) {
    Map<String, String> texts = new TreeMap<>();
    for (Map.Entry<String, @Nullable Object> entry : parse(call, words, doing).entrySet()) {
      texts.put(entry.getKey(), text(entry.getValue()));
    }
    return texts;
  }

  /// The same as the query of a URL.
  static Query parseQuery(Invocation call, List<String> words, String doing) {
    Map<String, List<String>> lists = new TreeMap<>();
    for (Map.Entry<String, @Nullable Object> entry : parse(call, words, doing).entrySet()) {
      List<String> texts = new ArrayList<>();
      List<@Nullable Object> list = Tree.list(entry.getValue());
      if (list == null) {
        texts.add(text(entry.getValue()));
      } else {
        for (Object item : list) {
          texts.add(text(item));
        }
      }
      lists.put(entry.getKey(), texts);
    }
    return new Query(lists);
  }

  private static String text(@Nullable Object value) {
    if (value instanceof Boolean truth) {
      return truth ? "1" : "0";
    }
    return value == null ? "" : Shown.value(value);
  }

  private void add(String word) {
    if (word.isEmpty()) {
      return;
    }
    int equals = word.indexOf('=');
    if (equals >= 0) {
      put(word.substring(0, equals), value(word.substring(equals + 1)));
    } else if (word.equals("-")) {
      merge(standardInput());
    } else if (word.charAt(0) == '@') {
      merge(file(word.substring(1)));
    } else {
      throw new IllegalArgumentException("format must be key=value");
    }
  }

  private String value(String text) {
    if (text.equals("-")) {
      return standardInput();
    }
    if (text.startsWith("@")) {
      return file(text.substring(1));
    }
    return text.startsWith("\\@") ? text.substring(1) : text;
  }

  private void put(String key, String value) {
    if (!values.containsKey(key)) {
      values.put(key, value);
      return;
    }
    Object before = values.get(key);
    List<@Nullable Object> list = Tree.list(before);
    List<@Nullable Object> more = list == null ? new ArrayList<>() : new ArrayList<>(list);
    if (list == null) {
      more.add(before);
    }
    more.add(value);
    values.put(key, more);
  }

  private void merge(String json) {
    values.putAll(JsonReader.readObject(json));
  }

  private String standardInput() {
    if (consumed) {
      throw new IllegalArgumentException("stdin already consumed");
    }
    consumed = true;
    return mayRead ? console.readAll() : "";
  }

  private static String file(String name) {
    try {
      return new String(Files.readAllBytes(Path.of(name)), StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException(
          "error reading file: open " + name + ": no such file or directory", e);
    } catch (IOException | InvalidPathException e) {
      throw new IllegalArgumentException("error reading file: " + e.getMessage(), e);
    }
  }
}
