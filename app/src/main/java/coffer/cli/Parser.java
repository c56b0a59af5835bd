package coffer.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads a command's flags and arguments: `-name`, `-name=value`, `-name value` (truths take only
/// the form with `=`), one dash or two, up to the first word that is no flag or to `--`.
final class Parser {
  private final Command command;
  private final List<String> words;
  private final Options options;
  private int at;

  private Parser(Command command, List<String> words, Options options) {
    this.command = command;
    this.words = words;
    this.options = options;
  }

  /// Fills `options` from the words after the command's name.
  ///
  /// @return the arguments: what is left after the flags
  static List<String> parse(Command command, List<String> words, Options options) {
    return new Parser(command, words, options).run();
  }

  private List<String> run() {
    while (at < words.size()) {
      String word = words.get(at);
      if (word.length() < 2 || word.charAt(0) != '-') {
        break;
      }
      at++;
      if (word.equals("--")) {
        break;
      }
      flag(word);
    }
    return words.subList(at, words.size());
  }

  private void flag(String word) {
    int start = word.startsWith("--") ? 2 : 1;
    int equals = word.indexOf('=');
    if (equals == start || word.startsWith("-", start)) {
      throw Failure.usage("bad flag syntax: " + word);
    }
    String name = word.substring(start, equals < 0 ? word.length() : equals);
    Flag<?> flag = find(command, name);
    if (flag == null) {
      throw Failure.usage("flag provided but not defined: -" + name);
    }
    if (equals >= 0) {
      options.put(flag, word.substring(equals + 1));
    } else if (flag.kind() == Flag.Kind.TRUTH) {
      options.put(flag, "true");
    } else if (at < words.size()) {
      options.put(flag, words.get(at++));
    } else {
      throw Failure.usage("flag needs an argument: -" + name);
    }
  }

  /// The command's flag of that name or alias, or null.
  static @Nullable Flag<?> find(Command command, String name) {
    for (Command.FlagGroup group : command.allGroups()) {
      for (Flag<?> flag : group.flags()) {
        if (flag.called(name)) {
          return flag;
        }
      }
    }
    return null;
  }
}
