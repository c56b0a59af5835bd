package coffer.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A first word and the commands it opens: `token` and `token create`, `token lookup` …
///
/// @param help its manual, shown where no command of it was named; empty for a word that is a
///   command itself
/// @param otherwise the command for words that name none of the topic's, or null
record Topic(
    String name,
    String synopsis,
    String help,
    List<Command> commands,
    @Nullable Command otherwise) {

  Topic(String name, String synopsis, String help, List<Command> commands) {
    this(name, synopsis, help, commands, null);
  }

  /// A word that is a command of its own.
  static Topic single(Command command) {
    return new Topic(command.name(), command.synopsis(), "", List.of(command));
  }
}
