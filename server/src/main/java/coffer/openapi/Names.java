package coffer.openapi;

import coffer.mount.MountEntry;
import coffer.mount.MountTable;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// The ids of operations, each given once. Used by one thread.
final class Names {
  private final Map<String, Integer> given = new HashMap<>();
  private final String suffix;

  /// @param context ends every id; empty for none
  Names(String context) {
    this.suffix = context.isEmpty() ? "" : "_" + context;
  }

  /// `kv-read-data-path` for reading `data/{path...}` of a mount of type kv; a number follows where
  /// that is taken. Logging in is called by that name alone.
  String of(MountEntry entry, String verb, String template) {
    String type = entry.type().equals(MountTable.SYSTEM) ? "" : entry.type() + "-";
    boolean login = template.equals("login") || template.startsWith("login/");
    String id = words(login ? type + "login" : type + verb + "-" + template);
    int times = given.merge(id, 1, Integer::sum);
    return (times == 1 ? id : id + "_" + times) + suffix;
  }

  private static String words(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
  }

  /// The name of the schema of an operation's body: `KvWriteDataPathRequest`.
  static String schema(String operationId) {
    var out = new StringBuilder();
    boolean up = true;
    for (int i = 0; i < operationId.length(); i++) {
      char c = operationId.charAt(i);
      if (Character.isLetterOrDigit(c)) {
        out.append(up ? Character.toUpperCase(c) : c);
      }
      up = !Character.isLetterOrDigit(c);
    }
    return out.append("Request").toString();
  }
}
