package coffer.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All commands. A topic is made when it is asked for, so that a run pays for its own topic alone.
final class Catalogue {
  /// The words that help shows first.
  static final List<String> COMMON =
      List.of("read", "write", "delete", "list", "login", "server", "status", "unwrap");

  /// All other words.
  static final List<String> OTHER =
      List.of(
          "audit",
          "auth",
          "completion",
          "kv",
          "lease",
          "operator",
          "patch",
          "path-help",
          "policy",
          "print",
          "scan",
          "secrets",
          "token",
          "version",
          "version-history");

  private Catalogue() {}

  /// The topic of a first word, or null where there is none.
  static @Nullable Topic topic(String word) {
    return switch (word) {
      case "read" -> PathCommands.read();
      case "write" -> PathCommands.write();
      case "patch" -> PathCommands.patch();
      case "delete" -> PathCommands.delete();
      case "list" -> PathCommands.list();
      case "scan" -> PathCommands.scan();
      case "status" -> ServerCommands.status();
      case "unwrap" -> ServerCommands.unwrap();
      case "path-help" -> ServerCommands.pathHelp();
      case "print" -> ServerCommands.print();
      case "version" -> ServerCommands.version();
      case "version-history" -> ServerCommands.versionHistory();
      case "login" -> LoginCommand.topic();
      case "server" -> ServeCommand.topic();
      case "completion" -> Completion.topic();
      case "audit" -> AuditCommands.topic();
      case "auth" -> AuthCommands.topic();
      case "lease" -> LeaseCommands.topic();
      case "policy" -> PolicyCommands.topic();
      case "secrets" -> SecretsCommands.topic();
      case "kv" -> KvCommands.topic();
      case "operator" -> OperatorCommands.topic();
      case "token" -> TokenCommands.topic();
      default -> {
        Command early = Early.of(word);
        yield early == null ? null : Topic.single(early);
      }
    };
  }

  /// All topics, in the order of help.
  static List<Topic> topics() {
    List<Topic> topics = new ArrayList<>();
    for (List<String> words : List.of(COMMON, OTHER)) {
      for (String word : words) {
        Topic topic = topic(word);
        if (topic != null) {
          topics.add(topic);
        }
      }
    }
    return topics;
  }
}
