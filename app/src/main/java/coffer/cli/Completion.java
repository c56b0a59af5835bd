package coffer.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What a shell offers while a command line is being typed: all from the declarations of the
/// commands.
///
/// The shells call the program itself with the line in `COMP_LINE` (the protocol of bash's
/// `complete -C`, which zsh has by its `bashcompinit`).
final class Completion {
  private static final List<String> SHELLS = List.of("bash", "zsh");

  private Completion() {}

  static Topic topic() {
    return Topic.single(
        Command.of(
                "completion",
                "Print what a shell needs to complete commands",
                Command.Shape.LOCAL,
                Completion::print)
            .usage("bash | zsh")
            .help(
                """
                Prints the lines that make a shell complete the commands of this program.

                    $ %s completion bash >> ~/.bashrc

                To have that done for you, and undone:

                    $ %s -autocomplete-install
                    $ %s -autocomplete-uninstall
                """));
  }

  private static int print(Invocation call) {
    call.expect(1);
    String shell = call.argument(0);
    if (!SHELLS.contains(shell)) {
      throw Failure.usage("Unknown shell: " + shell + " (there are bash and zsh)");
    }
    call.console().line(script(shell));
    return 0;
  }

  /// The lines that make a shell complete this program's commands.
  static String script(String shell) {
    String prepare = shell.equals("zsh") ? "autoload -U +X bashcompinit && bashcompinit\n" : "";
    StringBuilder out = new StringBuilder(prepare);
    for (String name : Program.NAMES) {
      out.append(out.isEmpty() || out.length() == prepare.length() ? "" : "\n");
      out.append("complete -o default -C ").append(name).append(' ').append(name);
    }
    return out.toString();
  }

  /// What can stand where the cursor is.
  ///
  /// @param line the command line up to the cursor
  static List<String> candidates(String line) {
    List<String> words = words(line);
    String current = words.isEmpty() ? "" : words.remove(words.size() - 1);
    if (!words.isEmpty()) {
      words.remove(0); // the program
    }
    List<String> found = new ArrayList<>();
    for (String candidate : all(words, current)) {
      if (candidate.startsWith(current)) {
        found.add(candidate);
      }
    }
    return found;
  }

  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c != ' ' && c != '\t') {
        word.append(c);
      } else if (!word.isEmpty()) {
        words.add(word.toString());
        word.setLength(0);
      }
    }
    words.add(word.toString());
    return words;
  }

  private static Iterable<String> all(List<String> before, String current) {
    if (before.isEmpty()) {
      TreeSet<String> names = new TreeSet<>(Catalogue.COMMON);
      names.addAll(Catalogue.OTHER);
      names.addAll(Early.NAMES);
      return names;
    }
    Topic topic = Catalogue.topic(before.get(0));
    if (topic == null) {
      return List.of();
    }
    Command command = command(topic, before);
    if (command == null) {
      return next(topic, String.join(" ", before));
    }
    return ofCommand(command, before.get(before.size() - 1), current);
  }

  private static @Nullable Command command(Topic topic, List<String> words) {
    Command found = null;
    StringBuilder name = new StringBuilder();
    for (String word : words) {
      name.append(name.isEmpty() ? "" : " ").append(word);
      for (Command command : topic.commands()) {
        if (command.name().contentEquals(name)) {
          found = command;
        }
      }
    }
    return found;
  }

  private static Iterable<String> next(Topic topic, String name) {
    TreeSet<String> next = new TreeSet<>();
    for (Command command : topic.commands()) {
      if (command.name().startsWith(name + " ")) {
        String rest = command.name().substring(name.length() + 1);
        int space = rest.indexOf(' ');
        next.add(space < 0 ? rest : rest.substring(0, space));
      }
    }
    return next;
  }

  private static Iterable<String> ofCommand(Command command, String previous, String current) {
    if (current.startsWith("-")) {
      int equals = current.indexOf('=');
      return equals < 0 ? flags(command) : values(command, current.substring(0, equals));
    }
    Flag<?> flag = previous.startsWith("-") ? find(command, previous) : null;
    if (flag != null && flag.kind() != Flag.Kind.TRUTH && previous.indexOf('=') < 0) {
      return values(flag.completes());
    }
    return values(command.arguments());
  }

  private static @Nullable Flag<?> find(Command command, String word) {
    return Parser.find(command, word.substring(word.startsWith("--") ? 2 : 1));
  }

  private static Iterable<String> flags(Command command) {
    TreeSet<String> names = new TreeSet<>();
    for (Command.FlagGroup group : command.allGroups()) {
      for (Flag<?> flag : group.flags()) {
        if (!flag.hidden()) {
          names.add("-" + flag.name());
        }
      }
    }
    return names;
  }

  private static Iterable<String> values(Command command, String word) {
    Flag<?> flag = find(command, word);
    List<String> whole = new ArrayList<>();
    if (flag != null) {
      for (String value : values(flag.completes())) {
        whole.add(word + "=" + value);
      }
    }
    return whole;
  }

  /// The values of a kind; none for files, which shells know by themselves.
  private static List<String> values(Completes kind) {
    return switch (kind) {
      case NOTHING, FILES, FOLDERS -> List.of();
      case FORMATS -> List.of("json", "pretty", "raw", "table", "yaml");
      case TOKEN_TYPES -> List.of("batch", "service");
      case MODES -> List.of("orphan", "path");
      case LOGIN_METHODS -> LoginMethod.NAMES;
    };
  }
}
