package coffer.cli;

import java.util.List;

/// A first word and the commands it opens: `token` and `token create`, `token lookup` …
///
/// @param help its manual, shown where no command of it was named; empty for a word that is a
///   command itself
record Topic(String name, String synopsis, String help, List<Command> commands) {

  /// A word that is a command of its own.
  static Topic single(Command command) {
    return new Topic(command.name(), command.synopsis(), "", List.of(command));
  }
}
