package coffer.cli;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Prints answers in the format that was asked for.
final class Output {
  private final Console console;
  private final Format format;
  private final boolean detailed;

  Output(Console console, Format format, boolean detailed) {
    this.console = console;
    this.format = format;
    this.detailed = detailed;
  }

  boolean isTable() {
    return format == Format.TABLE;
  }

  boolean isDetailed() {
    return detailed;
  }

  Format format() {
    return format;
  }

  /// Prints a line that only people read: nothing in other formats than the table.
  int note(String text) {
    if (isTable()) {
      console.line(text);
    }
    return 0;
  }

  /// Prints one field of a secret.
  int field(Secret secret, String name) {
    Object value = secret.field(name);
    if (value != null && isTable()) {
      warnings(secret);
    }
    return field(value, name, "secret");
  }

  /// Prints one field of a plain map.
  int field(Map<String, @Nullable Object> map, String name) {
    return field(map.get(name), name, "map");
  }

  /// Prints a value called `name` of a thing called `kind`.
  int field(@Nullable Object value, String name, String kind) {
    if (value == null) {
      throw Failure.usage("Field " + Go.quote(name) + " not present in " + kind);
    }
    switch (format) {
      case TABLE, RAW -> console.value(Shown.value(value));
      case JSON -> console.value(JsonWriter.indented(value));
      case YAML -> console.value(Yaml.write(value));
      case PRETTY -> console.value("");
    }
    return 0;
  }

  /// Prints a whole secret.
  int secret(Secret secret) {
    if (!isTable()) {
      return data(secret.tree());
    }
    warnings(secret);
    Table table = SecretTable.of(secret);
    if (!table.isEmpty()) {
      console.line(table.toString());
    }
    return 0;
  }

  /// Prints a list's keys, or all that is known of them with `-detailed`.
  int list(Secret secret) {
    if (!isTable()) {
      if (detailed && format == Format.JSON) {
        return data(secret.tree());
      }
      return data(secret.keys());
    }
    warnings(secret);
    TreeSet<String> keys = new TreeSet<>(Tree.texts(secret.keys()));
    if (keys.isEmpty()) {
      return 0;
    }
    Map<String, @Nullable Object> info = detailed ? Tree.object(secret.data(), "key_info") : null;
    console.line((info == null || info.isEmpty() ? names(keys) : detailed(keys, info)).toString());
    return 0;
  }

  private static Table names(Set<String> keys) {
    Table table = Table.titled("Keys");
    for (String key : keys) {
      table.row(key);
    }
    return table;
  }

  private static Table detailed(Set<String> keys, Map<String, @Nullable Object> info) {
    TreeSet<String> titles = new TreeSet<>();
    for (String key : keys) {
      Map<String, @Nullable Object> of = Tree.object(info, key);
      if (of != null) {
        titles.addAll(of.keySet());
      }
    }
    List<String> columns = List.copyOf(titles);
    String[] head = new String[columns.size() + 1];
    head[0] = "Keys";
    for (int i = 0; i < columns.size(); i++) {
      head[i + 1] = columns.get(i);
    }
    Table table = Table.titled(head);
    for (String key : keys) {
      table.row(detailedRow(key, columns, Tree.object(info, key)));
    }
    return table;
  }

  private static String[] detailedRow(
      String key, List<String> columns, @Nullable Map<String, @Nullable Object> of) {
    if (of == null) {
      return new String[] {key};
    }
    String[] row = new String[columns.size() + 1];
    row[0] = key;
    for (int i = 0; i < columns.size(); i++) {
      String column = columns.get(i);
      row[i + 1] = of.containsKey(column) ? Shown.field(column, of.get(column)) : "n/a";
    }
    return row;
  }

  /// Prints a tree: a map as a table of two columns.
  int data(@Nullable Object tree) {
    switch (format) {
      case JSON -> console.line(JsonWriter.indented(tree));
      case YAML -> console.line(Yaml.write(tree).strip());
      case TABLE -> map(tree);
      case RAW ->
          throw Failure.usage(
              "Could not parse output: This command does not support the -format=raw option; only"
                  + " `read` does.");
      case PRETTY ->
          throw Failure.usage(
              "Could not parse output: cannot use the pretty formatter for this type");
    }
    return 0;
  }

  private void map(@Nullable Object tree) {
    Map<String, @Nullable Object> map = Tree.object(tree);
    if (map == null) {
      throw Failure.usage("Could not parse output: cannot use the table formatter for this type");
    }
    if (!map.isEmpty()) {
      Table table = Table.titled("Key", "Value");
      for (Map.Entry<String, @Nullable Object> entry : new TreeMap<>(map).entrySet()) {
        table.row(entry.getKey(), Shown.field(entry.getKey(), entry.getValue()));
      }
      console.line(table.toString());
    }
  }

  void warnings(Secret secret) {
    List<String> warnings = secret.warnings();
    if (warnings != null && !warnings.isEmpty()) {
      console.warn("WARNING! The following warnings were returned from the server:\n");
      for (String warning : warnings) {
        console.warn(Wrap.text("* " + warning, 2));
        console.warn("");
      }
    }
  }
}
